"""Addresses inside the page: a link to a unit, a body, a question or a tab is an address, followed without a reload.

``page.js`` hands the address of a click to the page's ``place`` box; opening the address in a new window puts the same
there. Whoever shows something for a place listens to that box and reads it with :meth:`Place.read`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlencode

LONGEST = 4000  # characters of an address that are read


class Tab(StrEnum):
    """The page's tabs, by the names that addresses use."""

    CHAT = "chat"
    DUTIES = "duties"
    DOCUMENTS = "documents"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address points.

    Attributes:
        tab: the tab to show.
        question: to ask at once; empty for none.
        unit: id of the unit to show in its document; empty for none.
        document: slug of the document to show; empty for none.
        words: to mark in that document.
        bodies: the bodies whose tasks to list, by id or any of their names.
        together: list only tasks that all of these bodies share.
    """

    tab: Tab = Tab.CHAT
    question: str = ""
    unit: str = ""
    document: str = ""
    words: str = ""
    bodies: tuple[str, ...] = ()
    together: bool = False

    @classmethod
    def read(cls, address: str) -> Place:
        """The place of a query string such as ``?body=safe``; anything else in it counts nothing."""
        values = parse_qs(address[:LONGEST].partition("#")[0].removeprefix("?"))
        names = ("q", "unit", "tab", "doc", "find")
        question, unit, tab, document, words = (values.get(name, [""])[0].strip() for name in names)
        bodies = tuple(dict.fromkeys(values.get("body", [])))
        if bodies:
            return cls(Tab.DUTIES, bodies=bodies, together="all" in values)
        return cls(Tab(tab) if tab in list(Tab) else Tab.CHAT, question, unit, document, words)


def to_question(question: str) -> str:
    """The address that asks ``question``."""
    return f"?{urlencode({'q': question})}"


def to_unit(unit_id: str) -> str:
    """The address that shows a unit where it stands in its document."""
    return f"?{urlencode({'unit': unit_id}, safe='/')}"


def to_document(slug: str, words: str = "") -> str:
    """The address of a document, with ``words`` marked in it; of the list of all documents without a slug."""
    given = {"tab": Tab.DOCUMENTS.value, "doc": slug, "find": words}
    return f"?{urlencode({name: value for name, value in given.items() if value})}"


def to_bodies(ids: Sequence[str], *, together: bool = False) -> str:
    """The address of the tasks of any of these bodies, or of those that they share."""
    return f"?{urlencode({'body': ids} | ({'all': '1'} if together else {}), doseq=True)}"


def to_tab(tab: Tab) -> str:
    """The address of a tab."""
    return f"?{urlencode({'tab': tab.value})}"
