"""What the words of one question name."""

from __future__ import annotations

import pytest

from answering.understanding.reading import Reader


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("实施方案第3项", ("plan",)),
        ("任务分工表第3条", ("task-table",)),
        ("《天津市推动跨境电商高质量发展实施方案》讲什么", ("plan",)),
        ("若干措施和实施方案怎么说海外仓", ("task-table", "plan")),
        ("實施方案第3項", ("plan",)),
        ("第3条", ()),
    ],
)
def test_documents_named(question: str, documents: tuple[str, ...], reader: Reader) -> None:
    assert reader.read(question).documents == documents


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("第三条和第五条讲什么", ["第三条和第五条"]),
        ("序号７是什么", ["序号7"]),
        ("第十四项、第十五项", ["第十四项、第十五项"]),
        ("三（二）", ["三(二)"]),
        ("海外仓面积60万平方米", []),
        ("到2027年", []),
    ],
)
def test_numbers_named(question: str, phrases: list[str], reader: Reader) -> None:
    assert [mention.phrase for mention in reader.read(question).mentions] == phrases


def test_a_body_of_another_place_is_not_ours(reader: Reader) -> None:
    reading = reader.read("杭州海关有哪些任务")
    assert reading.agencies.included == ()
    assert reading.unknown_agencies == ("杭州海关",)


def test_a_weak_name_is_kept_apart(reader: Reader) -> None:
    reading = reader.read("天津港有哪些任务")
    assert reading.agencies.included == ()
    assert reading.weak_agencies.included == (("port-group",),)


@pytest.mark.parametrize(
    ("question", "sections"),
    [("保障措施有哪些", ("三、保障措施",)), ("优化服务供给有哪些任务", ("（三）优化服务供给",)), ("海外仓", ())],
)
def test_sections_named(question: str, sections: tuple[str, ...], reader: Reader) -> None:
    assert reader.read(question).sections == sections


def test_content_is_what_is_left(reader: Reader) -> None:
    reading = reader.read("请问实施方案第14项和海关的海外仓有什么关系")
    assert reading.topic == ("海关", "海外仓", "关系")
    assert "海外仓" in reading.subject
    assert "海关" not in reading.subject


@pytest.mark.parametrize("question", ["第三条讲什么", "下一条", "？？？", "🙂", "\x00", "有哪些任务"])
def test_nothing_is_left(question: str, reader: Reader) -> None:
    assert reader.read(question).topic == ()


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("哪些提到“独立站”", ("独立站",)),
        ("哪些提到「区块链」和『大数据』", ("区块链", "大数据")),
        ("哪些提到独立站", ()),
    ],
)
def test_words_in_quotes(question: str, quoted: tuple[str, ...], reader: Reader) -> None:
    assert reader.read(question).quoted == quoted


def test_years_each_once_however_written(reader: Reader) -> None:
    assert reader.read("2025年和二〇二七年比，2025年").years == ("2025", "2027")
