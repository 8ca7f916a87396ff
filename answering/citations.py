"""The last stage: findings become citations, each printed from a stored record and checked against it."""

from __future__ import annotations

from collections.abc import Mapping

from index.records import Citation, Document, Evidence


class CitationError(RuntimeError):
    """An answer would have shown something that its unit doesn't say: a defect, caught before a user sees it."""


def cite(evidence: Evidence, documents: Mapping[str, Document]) -> Citation:
    """The citation of a unit.

    Raises:
        CitationError: a quoted sentence is not in the unit, word for word.
    """
    unit = evidence.unit
    for sentence in evidence.sentences:
        if sentence not in unit.text:
            raise CitationError(f"{unit.unit_id} does not contain the quoted sentence {sentence!r}")
    return Citation(
        document=documents[unit.document].title,
        measure=unit.measure,
        serial=unit.serial,
        label=unit.label,
        agencies=unit.agencies,
        quote="".join(evidence.sentences),
        unit_id=unit.unit_id,
    )
