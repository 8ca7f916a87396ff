"""Whatever is missing, doubled, swapped or unknown in a document is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.agencies import AgencyRegistry
from index.published import Severity
from index.records import Document
from ingest.balance import Balance, BalanceError, balance, require_balanced
from ingest.corpus import Corpus
from ingest.readers.files import read_source
from ingest.readers.source import Source
from ingest.units import Parsed, Part, parse

Change = Callable[[str], str]


def row(text: str, serial: int) -> str:
    """The lines of one row as they stand in the table."""
    match = re.search(rf"\t{serial}\n(?:\t.+\n){{3}}\n", text)
    assert match
    return match.group()


def cut(old: str) -> Change:
    return put(old, "")


def put(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    return change


def cut_row_27(text: str) -> str:
    return cut(row(text, 27))(text)


def swapped(text: str) -> str:
    one, other = row(text, 3), row(text, 4)
    return text.replace(one + other, other + one)


def paragraph(text: str, beginning: str) -> str:
    return next(line for line in text.splitlines(keepends=True) if line.startswith(beginning))


def document_of(corpus: Corpus, slug: str) -> Document:
    return next(document for document in corpus.documents if document.slug == slug)


def source_of(corpus: Corpus, slug: str) -> Source:
    return read_source(corpus.folder / "documents" / document_of(corpus, slug).path)


def balanced_after(change: Change, corpus: Corpus, slug: str, registry: AgencyRegistry, folder: Path) -> Balance:
    """The balance of a changed document whose new hash was entered in sources.jsonl, so that only the rest speaks."""
    file = folder / f"{slug}.txt"
    file.write_text(change(source_of(corpus, slug).text), encoding="utf-8")
    source = read_source(file)
    return balance(replace(document_of(corpus, slug), sha256=source.sha256), source, parse(source), registry)


@pytest.mark.parametrize(("slug", "units", "cells"), [("task-table", 54, 142), ("plan", 23, 66)])
def test_both_documents_balance(corpus: Corpus, registry: AgencyRegistry, slug: str, units: int, cells: int) -> None:
    source = source_of(corpus, slug)
    found = balance(document_of(corpus, slug), source, parse(source), registry)
    assert (found.problems, found.units, found.agency_cells) == ((), units, cells)
    assert found.in_units + sum(count for _, count in found.parts) == found.characters == len(source.text)
    require_balanced([found])
    lines = list(found.lines())
    assert lines[0] == f"{document_of(corpus, slug).title}: {units} units, {cells} responsible bodies named"
    assert lines[-1].strip().startswith("balanced:")


TABLE_HARM: tuple[tuple[str, Change, str], ...] = (
    ("a row is missing", lambda text: cut(row(text, 27))(text), "序号: missing [27]"),
    ("the first row is missing", lambda text: cut(row(text, 1))(text), "序号: missing [1]"),
    ("a number is doubled", put("\t27\n", "\t26\n"), "序号: doubled [26]"),
    ("its own number is missing then", put("\t27\n", "\t26\n"), "序号: missing [27]"),
    ("two rows are swapped", swapped, "序号: out of order [1, 2, 4, 3, 5,"),
    ("an article is missing", lambda text: cut(row(text, 7))(text), "第…条: missing [3]"),
    ("an article goes back", lambda text: text.replace("\t7\n\t第3条", "\t7\n\t第1条"), "第…条 are out of order"),
    (
        "a separator is mistyped",
        put("市商务局、市药监局", "市商务局。市药监局"),
        "unit 第1条 (序号 3): '市商务局。市药监局' looks like no single body",
    ),
    ("the title is another", put("任务分工表", "任务表"), "is not in the text; correct sources.jsonl"),
)


@pytest.mark.parametrize(("change", "problem"), [harm[1:] for harm in TABLE_HARM], ids=[harm[0] for harm in TABLE_HARM])
def test_harm_to_the_table_is_named(
    corpus: Corpus, registry: AgencyRegistry, tmp_path: Path, change: Change, problem: str
) -> None:
    found = balanced_after(change, corpus, "task-table", registry, tmp_path)
    assert any(problem in line for line in found.problems)
    with pytest.raises(BalanceError, match=r"^the documents were not read whole:\ntask-table\.txt: ") as caught:
        require_balanced([found])
    assert problem in str(caught.value)
    assert f"  PROBLEM {found.problems[0]}" in found.lines()


PLAN_HARM: tuple[tuple[str, Change, str], ...] = (
    ("a task is missing", lambda text: cut(paragraph(text, "5．"))(text), "tasks: missing [5]"),
    ("a task is doubled", put("\n6．", "\n5．"), "tasks: doubled [5]"),
    (
        "tasks are swapped",
        lambda text: text.replace("\n5．", "\nX").replace("\n6．", "\n5．").replace("\nX", "\n6．"),
        "tasks: out of order [1, 2, 3, 4, 6, 5,",
    ),
    ("a safeguard is missing", lambda text: cut(paragraph(text, "（二）完善"))(text), "三、保障措施: missing [2]"),
)


@pytest.mark.parametrize(
    ("change", "problem"),
    [harm[1:] for harm in PLAN_HARM],
    ids=[harm[0] for harm in PLAN_HARM],
)
def test_harm_to_the_plan_is_named(
    corpus: Corpus, registry: AgencyRegistry, tmp_path: Path, change: Change, problem: str
) -> None:
    found = balanced_after(change, corpus, "plan", registry, tmp_path)
    assert any(problem in line for line in found.problems)


@pytest.mark.parametrize(
    ("slug", "change", "message"),
    [
        ("task-table", put("市药监局", "市药局"), "unit 第1条 (序号 3): '市药局' is not a printed spelling"),
        ("plan", put("市教委、", "市教育厅、"), "unit 17 (序号 None): '市教育厅' is not a printed spelling"),
    ],
)
def test_a_new_body_is_a_note(
    corpus: Corpus, registry: AgencyRegistry, tmp_path: Path, slug: str, change: Change, message: str
) -> None:
    found = balanced_after(change, corpus, slug, registry, tmp_path)
    (note,) = [each for each in found.findings if each.severity is Severity.NOTE]
    assert note.message.startswith(message)
    assert found.problems == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: cut(paragraph(text, "到2027年底"))(text),  # unnumbered: only the hash can tell
        put("5500家", "550家"),
        lambda text: text + "\n",
    ],
)
def test_a_tampered_file_is_told_by_its_hash(
    corpus: Corpus, registry: AgencyRegistry, tmp_path: Path, change: Change
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(change(source_of(corpus, "plan").text), encoding="utf-8")
    source = read_source(file)
    document = document_of(corpus, "plan")
    found = balance(document, source, parse(source), registry)
    expected = f"sha256 is {source.sha256}, sources.jsonl says {document.sha256}; restore the file or correct the entry"
    assert found.problems == (expected,)


def test_a_tampered_entry_is_told_by_its_hash(corpus: Corpus, registry: AgencyRegistry) -> None:
    source = source_of(corpus, "plan")
    found = balance(replace(document_of(corpus, "plan"), sha256="0" * 64), source, parse(source), registry)
    assert [problem.split(";")[0] for problem in found.problems] == [
        f"sha256 is {source.sha256}, sources.jsonl says {'0' * 64}"
    ]


def problems_of(corpus: Corpus, registry: AgencyRegistry, change: Callable[[Parsed], Parsed]) -> tuple[str, ...]:
    """Problems when the parser itself had gone wrong over the table."""
    source = source_of(corpus, "task-table")
    return balance(document_of(corpus, "task-table"), source, change(parse(source)), registry).problems


def test_characters_in_no_part_are_named(corpus: Corpus, registry: AgencyRegistry) -> None:
    (problem,) = problems_of(corpus, registry, lambda parsed: replace(parsed, parts=parsed.parts[1:]))
    assert re.match(r"characters 0–\d+ are in no part: ' \[bookmark: _GoBack\]落实", problem)


def test_the_end_in_no_part_is_named(corpus: Corpus, registry: AgencyRegistry) -> None:
    last = len(source_of(corpus, "task-table").text)
    (problem,) = problems_of(
        corpus,
        registry,
        lambda parsed: replace(parsed, parts=tuple(part for part in parsed.parts if part.end != last)),
    )
    assert problem.startswith(f"characters {last - 1}–{last} are in no part")


def test_characters_in_two_parts_are_named(corpus: Corpus, registry: AgencyRegistry) -> None:
    found = problems_of(corpus, registry, lambda parsed: replace(parsed, parts=(*parsed.parts, Part("title", 0, 5))))
    assert any(re.match(r"characters 0–\d+ are in two parts", problem) for problem in found)


def test_a_unit_that_differs_from_the_source_is_named(corpus: Corpus, registry: AgencyRegistry) -> None:
    def shortened(parsed: Parsed) -> Parsed:
        first = replace(parsed.units[0], text=parsed.units[0].text[:-1])
        return replace(parsed, units=(first, *parsed.units[1:]))

    (problem,) = problems_of(corpus, registry, shortened)
    assert problem.startswith("unit 第1条 (序号 1) differs from the source: '1第1条进一步完善")


def test_every_problem_of_every_document_is_told(corpus: Corpus, registry: AgencyRegistry, tmp_path: Path) -> None:
    table = balanced_after(cut_row_27, corpus, "task-table", registry, tmp_path)
    plan = balanced_after(put("\n6．", "\n5．"), corpus, "plan", registry, tmp_path)
    with pytest.raises(BalanceError) as caught:
        require_balanced([table, plan])
    assert len(str(caught.value).splitlines()) == 1 + len(table.problems) + len(plan.problems)
    assert table.problems and plan.problems
    require_balanced([table, plan], strict=False)  # misprinted perhaps, but read whole
