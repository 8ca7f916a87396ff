"""Cases are read as they are written, and bad ones are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import CaseError, Fact, FactType, Rule, case_from_json, read_case_file, read_cases
from index.records import Refusal
from tests.eval.perfect import CASES

RECORD = {
    "id": "dev-joint-001", "kind": "joint", "asker": "official", "history": ["先问的"], "question": "海关和税务？",
    "gold": ["task-table/1"], "also_ok": [], "agencies": ["天津海关"],
    "facts": [{"type": "quantity", "value": 60, "unit": "万平方米"}, {"type": "date", "value": "2027"}],
    "answerable": True, "refusal": None, "rule": {"all_of": ["天津海关", "市税务局"], "document": None}, "note": "n",
}  # fmt: skip


def test_a_record_becomes_a_case() -> None:
    case = case_from_json(RECORD)
    assert case.history == ("先问的",)
    assert case.facts == (Fact(FactType.QUANTITY, 60.0, "万平方米"), Fact(FactType.DATE, "2027"))
    assert case.rule == Rule(all_of=("天津海关", "市税务局"))
    assert [str(fact) for fact in case.facts] == ["60万平方米", "2027"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.id))
def test_round_trip(case: object) -> None:
    assert case_from_json(json.loads(json.dumps(case.as_json()))) == case  # type: ignore[attr-defined]


def test_every_bad_line_is_named_with_its_number_and_reason(tmp_path: Path) -> None:
    lines = [
        json.dumps(RECORD),
        "no json",
        json.dumps({**RECORD, "question": " "}),
        json.dumps({key: value for key, value in RECORD.items() if key != "gold"}),
        json.dumps({**RECORD, "gold": "task-table/1"}),
        json.dumps({**RECORD, "refusal": "because"}),
        json.dumps({**RECORD, "rule": {"allof": []}}),
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_case_file(path)
    found = str(caught.value).splitlines()
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in found] == ["2", "3", "4", "5", "6", "7"]
    assert "field 'gold' is missing" in found[2]
    assert "'because'" in found[4]


def test_splits_come_from_their_folders(tmp_path: Path) -> None:
    for split in ("dev", "test"):
        (tmp_path / split).mkdir()
        record = {**RECORD, "id": split, "refusal": None}
        (tmp_path / split / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert [(case.id, case.split) for case in read_cases(tmp_path)] == [("dev", "dev"), ("test", "test")]
    with pytest.raises(CaseError, match="no case files"):
        read_cases(tmp_path, ["train"])


def test_refusals_are_of_the_contract() -> None:
    case = case_from_json({**RECORD, "gold": [], "answerable": False, "refusal": "not_stated"})
    assert case.refusal is Refusal.NOT_STATED
