"""The 77 golden units of both documents, and the quirks they are printed with.

``golden.jsonl`` was made by another parser and read against the documents; the first test prints it again as the
documents print it, so that it stands on the sources alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.records import PolicyUnit
from ingest.corpus import Corpus
from ingest.readers.files import read_source
from ingest.readers.source import Source
from ingest.structure.bodies import split_bodies
from ingest.units import Parsed, UnitError, parse, strip_noise

GOLDEN: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("golden.jsonl").read_text(encoding="utf-8").splitlines()
]
HEADS = "column heads"
COLUMNS = "\t序号\n\t措施序号\n\t措施内容\n\t主要责任单位\n\n"


def golden_of(slug: str) -> list[dict[str, Any]]:
    return [record for record in GOLDEN if record["unit_id"].startswith(f"{slug}/")]


def squash(text: str) -> str:
    return "".join(text.replace("[bookmark: _GoBack]", "").split())


def test_the_golden_table_printed_again_is_the_document(corpus: Corpus) -> None:
    text = (corpus.folder / "documents" / "task-table.txt").read_text(encoding="utf-8")
    printed = "落实《天津市加快发展外贸新业态新模式若干措施》任务分工表序号措施序号措施内容主要责任单位"
    for row in golden_of("task-table"):
        printed += f"{row['serial']}{row['measure']}{row['text']}{'、'.join(row['agencies'])}"
    assert squash(text) == squash(printed)


def test_the_golden_plan_printed_again_is_the_document(corpus: Corpus) -> None:
    text = (corpus.folder / "documents" / "plan.txt").read_text(encoding="utf-8")
    printed, section = "", ("",)
    for unit in golden_of("plan"):
        for depth, heading in enumerate(unit["section"]):
            if section[depth : depth + 1] != (heading,):
                printed += heading
        section = tuple(unit["section"])
        number = unit["measure"]
        mark = f"{number}．" if number.isdecimal() else number[1:]  # 三（一） is printed （一）, 一 not at all
        brackets = "〔〕" if number == "14" else "（）"
        note = f"{brackets[0]}责任单位：{'、'.join(unit['agencies'])}{brackets[1]}" if unit["agencies"] else ""
        printed += mark + unit["text"] + note
    assert squash(text).endswith(squash(printed))
    assert squash(text).removesuffix(squash(printed)).endswith("制定本方案。")


def test_there_are_77_units(units: tuple[PolicyUnit, ...]) -> None:
    assert [unit.unit_id for unit in units] == [record["unit_id"] for record in GOLDEN]
    assert (len(golden_of("task-table")), len(golden_of("plan"))) == (54, 23)


@pytest.mark.parametrize("place", range(77), ids=[record["unit_id"] for record in GOLDEN])
def test_a_unit_is_the_golden_one(units: tuple[PolicyUnit, ...], place: int) -> None:
    unit = units[place]
    assert {
        "unit_id": unit.unit_id,
        "measure": unit.measure,
        "serial": unit.serial,
        "label": unit.label,
        "section": list(unit.section),
        "heading": unit.heading,
        "agencies": list(unit.agencies),
        "text": unit.text,
    } == GOLDEN[place]


def test_spans_point_at_the_unit_in_the_source(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    for document in corpus.documents:
        source = read_source(corpus.folder / "documents" / document.path)
        for unit in units:
            if unit.document == document.slug:
                assert unit.text in source.text[unit.start : unit.end]


def test_every_body_of_a_unit_has_an_id(units: tuple[PolicyUnit, ...]) -> None:
    assert all(len(unit.agency_ids) == len(unit.agencies) and all(unit.agency_ids) for unit in units)


def read(folder: Path, text: str) -> Source:
    file = folder / "document.txt"
    file.write_text(text, encoding="utf-8")
    return read_source(file)


def parsed(folder: Path, text: str) -> Parsed:
    return parse(read(folder, text))


def row(*cells: str) -> str:
    return "".join(f"\t{cell}\n" for cell in cells) + "\n"


def test_a_table_of_two_rows(tmp_path: Path) -> None:
    text = "任务\n分工表\n\n" + COLUMNS + row("1", "第1条", "甲。乙。", "市商务局、天津海关")
    text += row("2", "第二条", "丙。", "市商务局")
    first, second = parsed(tmp_path, text).units
    assert (first.serial, first.measure, first.ordinal, first.text) == (1, "第1条", (1,), "甲。乙。")
    assert first.agencies == ("市商务局", "天津海关")
    assert (second.measure, second.ordinal) == ("第二条", (2,))
    assert text[second.start : second.end] == "\t2\n\t第二条\n\t丙。\n\t市商务局\n"


def test_a_title_over_two_lines_and_a_bookmark_are_the_title(tmp_path: Path) -> None:
    text = " [bookmark: _GoBack]落实《若干\n措施》任务分工表\n\n" + COLUMNS + row("1", "第1条", "甲。", "市商务局")
    parts = parsed(tmp_path, text).parts
    assert [part.name for part in parts] == ["title", "title", "blank", HEADS, "blank", "blank"]


def test_a_bookmark_in_a_task_is_no_text(tmp_path: Path) -> None:
    (unit,) = parsed(tmp_path, "一、任务\n[bookmark: _GoBack]1．支持。拓展市场。（责任单位：市商务局）\n").units
    assert (unit.measure, unit.text, unit.heading) == ("1", "支持。拓展市场。", "支持")
    assert strip_noise(" [bookmark: _GoBack]9．支持 ") == "9．支持"


@pytest.mark.parametrize("mark", ["1．", "1.", "1、", "１．"])
def test_numbers_in_both_widths(tmp_path: Path, mark: str) -> None:
    (unit,) = parsed(tmp_path, f"一、任务\n{mark}支持。（责任单位：市商务局）\n").units
    assert (unit.ordinal, unit.text) == ((1,), "支持。")


@pytest.mark.parametrize(
    "note", ["（责任单位：甲局、乙局）", "〔责任单位：甲局、乙局〕", "(责任单位:甲局、乙局)", "[责任单位：甲局，乙局]"]
)
def test_notes_in_all_brackets(tmp_path: Path, note: str) -> None:
    (unit,) = parsed(tmp_path, f"一、任务\n1．支持（甲）。{note}\n").units
    assert (unit.text, unit.agencies, unit.notes) == ("支持（甲）。", ("甲局", "乙局"), (note,))


def test_a_task_without_bodies_has_none(tmp_path: Path) -> None:
    (unit,) = parsed(tmp_path, "一、任务\n1．支持。\n").units
    assert (unit.agencies, unit.notes) == ((), ())


def test_paragraphs_after_a_task_belong_to_it(tmp_path: Path) -> None:
    text = "一、任务\n1．支持。\n继续支持。（责任单位：甲局）\n2．完善。\n"
    first, second = parsed(tmp_path, text).units
    assert (first.text, first.agencies) == ("支持。\n继续支持。", ("甲局",))
    assert text[first.start : first.end] == "1．支持。\n继续支持。（责任单位：甲局）\n"
    assert second.text == "完善。"


def test_paragraphs_below_a_heading_are_units_of_their_own(tmp_path: Path) -> None:
    first, second = parsed(tmp_path, "一、总体要求\n指导思想。\n目标10％。\n").units
    assert [(unit.measure, unit.ordinal, unit.text) for unit in (first, second)] == [
        ("一", (1, 1), "指导思想。"),
        ("一", (1, 2), "目标10％。"),
    ]


def test_a_heading_and_a_numbered_paragraph_are_told_apart_by_the_full_stop(tmp_path: Path) -> None:
    text = "一、总体要求\n目标。\n二、任务\n（一）壮大主体\n1．支持。\n三、保障措施\n（一）强化推动。组建专班。\n"
    _, task, safeguard = parsed(tmp_path, text).units
    assert task.section == ("二、任务", "（一）壮大主体")
    assert (safeguard.measure, safeguard.ordinal, safeguard.section) == ("三（一）", (3, 1), ("三、保障措施",))
    assert safeguard.text == "强化推动。组建专班。"


def test_front_matter_is_named(corpus: Corpus) -> None:
    source = read_source(corpus.folder / "documents" / "plan.txt")
    named = {
        part.name: source.text[part.start : part.end].strip()
        for part in parse(source).parts
        if part.name not in {"blank", "heading", "title"}
    }
    assert named == {
        "salutation": "各区人民政府，市政府有关委、办、局：",
        "notice": "经市人民政府同意，现将《天津市推动跨境电商高质量发展实施方案》印发给你们，请照此执行。",
        "signature": "天津市人民政府办公厅",
        "date": "2024年11月6日",
        "publication mark": "（此件主动公开）",
        "preamble": "为推动本市跨境电商持续健康发展，加快培育外贸新动能，促进外贸高质量发展，制定本方案。",
    }


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市商务局、天津海关", ("市商务局", "天津海关")),
        ("天津港（集团、控股）有限公司、海关", ("天津港（集团、控股）有限公司", "海关")),
        ("甲局，乙局；丙局", ("甲局", "乙局", "丙局")),
        (" 甲局 、 乙局 ", ("甲局", "乙局")),
        ("甲局、", ("甲局",)),
        ("", ()),
    ],
)
def test_bodies_of_a_cell(cell: str, names: tuple[str, ...]) -> None:
    assert split_bodies(cell) == names


def test_a_row_that_ends_early_has_no_bodies(tmp_path: Path) -> None:
    text = COLUMNS + row("7", "第2条", "乙。", "甲局") + row("8", "第3条", "甲。")
    assert [(unit.serial, unit.agencies) for unit in parsed(tmp_path, text).units] == [(7, ("甲局",)), (8, ())]


def test_a_row_with_more_cells_than_the_head_is_no_unit(tmp_path: Path) -> None:
    text = COLUMNS + row("7", "第2条", "乙。", "甲局") + row("8", "第3条", "甲。", "乙局", "丙局")
    found = parsed(tmp_path, text)
    assert [unit.serial for unit in found.units] == [7]
    assert len(found.unread) == 1


@pytest.mark.parametrize("text", ["只有一段话。\n", COLUMNS])
def test_a_document_without_units_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnitError, match="no numbered measure found; expected a task table or an outline"):
        parsed(tmp_path, text)
