from __future__ import annotations

import json
from typing import Any

import pytest

from answering.service import Service
from tests.web.test_cards import HOSTILE, _Tags
from web.history import LARGEST, MOST, added, listed, read, reopened, without
from web.reply import Reply, shown
from web.sources import Sources
from web.turn import Turn, Turns


@pytest.fixture
def turns(service: Service, sources: Sources) -> Turns:
    first, second = "实施方案第14项讲什么？", "第100条讲什么？"
    answers = service.ask(first), service.ask(second, (first,))
    return tuple(Turn(answer.question, shown(answer, sources)) for answer in answers)


def test_what_is_kept_comes_back_as_it_was_shown(turns: Turns, sources: Sources) -> None:
    store = json.loads(json.dumps(added([], "one", turns)))
    back = reopened(store, "one", sources)
    assert [turn.question for turn in back] == [turn.question for turn in turns]
    assert [(turn.reply.text, turn.reply.evidence) for turn in back] == [
        (turn.reply.text, turn.reply.evidence) for turn in turns
    ]
    assert not any(turn.fresh for turn in back)
    assert reopened(store, "two", sources) == ()


def test_a_conversation_that_goes_on_takes_its_own_place_at_the_top(turns: Turns) -> None:
    store = added(added(added([], "one", turns[:1]), "two", turns), "one", turns)
    assert [(found["id"], len(found["turns"])) for found in store] == [("one", 2), ("two", 2)]
    assert [found["id"] for found in without(store, "one")] == ["two"]


def test_turns_without_an_answer_are_not_kept(turns: Turns) -> None:
    stopped = Turn("问", Reply("（已停止）", ended=True))
    assert len(added([], "one", (*turns, stopped))[0]["turns"]) == 2
    assert added([], "one", (stopped,)) == []


def test_there_is_room_for_so_many_and_so_much(turns: Turns) -> None:
    store: list[Any] = []
    for number in range(MOST + 5):
        store = added(store, str(number), turns[:1])
    assert len(store) == MOST
    assert store[0]["id"] == str(MOST + 4)
    store[5]["turns"][0]["answer"]["answer"] = "长" * LARGEST
    assert [found["id"] for found in added(store, "new", turns)] == ["new", *(found["id"] for found in store[:5])]


BAD: tuple[Any, ...] = (
    None,
    "text",
    [None, 1, "x", {}],
    [{"id": "a", "time": "t", "turns": []}],
    [{"id": "a", "time": "t", "turns": [{"question": 1, "answer": {}}]}],
    [{"id": "a", "time": "t", "turns": [{"question": "q", "answer": None}]}],
    [{"id": 1, "time": "t", "turns": [{"question": "q", "answer": {}}]}],
)


@pytest.mark.parametrize("kept", BAD)
def test_what_is_no_conversation_is_left_out(kept: object, sources: Sources) -> None:
    assert read(kept) == []
    assert reopened(kept, "a", sources) == ()
    assert "还没有保存的对话" in listed(kept)


def test_citations_are_printed_from_the_units_that_there_are(turns: Turns, sources: Sources) -> None:
    store = added([], "one", turns[:1])
    answer = store[0]["turns"][0]["answer"]
    answer["citations"].append({"unit_id": "gone/1", "quote": "没有"})
    answer["citations"][0]["quote"] = "文件里没有的话。"
    (turn,) = reopened(store, "one", sources)
    assert turn.reply.answer is not None
    (citation,) = turn.reply.answer.citations
    assert (citation.unit_id, citation.quote) == ("plan/14", sources.units["plan/14"].text)


def test_nothing_that_was_kept_becomes_markup(turns: Turns, sources: Sources) -> None:
    store = added([], HOSTILE, turns)
    store[0]["time"] = HOSTILE
    for turn in store[0]["turns"]:
        turn["question"] = HOSTILE
        turn["answer"] |= {"answer": HOSTILE, "id": HOSTILE}
        turn["answer"]["understood"]["standalone_question"] = HOSTILE
    for html in (listed(store), *(turn.reply.evidence for turn in reopened(store, HOSTILE, sources))):
        assert not {name for name, _ in _Tags(html).seen} & {"img", "script"}
    assert "<script" not in "".join(turn.reply.text for turn in reopened(store, HOSTILE, sources))
