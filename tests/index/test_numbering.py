"""Numbers and the references that questions make with them; what is no reference is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numbering import Form, NumberMention, find_mentions, ordinal_label, parse_number, to_chinese
from index.text import normalise


def test_chinese_numerals_come_back_for_every_number() -> None:
    assert [parse_number(to_chinese(number)) for number in range(10_000)] == list(range(10_000))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (54, "五十四"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1000, "一千"),
        (1010, "一千零一十"),
        (2007, "二千零七"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_numerals_as_printed(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numerals_out_of_range_are_named(number: int) -> None:
    with pytest.raises(ValueError, match=f"0 to 9999, not {number}"):
        to_chinese(number)


@pytest.mark.parametrize(
    ("written", "number"),
    [("14", 14), ("１４", 14), ("两", 2), ("两百", 200), ("一〇五", 105), ("二零二七", 2027), ("〇", 0), ("十", 10)],
)
def test_numbers_in_other_spellings(written: str, number: int) -> None:
    assert parse_number(written) == number


@pytest.mark.parametrize("written", ["", "abc", "3.5", "第三", "三个", "-1", "²", "半"])
def test_what_is_no_number(written: str) -> None:
    assert parse_number(written) is None


def one(number: int) -> tuple[tuple[int, ...], ...]:
    return ((number,),)


def several(*numbers: int) -> tuple[tuple[int, ...], ...]:
    return tuple((number,) for number in numbers)


REFERENCES: tuple[tuple[str, Form, tuple[tuple[int, ...], ...]], ...] = (
    ("第三条", Form.ARTICLE, one(3)),
    ("第3条", Form.ARTICLE, one(3)),
    ("第 3 条", Form.ARTICLE, one(3)),
    ("第３条", Form.ARTICLE, one(3)),
    ("第三條", Form.ARTICLE, one(3)),
    ("第十六条", Form.ARTICLE, one(16)),
    ("第三十二条", Form.ARTICLE, one(32)),
    ("第100条", Form.ARTICLE, one(100)),
    ("第3条措施", Form.ARTICLE, one(3)),
    ("3条", Form.ARTICLE, one(3)),
    ("9条", Form.ARTICLE, one(9)),
    ("article 9", Form.ARTICLE, one(9)),
    ("第10至12条", Form.ARTICLE, several(10, 11, 12)),
    ("第10-12条", Form.ARTICLE, several(10, 11, 12)),
    ("第10—12条", Form.ARTICLE, several(10, 11, 12)),
    ("第10～12条", Form.ARTICLE, several(10, 11, 12)),
    ("第十到十二条", Form.ARTICLE, several(10, 11, 12)),
    ("第10条到第12条", Form.ARTICLE, several(10, 11, 12)),
    ("第十条至第十二条", Form.ARTICLE, several(10, 11, 12)),
    ("3-5条", Form.ARTICLE, several(3, 4, 5)),
    ("第3、5、7条", Form.ARTICLE, several(3, 5, 7)),
    ("第3，5和7条", Form.ARTICLE, several(3, 5, 7)),
    ("第3条和第5条", Form.ARTICLE, several(3, 5)),
    ("第三条以及第五条", Form.ARTICLE, several(3, 5)),
    ("前三条", Form.ARTICLE, several(1, 2, 3)),
    ("前3条措施", Form.ARTICLE, several(1, 2, 3)),
    ("头一条", Form.ARTICLE, one(1)),
    ("序号27", Form.ROW, one(27)),
    ("序号 27", Form.ROW, one(27)),
    ("序号：27", Form.ROW, one(27)),
    ("序号为27", Form.ROW, one(27)),
    ("序号是27", Form.ROW, one(27)),
    ("序号二十七", Form.ROW, one(27)),
    ("序号1到3", Form.ROW, several(1, 2, 3)),
    ("序号3、5和7", Form.ROW, several(3, 5, 7)),
    ("第27行", Form.ROW, one(27)),
    ("第二十七行", Form.ROW, one(27)),
    ("第27号", Form.ROW, one(27)),
    ("第27号任务", Form.ROW, one(27)),
    ("27号任务", Form.ROW, one(27)),
    ("row 27", Form.ROW, one(27)),
    ("No. 27", Form.ROW, one(27)),
    ("第14项", Form.ITEM, one(14)),
    ("第 14 项", Form.ITEM, one(14)),
    ("第十四项", Form.ITEM, one(14)),
    ("第14項", Form.ITEM, one(14)),
    ("第14项任务", Form.ITEM, one(14)),
    ("第十四项工作", Form.ITEM, one(14)),
    ("第14个任务", Form.ITEM, one(14)),
    ("任务14", Form.ITEM, one(14)),
    ("任务十四", Form.ITEM, one(14)),
    ("item 14", Form.ITEM, one(14)),
    ("task 14", Form.ITEM, one(14)),
    ("前3项", Form.ITEM, several(1, 2, 3)),
    ("第5个措施", Form.ANY, one(5)),
    ("措施3", Form.ANY, one(3)),
    ("保障措施第二条", Form.SAFEGUARD, one(2)),
    ("保障措施的第二项", Form.SAFEGUARD, one(2)),
    ("保障措施里第3项", Form.SAFEGUARD, one(3)),
    ("保障措施（二）", Form.SAFEGUARD, one(2)),
    ("第二项保障措施", Form.SAFEGUARD, one(2)),
    ("三（二）", Form.OUTLINE, ((3, 2),)),
    ("三(二)", Form.OUTLINE, ((3, 2),)),
    ("三、（二）", Form.OUTLINE, ((3, 2),)),
    ("第二部分第三节", Form.OUTLINE, ((2, 3),)),
    ("第三部分（一）", Form.OUTLINE, ((3, 1),)),
    ("（二）", Form.OUTLINE, one(2)),
    ("第三节", Form.OUTLINE, one(3)),
    ("第二部分", Form.PART, one(2)),
    ("第12条第三项", Form.ROW_OF_ARTICLE, ((12, 3),)),
    ("第12条的第三行", Form.ROW_OF_ARTICLE, ((12, 3),)),
)


@pytest.mark.parametrize(("phrase", "form", "numbers"), REFERENCES, ids=[phrase for phrase, _, _ in REFERENCES])
def test_a_reference_is_found_whole_in_a_question(
    phrase: str, form: Form, numbers: tuple[tuple[int, ...], ...]
) -> None:
    text = normalise(f"请问{phrase}讲什么？")
    (mention,) = find_mentions(text)
    assert (mention.form, mention.numbers, mention.end_relative) == (form, numbers, False)
    assert text[mention.start : mention.end] == mention.phrase == normalise(phrase)


@pytest.mark.parametrize(
    ("phrase", "form", "numbers"),
    [
        ("最后一条", Form.ARTICLE, one(1)),
        ("最后1条", Form.ARTICLE, one(1)),
        ("最末一条", Form.ARTICLE, one(1)),
        ("最后一项", Form.ITEM, one(1)),
        ("最后一项任务", Form.ITEM, one(1)),
        ("最后一行", Form.ROW, one(1)),
        ("倒数第二条", Form.ARTICLE, one(2)),
        ("倒数第3项", Form.ITEM, one(3)),
        ("最后三条", Form.ARTICLE, several(1, 2, 3)),
    ],
)
def test_references_that_count_from_the_end(phrase: str, form: Form, numbers: tuple[tuple[int, ...], ...]) -> None:
    (mention,) = find_mentions(f"{phrase}是什么")
    assert (mention.phrase, mention.form, mention.numbers, mention.end_relative) == (phrase, form, numbers, True)


@pytest.mark.parametrize(
    "text",
    [
        "力争培育3至5家国家级优秀海外仓企业",
        "与国内第三方海外仓企业合作",
        "第五代移动通信（5G）",
        "“一带一路”沿线国家和地区",
        "到2027年底",
        "2024年11月6日",
        "5大场景",
        "第一时间",
        "第三产业",
        "第二天",
        "二十大和二十届二中、三中全会精神",
        "打造6个以上特色产业带、8个以上产业园区",
        "12家超亿美元的综服企业",
        "面积达到60万平方米",
        "等值20万美元（不含）",
        "一区一品",
        "一点接入、一站式服务、一平台汇总",
        "海外仓+境内集货仓两仓联动",
        "这3条都归谁管",
        "共3条",
        "任务3个",
        "任务有几个",
        "一条龙服务",
        "哪一条提到海外仓",
        "前三季度",
        "16个区",
        "5G和千兆光网",
        "",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert find_mentions(normalise(text)) == ()


def test_two_references_are_found_in_order() -> None:
    found = find_mentions("第三条讲什么，那实施方案第9项呢，还有最后一条")
    assert [(m.phrase, m.form) for m in found] == [
        ("第三条", Form.ARTICLE),
        ("第9项", Form.ITEM),
        ("最后一条", Form.ARTICLE),
    ]


@pytest.mark.parametrize(
    "text", ["第3条和第14项", "任务分工表第3条和实施方案第14项", "第3条、实施方案第14项分别讲什么"]
)
def test_an_article_and_an_item_are_two_references(text: str) -> None:
    assert [(m.form, m.numbers) for m in find_mentions(text)] == [(Form.ARTICLE, one(3)), (Form.ITEM, one(14))]


@given(
    st.lists(st.sampled_from([phrase for phrase, _, _ in REFERENCES] + ["海外仓", "，", "和", "讲什么"]), max_size=6)
)
def test_mentions_are_in_order_and_never_overlap(parts: list[str]) -> None:
    text = normalise("".join(parts))
    found = find_mentions(text)
    assert all(text[m.start : m.end] == m.phrase and m.numbers for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.integers(1, 99), st.sampled_from(["第{}条", "第{}项", "序号{}", "第{}行", "任务{}"]))
def test_digits_and_numerals_mean_the_same(number: int, form: str) -> None:
    def meaning(text: str) -> list[tuple[Form, tuple[tuple[int, ...], ...]]]:
        return [(mention.form, mention.numbers) for mention in find_mentions(text)]

    assert meaning(form.format(number)) == meaning(form.format(to_chinese(number))) != []


@pytest.mark.parametrize(("measure", "label"), [("14", "第14项"), ("第3条", "第3条"), ("三（一）", "三（一）")])
def test_labels_of_measures(measure: str, label: str) -> None:
    assert ordinal_label(measure) == label


def test_a_mention_is_a_frozen_fact() -> None:
    assert NumberMention("第3条", 0, 3, Form.ARTICLE, one(3)) == find_mentions("第3条")[0]
