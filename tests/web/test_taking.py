from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from answering.service import Service
from feedback.store import FeedbackStore, Verdict
from web import taking
from web.loading import Loading
from web.reply import STOPPED, Reply, shown
from web.sources import Sources
from web.turn import Turn, Turns


@pytest.fixture
def turns(service: Service, sources: Sources) -> Turns:
    first = service.ask("实施方案第14项讲什么？", answer_id="a1")
    second = service.ask("那归谁管？", (first.question,), answer_id="a2")
    return tuple(Turn(answer.question, shown(answer, sources)) for answer in (first, second))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page tells the asker."""
    heard: list[str] = []
    for name in ("Info", "Warning"):
        monkeypatch.setattr(gr, name, lambda words, **_: heard.append(words))
    return heard


def test_a_conversation_gets_its_id_with_its_first_answer(turns: Turns) -> None:
    store: Any
    store, key = taking.kept([], "", turns[:1])
    assert key
    assert [found["id"] for found in store] == [key]
    again: Any = taking.kept(store, key, turns)[0]
    assert [len(found["turns"]) for found in again] == [2]
    assert taking.kept(store, key, (Turn("问", Reply(STOPPED, ended=True)),)) == (gr.skip(), key)


def test_it_is_reopened_and_forgotten(turns: Turns, loaded: Loading) -> None:
    store, key = taking.kept([], "", turns)
    conversation, _, back, again, _ = taking.reopening(loaded)(f"{key}#1", store)
    assert (len(back), again) == (2, key)  # type: ignore[arg-type]
    assert conversation["visible"] is True  # type: ignore[index]
    assert taking.reopening(loaded)("other#1", store) == (gr.skip(),) * 5
    left, html = taking.forgotten(f"{key}#1", store)
    assert left == []
    assert "还没有保存的对话" in html
    assert taking.begun_anew()[2:4] == ((), "")


def test_files_have_the_conversation(turns: Turns) -> None:
    markdown, word = Path(taking.markdown(turns)["value"]), Path(taking.word(turns)["value"])
    assert markdown.read_text(encoding="utf-8").count("\n## ") == 2
    assert word.read_bytes().startswith(b"PK")
    assert (markdown.suffix, word.suffix) == (".md", ".docx")


def test_a_judgement_is_kept_with_its_history_and_scores(
    turns: Turns, loaded: Loading, tmp_path: Path, said: list[str]
) -> None:
    store = FeedbackStore(tmp_path / "f.sqlite")
    judge = taking.judging(loaded, store)
    judged = judge("answer=a2&verdict=useless&reason=%E4%B8%8D%E5%85%A8#1", turns)
    assert [turn.verdict for turn in judged] == ["", "useless"]
    (kept,) = store.read()
    assert (kept.question, kept.history, kept.verdict, kept.reason) == (
        "那归谁管？", ("实施方案第14项讲什么？",), Verdict.USELESS, "不全",
    )  # fmt: skip
    assert kept.citations == ("plan/14",)
    assert kept.scores["plan/14"] != 0
    assert said == ["已记下，谢谢。"]


@pytest.mark.parametrize("value", ["", "answer=a9&verdict=useful#1", "answer=a1&verdict=best#1"])
def test_what_is_no_judgement_of_this_conversation_is_not_kept(
    turns: Turns, loaded: Loading, tmp_path: Path, value: str
) -> None:
    store = FeedbackStore(tmp_path / "f.sqlite")
    assert taking.judging(loaded, store)(value, turns) is turns
    assert store.read() == ()


def test_when_it_cannot_be_kept_the_asker_is_told(
    turns: Turns, loaded: Loading, tmp_path: Path, said: list[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    store = FeedbackStore(tmp_path / "file" / "f.sqlite")
    assert taking.judging(loaded, store)("answer=a1&verdict=useful#1", turns) is turns
    assert said == ["没有记下来，请稍后再试。"]
