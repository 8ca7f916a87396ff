"""Lists that name who answers for each body (责任单位及责任人：甲局　王明), read without the persons."""

from __future__ import annotations

import re

from ingest.structure.bodies import ends_as_body, is_body, split_outside

_NAME_OF_PERSON = re.compile("(?![各省市县区州镇街])[一-鿿·]{2,4}|[一-鿿]")
_PERSON_BEHIND = re.compile(r"(?:\s+(?:(?!各)[一-鿿·]{2,4}|[一-鿿]\s+[一-鿿])|[（(][一-鿿·]{2,4}[）)])\s*$")


def without_persons(written: str) -> str:
    """A list of bodies and who answers for each (甲局　王　明、乙局（李明）) without the persons."""
    named = [_body_of(_PERSON_BEHIND.sub("", piece)) for piece in map(str.strip, split_outside(written))]
    return "、".join(piece for piece in named if is_body(piece) or not _NAME_OF_PERSON.fullmatch(piece))


def _body_of(named: str) -> str:
    """甲局 of 甲局王明."""
    heads = (named[:-length] for length in (2, 3) if not ends_as_body(named))
    return next((head for head in heads if ends_as_body(head)), named)
