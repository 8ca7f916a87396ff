from __future__ import annotations

from itertools import chain

from answering.service import Service
from web.examples import EXAMPLES


def test_each_kind_of_asker_has_three_questions_and_none_comes_twice() -> None:
    questions = list(chain(*EXAMPLES.values()))
    assert [len(group) for group in EXAMPLES.values()] == [3, 3, 3]
    assert len(set(questions)) == 9


def test_all_are_answered_but_the_one_that_shows_a_refusal(service: Service) -> None:
    refused = [question for question in chain(*EXAMPLES.values()) if not service.ask(question).answered]
    assert refused == ["申请海外仓补贴打哪个电话？"]
