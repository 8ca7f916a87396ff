"""Damaged documents give units or a clear error, and lose no character."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ingest.corpus import Corpus
from ingest.readers.plain import read_plain
from ingest.units import UnitError, parse

PIECES = (
    "（" * 50,
    "责任单位：" * 20,
    "（牵头，" * 20,
    "附件：\n",
    "目录\n",
    "\t\n\t\n",
    "①②③" * 10,
    " " * 500,
    "1.一、" * 50,
)


def mutated(text: str, chance: random.Random) -> str:
    """``text`` with lines lost, doubled or shuffled, brackets lost, characters swapped, or odd things put in."""
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    kind = chance.randrange(7)
    if kind == 0:
        return "\n".join(lines[:place] + lines[place + 1 :])
    if kind == 1:
        return "\n".join([*lines[:place], lines[place], *lines[place:]])
    if kind == 2:
        return text[: max(1, chance.randrange(len(text)))]
    if kind == 3:
        return "".join(sign for sign in text if sign not in "（）()〔〕" or chance.random() > 0.2)
    if kind == 4:
        signs = list(text)
        for _ in range(30):
            at = chance.randrange(len(signs) - 1)
            signs[at], signs[at + 1] = signs[at + 1], signs[at]
        return "".join(signs)
    if kind == 5:
        return "\n".join([*lines[:place], chance.choice(PIECES), *lines[place:]])
    chance.shuffle(lines)
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_document_loses_no_character(corpus: Corpus, seed: int) -> None:
    chance = random.Random(seed)
    document = corpus.documents[seed % 2]
    text = (corpus.folder / "documents" / document.path).read_text(encoding="utf-8")
    for _ in range(1 + seed % 4):
        text = mutated(text, chance) or "一"
    if not text.strip():
        return
    source = read_plain(Path("damaged.txt"), text.encode())
    try:
        found = parse(source)
    except UnitError as error:
        assert "no numbered measure found" in str(error)
        return
    spans = sorted([(unit.start, unit.end) for unit in found.units] + [(part.start, part.end) for part in found.parts])
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == len(source.text)
