"""Every printed number of both documents leads to exactly its units, in every spelling."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.catalogue import Catalogue
from index.numbering import find_mentions, to_chinese
from index.records import Document, PolicyUnit
from index.text import normalise
from ingest.corpus import Corpus
from tests.samples import ROWS_OF_ARTICLE

Resolve = Callable[..., list[str]]
TABLE, PLAN = "task-table", "plan"
TASKS_OF_SECTION = {1: range(1, 6), 2: range(6, 10), 3: range(10, 16), 4: range(16, 19)}


def table(*serials: int) -> list[str]:
    return [f"{TABLE}/{serial}" for serial in serials]


def plan(*numbers: int | str) -> list[str]:
    return [f"{PLAN}/{number}" for number in numbers]


@pytest.fixture(scope="module")
def resolve(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> Resolve:
    """Unit ids that the one reference in a text leads to."""
    catalogue = Catalogue(corpus.documents, units)

    def resolved(text: str, *documents: str) -> list[str]:
        (mention,) = find_mentions(normalise(text))
        return [unit.unit_id for unit in catalogue.resolve(mention, documents)]

    return resolved


@pytest.mark.parametrize("article", ROWS_OF_ARTICLE)
@pytest.mark.parametrize("spelling", ["第{}条", "第{}条措施", "第 {} 条", "第{}條"])
def test_every_article_is_its_rows(resolve: Resolve, article: int, spelling: str) -> None:
    for number in (str(article), to_chinese(article)):
        assert resolve(spelling.format(number), TABLE) == table(*ROWS_OF_ARTICLE[article])


@pytest.mark.parametrize("serial", range(1, 55))
def test_every_serial_is_one_row(resolve: Resolve, serial: int) -> None:
    for spelling in ("序号{}", "序号：{}", "第{}行", "第{}号任务"):
        for number in (str(serial), to_chinese(serial)):
            assert resolve(spelling.format(number), TABLE) == table(serial)


@pytest.mark.parametrize("number", range(1, 19))
def test_every_task_of_the_plan_is_one_unit(resolve: Resolve, number: int) -> None:
    for spelling in ("第{}项", "第{}项任务", "任务{}", "第{}条"):
        for written in (str(number), to_chinese(number)):
            assert resolve(spelling.format(written), PLAN) == plan(number)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("spelling", ["三（{}）", "三、（{}）", "保障措施（{}）", "保障措施第{}条", "第{}项保障措施"])
def test_every_safeguard_is_one_unit(resolve: Resolve, number: int, spelling: str) -> None:
    assert resolve(spelling.format(to_chinese(number))) == plan(f"3.{number}")


def test_labels_lead_back_to_their_units(corpus: Corpus, units: tuple[PolicyUnit, ...], resolve: Resolve) -> None:
    """What a citation shows, asked for again, is the same unit (a row by its serial)."""
    titles = {document.slug: document.title for document in corpus.documents}
    for unit in units:
        place = unit.label.removeprefix(titles[unit.document])
        if unit.section == ("一、总体要求",):
            assert place == "一、总体要求"
        elif unit.serial is not None:
            assert place == f"{unit.measure}（序号{unit.serial}）"
            assert resolve(f"序号{unit.serial}", unit.document) == [unit.unit_id]
        else:
            assert resolve(place, unit.document) == [unit.unit_id]


@pytest.mark.parametrize("section", TASKS_OF_SECTION)
def test_a_section_is_all_its_tasks(resolve: Resolve, section: int) -> None:
    tasks = plan(*TASKS_OF_SECTION[section])
    assert resolve(f"二（{to_chinese(section)}）") == tasks
    assert resolve(f"第二部分第{to_chinese(section)}节") == tasks


def test_a_part_is_everything_below_it(resolve: Resolve) -> None:
    assert resolve("第一部分") == plan("1.1", "1.2")
    assert resolve("第二部分") == plan(*range(1, 19))
    assert resolve("第三部分") == plan("3.1", "3.2", "3.3")


def test_a_row_inside_an_article(resolve: Resolve) -> None:
    assert resolve("第12条的第三项") == table(36)
    assert resolve("第九条第5行") == table(27)
    assert resolve("第3条第2项") == []


@pytest.mark.parametrize(
    ("text", "documents", "expected"),
    [
        ("最后一条", (TABLE,), table(52, 53, 54)),
        ("最后一行", (TABLE,), table(54)),
        ("最后一项", (PLAN,), plan(18)),
        ("倒数第二条", (TABLE,), table(49, 50, 51)),
        ("倒数第二项", (PLAN,), plan(17)),
        ("最后两项", (PLAN,), plan(17, 18)),
        ("前两条", (TABLE,), table(*range(1, 7))),
        ("前三项", (PLAN,), plan(1, 2, 3)),
        ("第10至12条", (TABLE,), table(*range(28, 40))),
        ("第十到十二条", (TABLE,), table(*range(28, 40))),
        ("序号1到3", (TABLE,), table(1, 2, 3)),
        ("第3、5、7项", (PLAN,), plan(3, 5, 7)),
        ("第15至17条", (TABLE,), table(*range(49, 55))),  # there is no 第17条
    ],
)
def test_last_first_and_ranges(resolve: Resolve, text: str, documents: tuple[str, ...], expected: list[str]) -> None:
    assert resolve(text, *documents) == expected


def test_without_a_document_the_counting_word_decides(resolve: Resolve) -> None:
    assert resolve("第3条") == table(7)  # only the table has 条
    assert resolve("第3项") == plan(3)  # only the plan has 项
    assert resolve("第3个措施") == [*table(7), *plan(3)]  # 个 is neither's
    assert resolve("最后一条") == table(52, 53, 54)


def test_a_document_without_that_numbering_lends_its_own(resolve: Resolve) -> None:
    assert resolve("第14条", PLAN) == plan(14)
    assert resolve("第27项", TABLE) == table(27)
    assert resolve("序号7", PLAN) == plan(7)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("第17条", (TABLE,)),
        ("第0条", (TABLE,)),
        ("第99条", ()),
        ("序号55", ()),
        ("序号0", ()),
        ("第19项", (PLAN,)),
        ("保障措施第四条", ()),
        ("三（四）", ()),
        ("四（一）", ()),
        ("第四部分", ()),
        ("保障措施（一）", (TABLE,)),
        ("第3项", ("no-such-document",)),
    ],
)
def test_a_number_that_no_unit_has_is_nothing(resolve: Resolve, text: str, documents: tuple[str, ...]) -> None:
    assert resolve(text, *documents) == []


def written(document: str, measure: str, *ordinal: int) -> PolicyUnit:
    return PolicyUnit(f"{document}/{measure}", document, measure, None, ordinal, "", (), "", "", (), (), 0, 0)


def test_measures_counted_in_chinese_numerals_and_each_place_by_its_own_numbering() -> None:
    """三、 is 第三条 where nothing else is counted; 3（1） is of 第3项; a table's 条 decides for its place alone."""
    places = {"table": "甲市", "flat": "乙市", "nested": "乙市", "country": None}
    documents = [Document(slug, slug, slug, (), None, None, None, "", "", place) for slug, place in places.items()]
    units = [
        *(written("table", f"第{number}条", number) for number in (1, 2, 3)),
        *(written("flat", measure, number) for number, measure in enumerate("一二三", 1)),
        written("nested", "3（1）", 3, 1),
        written("nested", "3（2）", 3, 2),
        *(written("country", f"（{measure}）", number) for number, measure in enumerate("一二三", 1)),
    ]
    (mention,) = find_mentions("第三条")
    found = [unit.unit_id for unit in Catalogue(documents, units).resolve(mention)]
    assert found == ["table/第3条", "flat/三", "nested/3（1）", "nested/3（2）", "country/（三）"]
