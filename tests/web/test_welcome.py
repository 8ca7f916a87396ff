from __future__ import annotations

from tests.web.test_cards import _Tags
from web.examples import EXAMPLES
from web.links import Place, Tab
from web.welcome import welcome


def test_every_way_in_is_a_link_to_a_question_or_a_tab() -> None:
    tags = _Tags(welcome())
    places = [Place.read(attributes["href"] or "") for name, attributes in tags.seen if name == "a"]
    asked = [question for questions in EXAMPLES.values() for question in questions]
    assert [place.question for place in places if place.question] == asked
    assert [place.tab for place in places if not place.question] == [Tab.DUTIES, Tab.EVALUATION]


def test_it_says_for_whom() -> None:
    text = _Tags(welcome()).text
    assert all(asker in text for asker in EXAMPLES)
    assert "For companies" in text
