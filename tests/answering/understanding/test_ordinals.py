"""Places in a list that was just shown."""

from __future__ import annotations

import pytest

from answering.understanding.ordinals import chosen


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("第二个讲什么", (1,)),
        ("第2项归谁", (1,)),
        ("第一和第三个", (0, 2)),
        ("第一个和第三个", (0, 2)),
        ("第二到第四个", (1, 2, 3)),
        ("前两项", (0, 1)),
        ("后两个", (3, 4)),
        ("最后三条", (2, 3, 4)),
        ("最后那条归谁", (4,)),
        ("倒数第二个", (3,)),
        ("头一个", (0,)),
        ("中间那个", (2,)),
        ("第六个", ()),
    ],
)
def test_places_in_a_list_of_five(text: str, places: tuple[int, ...]) -> None:
    picked = chosen(text, 5)
    assert picked is not None
    assert picked[0] == places


@pytest.mark.parametrize("text", ["第二个文件呢", "第五条", "谁负责", "前一条", "第三个月"])
def test_no_place_is_named(text: str) -> None:
    assert chosen(text, 5) is None


def test_an_even_list_has_no_middle() -> None:
    assert chosen("中间那个", 4) == ((), "中间那个")
