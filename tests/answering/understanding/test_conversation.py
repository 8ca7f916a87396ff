"""What a question takes over from the turn before it."""

from __future__ import annotations

import pytest

from answering.question import Understanding
from answering.understanding.turn import Turn
from index.records import Combination, Intent, Query
from tests.answering.samples import plan, table

CUSTOMS = (*table(1, 2, 5, 11, 12, 13, 14, 24, 25, 44, 47), *plan(8, 11, 12, 14, 16))


class Turns:
    """Reads a question after another one that cited certain units."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def __call__(self, before: str, unit_ids: tuple[str, ...], question: str) -> Query:
        turn = Turn(self._understanding.understand(before), unit_ids)
        return self._understanding.understand(question, turn)


@pytest.fixture
def after(understanding: Understanding) -> Turns:
    return Turns(understanding)


@pytest.mark.parametrize("question", ["那归谁管？", "由哪个部门负责呢", "责任单位是谁"])
def test_who_is_asked_of_the_units_at_hand(question: str, after: Turns) -> None:
    read = after("第三条讲什么", table(7), question)
    assert (read.intent, read.unit_ids) == (Intent.LOOKUP, table(7))


@pytest.mark.parametrize(
    ("before", "cited", "question", "unit_ids"),
    [
        ("第三条讲什么", table(7), "下一条呢", table(8, 9, 10)),  # 第4条 has three rows
        ("第三条讲什么", table(7), "上一条", table(6)),
        ("第四条", table(8, 9, 10), "下一条", table(11)),
        ("第四条", table(8, 9, 10), "上一条", table(7)),
        ("序号7", table(7), "下一行", table(8)),
        ("实施方案第14项", plan(14), "下一项", plan(15)),
        ("实施方案第14项", plan(14), "上一项呢", plan(13)),
        ("保障措施第一条", plan("3.1"), "下一条", plan("3.2")),
    ],
)
def test_steps(before: str, cited: tuple[str, ...], question: str, unit_ids: tuple[str, ...], after: Turns) -> None:
    read = after(before, cited, question)
    assert (read.intent, read.unit_ids, read.unknown_numbers) == (Intent.LOOKUP, unit_ids, ())


@pytest.mark.parametrize(
    ("before", "cited", "question"),
    [
        ("第一条", table(range(1, 6)), "上一条"),
        ("第十六条", table(52, 53, 54), "下一条"),
        ("保障措施第三条", plan("3.3"), "下一条"),
    ],
)
def test_there_is_nothing_beyond_the_first_and_the_last(
    before: str, cited: tuple[str, ...], question: str, after: Turns
) -> None:
    read = after(before, cited, question)
    assert (read.unit_ids, read.unknown_numbers) == ((), (question,))


@pytest.mark.parametrize("question", ["其中哪些和税务局有关", "其中税务局参与的有哪些？", "里面有税务局的是哪几项"])
def test_the_last_list_is_filtered(question: str, after: Turns) -> None:
    read = after("海关有哪些任务", CUSTOMS, question)
    assert (read.intent, read.unit_ids, read.agencies.ids) == (Intent.AGENCY_TASKS, CUSTOMS, ("customs", "tax"))
    assert read.agencies.combination is Combination.ALL


def test_the_last_list_loses_a_body(after: Turns) -> None:
    read = after("海关有哪些任务", CUSTOMS, "去掉有商务局的")
    assert (read.intent, read.unit_ids, read.agencies.excluded) == (Intent.AGENCY_TASKS, CUSTOMS, ("commerce",))


@pytest.mark.parametrize("question", ["税务局呢？", "那税务局呢"])
def test_the_question_is_asked_again_of_another_body(question: str, after: Turns) -> None:
    read = after("任务分工表里海关有哪些任务", table(1), question)
    assert (read.intent, read.agencies.ids, read.unit_ids) == (Intent.AGENCY_TASKS, ("tax",), None)
    assert read.documents == ("task-table",)


@pytest.mark.parametrize("question", ["那第二个文件呢", "另一个文件呢", "实施方案呢"])
def test_the_question_is_asked_again_of_the_other_document(question: str, after: Turns) -> None:
    read = after("任务分工表里海关有哪些任务", table(1), question)
    assert (read.intent, read.agencies.ids, read.documents) == (Intent.AGENCY_TASKS, ("customs",), ("plan",))


def test_more_tasks_of_the_same_body(after: Turns) -> None:
    read = after("序号34归谁管", table(34), "还有别的任务吗")
    assert (read.intent, read.agencies.ids, read.unit_ids) == (Intent.AGENCY_TASKS, ("safe",), None)


def test_a_number_stays_in_the_document_at_hand(after: Turns) -> None:
    assert after("实施方案第1项", plan(1), "第二条呢").unit_ids == plan(2)
    assert after("第一条", table(1), "第二条呢").unit_ids == table(6)
    assert after("保障措施第一条", plan("3.1"), "第二条呢").unit_ids == plan("3.2")


def test_a_detail_is_searched_near_what_was_said(after: Turns) -> None:
    read = after("2027年海外仓企业要培育多少家", plan(14), "面积呢")
    assert (read.intent, read.context, read.topic) == (Intent.CONTENT, plan(14), ("面积",))
    assert "海外仓" in "".join(read.context_topic)


def test_the_reading_is_shown(after: Turns) -> None:
    read = after("第三条讲什么", table(7), "那归谁管？")
    assert read.question == "那归谁管？"
    assert "第三条讲什么" in read.standalone


@pytest.mark.parametrize(
    "question",
    [
        "谢谢",
        "好的，明白了",
    ],
)
def test_small_talk_asks_nothing(question: str, after: Turns) -> None:
    assert after("序号34归谁管", table(34), question).unit_ids is None


@pytest.mark.parametrize(
    ("question", "unit_ids"),
    [
        ("第二个具体讲什么", table(50)),
        ("第三项归谁", table(51)),
        ("前两项分别归谁", table(49, 50)),
        ("后两个谁管", table(50, 51)),
        ("第一个和第三个有什么区别", table(49, 51)),
        ("倒数第二个谁负责", table(50)),
        ("最后那条归谁", table(51)),
    ],
)
def test_places_in_the_last_list(question: str, unit_ids: tuple[str, ...], after: Turns) -> None:
    read = after("第15条有哪几项任务", table(49, 50, 51), question)
    assert (read.intent, read.unit_ids) == (Intent.LOOKUP, unit_ids)


def test_the_list_stays_while_its_members_are_asked_about(understanding: Understanding) -> None:
    first = Turn(understanding.understand("第15条有哪几项任务"), table(49, 50, 51))
    second = Turn(understanding.understand("第二个讲什么", first), table(50))
    assert understanding.understand("第三个呢", second).unit_ids == table(51)


def test_a_list_has_no_place_beyond_its_last(after: Turns) -> None:
    read = after("第15条有哪几项任务", table(49, 50, 51), "第四个呢")
    assert (read.unit_ids, read.unknown_numbers) == ((), ("第四个",))


@pytest.mark.parametrize(
    ("before", "cited", "question", "bodies"),
    [
        ("第9条中市商务局承担哪几项", table(23, 25), "换成海关呢", ("customs",)),
        ("第9条中市商务局承担哪几项", table(23, 25), "那海关呢", ("customs",)),
        ("海关和市商务局共同负责的任务有哪些", table(1, 2), "那海关和税务局呢", ("customs", "tax")),
        ("金融局和人行一起的有哪些", table(15, 17), "把人行换成外汇局", ("finance-regulation", "safe")),
        (
            "外汇局和人行一起的有哪些",
            table(15, 17),
            "里头再带上金融局的有哪些？",
            ("safe", "pboc", "finance-regulation"),
        ),
    ],
)
def test_another_body_keeps_the_other_conditions(
    before: str,
    cited: tuple[str, ...],
    question: str,
    bodies: tuple[str, ...],
    after: Turns,
    understanding: Understanding,
) -> None:
    read, previous = after(before, cited, question), understanding.understand(before)
    assert read.agencies.ids == bodies
    assert (read.intent, read.unit_ids, read.documents) == (previous.intent, previous.unit_ids, previous.documents)
    assert len(bodies) == 1 or read.agencies.combination is Combination.ALL


@pytest.mark.parametrize(
    "question", ["海关管不管", "商务局要不要参与", "区里要不要出力", "跟市教委有关系吗", "外管局不掺和吗"]
)
def test_whether_a_body_is_responsible_is_asked_of_the_unit_at_hand(question: str, after: Turns) -> None:
    read = after("序号40讲什么", table(40), question)
    assert (read.intent, read.unit_ids) == (Intent.LOOKUP, table(40))
    assert read.agencies.excluded == ()


@pytest.mark.parametrize("question", ["具体是多少啊", "几家", "到哪年", "有数吗", "上限多少"])
def test_a_figure_is_asked_of_the_unit_at_hand(question: str, after: Turns) -> None:
    read = after("综服企业有培育目标吗", table(11), question)
    assert (read.intent, read.context, read.topic) == (Intent.CONTENT, table(11), ())


@pytest.mark.parametrize("question", ["就这些？", "还有别的吗", "没了？"])
def test_is_that_all_asks_for_the_list_again(question: str, after: Turns, understanding: Understanding) -> None:
    read, previous = after("市外办有哪些任务", table(53, 54), question), understanding.understand("市外办有哪些任务")
    assert (read.intent, read.agencies, read.unit_ids) == (previous.intent, previous.agencies, previous.unit_ids)


def test_two_units_in_a_row_are_compared(understanding: Understanding) -> None:
    first = Turn(understanding.understand("序号12讲什么"), table(12))
    second = Turn(understanding.understand("序号13呢", first), table(13))
    assert understanding.understand("它们俩的责任单位差在哪", second).unit_ids == table(12, 13)


def test_a_bare_number_is_counted_as_the_last_one(after: Turns) -> None:
    assert after("序号42归谁", table(42), "43呢").unit_ids == table(43)
    assert after("序号42归谁", table(42), "43呢，比它少了谁").unit_ids == table(42, 43)
    assert after("序号42归谁", table(42), "99呢").unknown_numbers == ("第99项",)


@pytest.mark.parametrize(
    ("before", "cited", "question", "unit_ids"),
    [
        ("实施方案第18项谁负责", plan(18), "序号32的责任单位有哪些", table(32)),
        ("实施方案第5项", plan(5), "第12条有哪些内容", table(range(34, 40))),
        ("第9条讲什么", table(23, 24), "保障措施第二条说的啥？", plan("3.2")),
    ],
)
def test_a_number_in_a_whole_question_means_what_it_means_by_itself(
    before: str, cited: tuple[str, ...], question: str, unit_ids: tuple[str, ...], after: Turns
) -> None:
    assert after(before, cited, question).unit_ids == unit_ids


def test_a_detour_keeps_the_topic(understanding: Understanding) -> None:
    first = Turn(understanding.understand("实施方案里海外仓要建多少"), plan(14))
    second = Turn(understanding.understand("归谁管", first), plan(14))
    third = understanding.understand("那第二个文件呢", second)
    assert third.documents == ("task-table",)
    assert "海外仓" in "".join(third.topic)


@pytest.mark.parametrize(
    ("before", "cited", "question", "standalone"),
    [
        ("津心融是个什么平台", table(27), "那谁在管", "津心融是个什么平台，谁在管？"),
        ("第6条讲了什么", table(12, 13, 14), "第7条呢", "第7条讲了什么"),
        ("第9条中市商务局承担哪几项", table(23, 25), "换成海关呢", "第9条里，海关负责哪些任务？"),
        (
            "第15条有哪几项任务？",
            table(49, 50, 51),
            "第二个具体讲什么",
            "《天津市加快发展外贸新业态新模式若干措施》任务分工表第15条（序号50）具体讲什么？",
        ),
        (
            "任务分工表里怎么说人才培养的",
            table(50),
            "那第二个文件呢？",
            "《天津市推动跨境电商高质量发展实施方案》里，怎么说人才培养的？",
        ),
        ("津心融是个什么平台", table(27), "换个话题，国际保理归哪几家管？", "国际保理归哪几家管？"),
    ],
)
def test_a_follow_up_reads_as_a_question_of_its_own(
    before: str, cited: tuple[str, ...], question: str, standalone: str, after: Turns
) -> None:
    assert after(before, cited, question).standalone == standalone
