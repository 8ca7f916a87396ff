from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from answering.service import Service
from feedback.store import Verdict
from tests.web.test_cards import HOSTILE, _Tags, answer
from web.actions import REASONS, Judgement, actions
from web.links import Place
from web.reply import CHECKING, STOPPED, Reply, shown
from web.sources import Sources
from web.turn import Turn


@pytest.fixture
def turn(service: Service, sources: Sources) -> Turn:
    given = service.ask("那归谁管？", ("实施方案第14项讲什么？",), answer_id="a1")
    return Turn("那归谁管？", shown(given, sources))


def buttons(html: str) -> dict[str, dict[str, str | None]]:
    """Attributes of each button by what it does: where it sends, or copies."""
    found = [attributes for name, attributes in _Tags(html).seen if name in ("button", "form")]
    return {
        next((key for key in ("data-copy", "data-link") if key in a), a.get("data-to") or "submit"): a for a in found
    }


def test_an_answer_can_be_copied_linked_to_judged_and_made_again(turn: Turn) -> None:
    found = buttons(actions(turn, last=True))
    assert (found["data-copy"]["data-copy"] or "").startswith("## 那归谁管？")
    link = Place.read(found["data-link"]["data-link"] or "")
    assert turn.reply.answer is not None
    assert link.question == turn.reply.answer.understood.standalone_question
    assert found["judge"]["data-value"] == "answer=a1&verdict=useless"
    assert "again" in found
    assert "again" not in buttons(actions(turn, last=False))


def test_the_question_that_a_link_asks_rests_on_the_same_units(service: Service, turn: Turn) -> None:
    assert turn.reply.answer is not None
    again = service.ask(turn.reply.answer.understood.standalone_question)
    assert [cited.unit_id for cited in again.citations] == ["plan/14"]


def test_what_was_said_of_it_shows_and_only_this_sessions_answers_can_be_judged(turn: Turn) -> None:
    assert 'aria-pressed="true"' in actions(replace(turn, verdict=Verdict.USEFUL), last=False)
    assert '<details class="said">' in actions(replace(turn, verdict=Verdict.USELESS), last=False)
    assert "judge" not in actions(replace(turn, fresh=False), last=True)


@pytest.mark.parametrize(
    ("reply", "last", "offered"),
    [
        (Reply(CHECKING), True, False),
        (Reply(STOPPED, ended=True), True, True),
        (Reply(STOPPED, ended=True), False, False),
    ],
)
def test_without_an_answer_only_the_last_can_be_asked_again(reply: Reply, last: bool, offered: bool) -> None:
    html = actions(Turn("问", reply), last)
    assert (list(buttons(html)) == ["again"]) is offered
    assert bool(html) is offered


def test_nothing_in_an_answer_becomes_markup() -> None:
    hostile = replace(answer((), standalone=HOSTILE), answer=HOSTILE, id=HOSTILE)
    tags = _Tags(actions(Turn(HOSTILE, Reply("", ended=True, answer=hostile)), last=True))
    assert not {name for name, _ in tags.seen} & {"img", "script"}


@pytest.mark.parametrize(
    ("value", "judgement"),
    [
        ("answer=a1&verdict=useful#1", Judgement("a1", Verdict.USEFUL, "")),
        (
            f"{urlencode([('answer', 'a1'), ('verdict', 'useless'), ('reason', REASONS[0]), ('reason', ' 一#二 ')])}#1",
            Judgement("a1", Verdict.USELESS, f"{REASONS[0]}：一#二"),
        ),
        ("", Judgement("", None, "")),
        ("verdict=best#1", Judgement("", None, "")),
    ],
)
def test_a_judgement_is_read_as_sent(value: str, judgement: Judgement) -> None:
    assert Judgement.read(value) == judgement
