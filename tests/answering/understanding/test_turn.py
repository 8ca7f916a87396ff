"""An earlier question and its answer as state."""

from __future__ import annotations

from dataclasses import replace

from answering.understanding.turn import Turn
from index.records import AgencyFilter, Intent
from tests.answering.samples import query, table


def test_what_is_at_hand_outlives_a_question_without_an_answer() -> None:
    asked = replace(query(), context=table(7))
    assert Turn(asked, ()).at_hand == table(7)
    assert Turn(asked, table(8)).at_hand == table(8)


def test_the_list_outlives_the_questions_about_its_members() -> None:
    asked = replace(query(), context=table(7, 8))
    assert Turn(asked, table(8)).listed == table(7, 8)
    assert Turn(asked, table(1, 2)).listed == table(1, 2)
    assert Turn(query(), table(1)).listed == ()


def test_the_topic_is_of_both_questions() -> None:
    assert Turn(replace(query(topic=("面积",)), context_topic=("海外仓",)), ()).topic == ("面积", "海外仓")


def test_tasks_of_bodies() -> None:
    customs = AgencyFilter((("customs",),))
    assert Turn(query(Intent.AGENCY_TASKS), ()).asked_of_bodies
    assert Turn(replace(query(Intent.LOOKUP), agencies=customs, numbers=("第9条",)), ()).asked_of_bodies
    assert not Turn(query(Intent.LOOKUP), ()).asked_of_bodies
