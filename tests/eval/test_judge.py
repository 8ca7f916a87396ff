"""A run judged by a chat model: rows, scores, means and the command line; Ragas itself where an environment has it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.judge import METRICS, JudgeError, Mean, Score, as_json, judge, main, means, read_rows, table
from tests.chat_server import chat_server

ROOT = Path(__file__).parents[2]
NAMES = [metric.name for metric in METRICS]
BUILD, TEACH = "支持建设海外仓。", "鼓励高校设置跨境电商专业。"


def row(question: str, contexts: Sequence[str], response: str, reference: str) -> dict[str, Any]:
    return {
        "user_input": question,
        "retrieved_contexts": list(contexts),
        "reference_contexts": [],
        "response": response,
        "reference": reference,
    }


# Right; half right and cited in the wrong order; a refusal, which cites nothing; and one on which the judge babbles.
ROWS = [
    row("海外仓有什么支持？", [BUILD], BUILD, BUILD),
    row("高校做什么？", [BUILD, TEACH], BUILD + TEACH, TEACH),
    row("天气怎么样？", [], "文件没有写明。", "文件没有写明。"),
    row("胡言乱语？", ["胡言。"], "胡言。", "胡言。"),
]


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows), encoding="utf-8")
    return path


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat model is configured; nothing listens there."""
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LLM_MODEL", "m")


def test_rows_come_back_as_they_were_exported(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl", ROWS)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_rows(path) == ROWS


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "rows.jsonl:1: Expecting"),
        ("[]", "expected an object, not list"),
        (json.dumps({**ROWS[0], "response": None}), "response must be text, not None"),
        (json.dumps({**ROWS[0], "retrieved_contexts": "海外仓"}), "retrieved_contexts must be a list of texts"),
        ("", "holds no rows"),
    ],
)
def test_what_is_no_row_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(JudgeError, match=problem) as raised:
        read_rows(path)
    assert "python -m eval export" in str(raised.value)


def judged(rows: Sequence[Mapping[str, Any]], **scorers: Any) -> tuple[list[dict[str, Score]], list[Score]]:
    """Scores of ``rows`` by ``scorers``, 1 where none is given, and what the progress bar was told."""

    async def full(**_: Any) -> float:
        return 1.0

    found: list[dict[str, Score]] = [{} for _ in rows]
    ticks: list[Score] = []
    asyncio.run(judge(rows, dict.fromkeys(NAMES, full) | scorers, found, ticks.append, 2))
    return found, ticks


def test_each_metric_is_given_what_it_reads() -> None:
    given: list[Mapping[str, Any]] = []

    async def factual_correctness(**fields: Any) -> float:
        given.append(fields)
        return 0.25

    found, ticks = judged(ROWS[:1], factual_correctness=factual_correctness)
    assert given == [{"response": BUILD, "reference": BUILD}]
    assert found == [{**dict.fromkeys(NAMES, Score(1.0)), "factual_correctness": Score(0.25)}]
    assert len(ticks) == len(METRICS)


def test_a_row_that_fails_costs_no_other() -> None:
    async def faithfulness(user_input: str, **_: Any) -> float:
        if "高校" in user_input:
            raise TimeoutError("no\nreply " + "x" * 999)
        return float("nan") if "胡言" in user_input else 0.5

    found, _ = judged(ROWS, faithfulness=faithfulness)
    right, broken, refused, empty = (scores["faithfulness"] for scores in found)
    assert right == Score(0.5)
    assert broken.error.startswith("TimeoutError: no reply xxx")
    assert len(broken.error) <= 301
    assert refused == Score()
    assert empty.error == "the judge's verdicts give nan, not a score from 0 to 1"
    assert all(scores["context_recall"] == Score(1.0) for scores in (found[0], found[1], found[3]))
    assert means(found)["faithfulness"] == Mean(0.5, judged=1, lacking=1, failed=2)
    assert means(found)["factual_correctness"] == Mean(1.0, judged=4, lacking=0, failed=0)


def test_a_score_beyond_its_scale_is_a_failure() -> None:
    async def context_recall(**_: Any) -> float:
        return 3.5

    found, _ = judged(ROWS[:1], context_recall=context_recall)
    assert found[0]["context_recall"].value is None
    assert "3.5" in found[0]["context_recall"].error


def test_table_and_json_say_the_same() -> None:
    found = [{"faithfulness": Score(1.0)}, {"faithfulness": Score(0.5)}, {"faithfulness": Score(error="no reply")}]
    lines = [line.split() for line in table(means(found)).splitlines()]
    assert lines[0] == ["metric", "mean", "judged", "lacking", "failed"]
    assert lines[1] == ["faithfulness", "75.0%", "2", "0", "1"]  # (1 + 0.5) / 2
    assert lines[2] == ["context_precision", "–", "0", "0", "0"]
    written = as_json("m", ROWS[:3], found)
    assert written["metrics"]["faithfulness"] == {"mean": 0.75, "judged": 2, "lacking": 0, "failed": 1}
    assert written["rows"][2] == {
        "user_input": "天气怎么样？",
        "scores": {"faithfulness": None},
        "errors": {"faithfulness": "no reply"},
    }


def test_without_a_chat_model_both_settings_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "")
    monkeypatch.setenv("LLM_MODEL", "")
    assert main([str(write(tmp_path / "rows.jsonl", ROWS))]) == 1
    assert "set LLM_BASE_URL and LLM_MODEL" in capsys.readouterr().err


@pytest.mark.usefixtures("chat")
def test_a_folder_that_is_not_there_is_named_before_anything_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(write(tmp_path / "rows.jsonl", ROWS)), "-o", str(tmp_path / "no" / "scores.json")]) == 1
    assert "there is no folder" in capsys.readouterr().err


@pytest.mark.usefixtures("chat")
def test_rows_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "rows.jsonl")]) == 1
    assert "rows.jsonl" in capsys.readouterr().err


@pytest.mark.usefixtures("chat")
def test_without_ragas_the_way_to_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAGAS_DO_NOT_TRACK", "false")
    monkeypatch.setitem(sys.modules, "ragas", None)  # as where it is not installed
    assert main([str(write(tmp_path / "rows.jsonl", ROWS))]) == 1
    assert "make judge" in capsys.readouterr().err
    assert os.environ["RAGAS_DO_NOT_TRACK"] == "true"
    assert not (tmp_path / "rows.scores.json").exists()


@pytest.mark.parametrize("count", ["0", "-1", "two"])
def test_at_once_must_be_a_count(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rows.jsonl", f"--at-once={count}"])
    assert f"must be a whole number above 0, not '{count}'" in capsys.readouterr().err


# The same command line, telling on stderr of every name looked up and every address connected to.
_WATCHED = """
import sys
def watch(event, arguments):
    if event == "socket.connect":
        print("CONNECT", *arguments[1][:2], file=sys.stderr)
    elif event == "socket.getaddrinfo":
        print("CONNECT", *arguments[:2], file=sys.stderr)
sys.addaudithook(watch)
from eval.judge import main
sys.exit(main())
"""


_INPUT = "Now perform the same with the following input\ninput: "


def judge_by_the_letter(prompt: str) -> str:
    """What a judge would reply to Ragas' prompts who splits at 。 and finds what stands there verbatim."""
    if "胡言" in prompt or _INPUT not in prompt:  # without input: asked again after a reply that was no JSON
        return "胡言乱语"
    given = json.loads(prompt.split(_INPUT)[1].removesuffix("Output: "))

    def sentences(text: str) -> list[str]:
        return [f"{sentence}。" for sentence in text.split("。") if sentence]

    if "statements" in given:  # are they in the context?
        verdicts = [(text, int(text in given["context"])) for text in given["statements"]]
        return json.dumps({"statements": [{"statement": text, "reason": "", "verdict": one} for text, one in verdicts]})
    if "response" in given:
        return json.dumps({"claims": sentences(given["response"])})
    if "context" not in given:
        return json.dumps({"statements": sentences(given["answer"])})
    if "useful" in prompt.split("\n", 1)[0]:
        return json.dumps({"reason": "", "verdict": int(given["answer"] in given["context"])})
    found = [(text, int(text in given["context"])) for text in sentences(given["answer"])]
    return json.dumps(
        {"classifications": [{"statement": text, "reason": "", "attributed": one} for text, one in found]}
    )


if RAGAS_PYTHON := os.environ.get("JINCE_RAGAS_PYTHON"):  # the interpreter of an environment of requirements-ragas.txt

    def test_ragas_judges_and_asks_the_chat_model_only(tmp_path: Path) -> None:
        assert RAGAS_PYTHON is not None
        with chat_server(judge_by_the_letter) as server:
            done = subprocess.run(
                [RAGAS_PYTHON, "-c", _WATCHED, write(tmp_path / "rows.jsonl", ROWS), "-o", tmp_path / "scores.json"],
                cwd=ROOT,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(tmp_path),
                    "LLM_BASE_URL": server.settings.base_url,
                    "LLM_MODEL": server.settings.model,
                    "LLM_API_KEY": "geheim",
                },
                capture_output=True,
                text=True,
                check=False,
            )
            port = server.server_port
        assert done.returncode == 0, done.stderr
        assert set(re.findall(r"^.*CONNECT (.*)$", done.stderr, re.MULTILINE)) == {f"127.0.0.1 {port}"}
        written = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
        assert [each["scores"] for each in written["rows"]] == [
            dict.fromkeys(NAMES, 1.0),
            {
                "faithfulness": 1.0,
                "context_precision": 0.5,  # of the two cited, only the second is of use: 1/2
                "context_recall": 1.0,
                "factual_correctness": 0.67,  # half of the answer is in the reference, all of the reference in it
            },
            {**dict.fromkeys(NAMES, None), "factual_correctness": 1.0},
            dict.fromkeys(NAMES, None),
        ]
        assert [list(each["errors"]) for each in written["rows"]] == [[], [], [], NAMES]
        assert "geheim" not in done.stderr + done.stdout + json.dumps(written)
        assert "factual_correctness     89.0%        3        0        1" in done.stdout  # (1 + 0.67 + 1) / 3
        assert all(asked["model"] == "scripted" and asked["max_tokens"] == 4096 for asked in server.asked)
