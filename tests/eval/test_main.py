"""The command line, over the real service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from answering.service import Service
from bench.scripted import honest
from eval import __main__ as door
from eval.cases import Case, read_case_file
from eval.export import write_sheets
from eval.generation import generation_of
from eval.run import PRODUCT, WITH_MODEL, read_run
from feedback.store import Feedback, FeedbackStore, Verdict
from index.settings import Settings
from tests.chat_server import chat_server
from tests.eval.perfect import CASES


@pytest.fixture(autouse=True)
def surroundings(index_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shared index, and runs in a folder of the test's own."""
    for name in ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("INDEX_DIR", str(index_settings.index_dir))
    monkeypatch.setattr(door, "RUNS_DIR", tmp_path / "runs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """The door gets the service that is open already; the tests without this open it as a person's command does."""
    monkeypatch.setattr(door, "_open", lambda *_: service)


def own_set(folder: Path, gold: str = "序号27") -> str:
    path = folder / "my.xlsx"
    rows = [("问题", "依据条款", "责任单位"), ("任务分工表序号27归谁管？", gold, "市金融局"), ("", "序号1", "")]
    write_sheets(path, {"题": rows})
    return str(path)


def test_ask_one_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["ask", "--json", "任务分工表序号27归谁管？"]) == 0
    assert json.loads(capsys.readouterr().out)["citations"][0]["unit_id"] == "task-table/27"


@pytest.mark.usefixtures("opened")
def test_ask_one_question_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["ask", "任务分工表序号27归谁管？"]) == 0
    assert "市金融局" in capsys.readouterr().out


@pytest.mark.usefixtures("opened")
def test_ask_a_file(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        '{"id": "a", "question": "第9条讲什么"}',
        "?",
        '{"id": "c", "question": "那归谁管？", "history": ["序号27"]}',
    ]
    (surroundings / "q.jsonl").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    assert door.main(["ask", "q.jsonl", "-o", "a.jsonl"]) == 1
    found = [json.loads(line) for line in (surroundings / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in found] == ["a", "c"]
    assert [len(record["citations"]) for record in found] == [5, 1]
    errors = capsys.readouterr().err
    assert "q.jsonl: line 2: not JSON" in errors
    assert "1 of 3 lines could not be answered" in errors
    assert "questions/s" in errors  # the progress bar


@pytest.mark.usefixtures("opened")
def test_run_check_compare_gate_and_export(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = own_set(surroundings)
    assert door.main(["run", source, "--no-baselines", "--name", "one", "--failures"]) == 0
    shown = capsys.readouterr()
    assert "every case is right" in shown.out
    assert "my.xlsx, row 3: the question (问题) is empty" in shown.err
    folder = surroundings / "runs" / "one"
    assert {path.name for path in folder.iterdir()} == {
        "run.json", "cases.jsonl", "answers.jsonl", "grades.jsonl", "times.json", "report.md", "report.html",
    }  # fmt: skip
    assert door.main(["run", own_set(surroundings, "序号26"), "--no-baselines", "--name", "two"]) == 0
    assert door.main(["compare", "one", "two"]) == 0
    assert "no longer right: 1" in capsys.readouterr().out
    assert door.main(["gate", "--run", "runs/one", "--baseline", "b.json", "--write"]) == 0
    assert door.main(["gate", "--run", "one", "--baseline", "b.json"]) == 0
    assert door.main(["export", "one", "-o", "x.xlsx"]) == 0
    assert door.main(["export", "one", "-o", "x.jsonl"]) == 0
    assert (surroundings / "x.xlsx").stat().st_size > 0
    assert door.main(["check", source]) == 1


QUESTIONS = (  # the first two are a model's to write, a list is not
    ("到2027年海外仓面积目标是多少？", "第14项"),
    ("任务分工表序号27讲什么？", "序号27"),
    ("第九条讲什么？", "第9条"),
)


@pytest.mark.usefixtures("opened")
def test_run_with_and_without_a_model(
    surroundings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """End to end with a scripted model: the first answer is written by it, the second refused by verification."""
    path = surroundings / "my.jsonl"
    records = [{"id": gold, "question": question, "gold": [gold]} for question, gold in QUESTIONS]
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    with chat_server(lambda prompt: honest(prompt) if "海外仓面积" in prompt else "补贴500万元[1]。") as server:
        monkeypatch.setenv("LLM_BASE_URL", server.settings.base_url)
        monkeypatch.setenv("LLM_MODEL", "scripted")
        assert door.main(["run", str(path), "--no-baselines", "--with-model", "--name", "both"]) == 0
        told = capsys.readouterr().out
        asked = len(server.asked)
        assert door.main(["run", str(path), "--no-baselines", "--name", "off"]) == 0
        assert len(server.asked) == asked == 3  # two answers, and one repair
    assert "jince → jince with model" in told
    assert "jince with model: 1 of 3 answers written by the model (33.3%), 0 begun by it, 2 asked for" in told
    assert "  tokens: 45 (30 prompt, 15 completion), 22.5 an answer" in told
    assert "  verbatim instead: unverified 1" in told
    assert "first verified sentence: p50 " in told
    folder = surroundings / "runs" / "both"
    head = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert list(head["summaries"]) == [PRODUCT, WITH_MODEL]
    made = head["generation"][WITH_MODEL]
    assert (made["answers"], made["asked"], made["written"], made["failures"]) == (3, 2, 1, {"unverified": 1})
    assert made["first_ms"]["p50"] > 0
    for report in ("report.md", "report.html"):
        text = (folder / report).read_text(encoding="utf-8")
        assert all(title in text for title in ("不用与使用大模型", "大模型写了多少，用了多少", "首句核对通过的用时"))
        assert "改用原文：语言模型写的内容没有通过核对" in text
    back = read_run(folder)
    assert generation_of(back.attempts[PRODUCT]) is None
    again = generation_of(back.attempts[WITH_MODEL])
    assert again is not None
    assert again.as_json() == made
    assert "generation" not in json.loads((surroundings / "runs" / "off" / "run.json").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("opened")
def test_the_name_of_a_run_follows_from_what_is_run(surroundings: Path) -> None:
    source = own_set(surroundings)
    for _ in range(2):
        assert door.main(["run", source, "--no-baselines"]) == 0
    assert len(list((surroundings / "runs").iterdir())) == 1


@pytest.mark.usefixtures("opened")
def test_template(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["template"]) == 0
    assert door.main(["check", "testset.xlsx"]) == 0
    assert "4 rows can be scored" in capsys.readouterr().out


def test_feedback_becomes_draft_cases(
    service: Service, surroundings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FEEDBACK_DB", str(surroundings / "none.sqlite"))
    assert door.main(["from-feedback"]) == 0
    assert "none.sqlite: no feedback yet" in capsys.readouterr().out
    question = "任务分工表序号27归谁管？"
    judged = Feedback(question, (), service.ask(question).as_json(), {}, Verdict.USEFUL)
    FeedbackStore(surroundings / "f.sqlite").add(judged)
    assert door.main(["from-feedback", "--db", "f.sqlite", "--out", "drafts.jsonl"]) == 0
    assert "1 draft cases of 1 judgements written to drafts.jsonl" in capsys.readouterr().out
    assert [case.gold for case in read_case_file(surroundings / "drafts.jsonl")] == [("task-table/27",)]


@pytest.mark.usefixtures("opened")
def test_sweep(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[tuple[str, ...]] = []

    def few(*, splits: tuple[str, ...]) -> tuple[Case, ...]:
        asked.append(splits)
        return CASES

    monkeypatch.setattr(door, "read_cases", few)
    assert door.main(["sweep", "answered", "0", "1.1"]) == 0
    table = capsys.readouterr().out.splitlines()
    low, high = (row.strip("| ").split(" | ") for row in table[2:])
    assert (low[0], high[0]) == ("0", "1.1")
    # False refusals: no probability is above 1; of four with an answer, 第9条 is not searched.
    assert (low[3], high[3]) == ("0.0%", "75.0%")
    assert asked == [("dev", "train")]  # never the half that is reported as unseen


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere"], "nowhere: not a test set; give dev, test, train or a file"),
        (["run", "none.xlsx"], "no such file"),
        (["run", "dev", "--kind", "riddle"], "no cases to run"),
        (["ask", "none.jsonl"], "none.jsonl: no such file"),
        (["ask", " "], "问题是空的"),
        (["run", "dev", "--with-model"], "none is configured; set LLM_BASE_URL and LLM_MODEL"),
        (["compare", "a", "b"], "a: no such run"),
        (["gate", "--run", "a"], "a: no such run"),
        (["export", "a"], "a: no such run"),
        (["beir", "."], "not a set in BEIR layout"),
        (["sweep", "answred", "1"], "no parameter 'answred'; there are "),
    ],
)
def test_errors_are_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(arguments) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("error: ")
    assert message in errors
    assert "Traceback" not in errors


def test_workers_must_be_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        door.main(["run", "--workers", "0"])
    assert "must be a whole number above 0" in capsys.readouterr().err
