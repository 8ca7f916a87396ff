"""A question in the words that the rest reads.

Orders to the machine are left out, typing errors put right, pinyin is turned into characters and English into Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answering.understanding.english import Translator
from answering.understanding.orders import without_orders
from index.agencies import Agency
from index.glossary import Term
from index.places import names_of_place
from index.records import Document
from index.spelling import Change, Speller
from index.text import Segmenter, normalise


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is read.

    Attributes:
        text: as asked, less orders to the machine, when nothing else had to be done; otherwise normalised, corrected
            and in Chinese as far as the tables go.
        changes: what was put right.
        english: it was asked in English, so that its answer wants a line in English before it.
    """

    text: str
    changes: tuple[Change, ...] = ()
    english: bool = False


class WordingReader:
    """Puts questions about one corpus into its words; keeps nothing between questions.

    Args:
        documents, agencies, lexicon, glossary: of the corpus.
        printed: the words of its units' texts, and how often each is printed.
        segmenter: the index's own.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        printed: Mapping[str, int],
        agencies: Iterable[Agency],
        lexicon: Sequence[str],
        glossary: Iterable[Term],
        segmenter: Segmenter,
    ) -> None:
        titles = [name for document in documents for name in (document.short_title, *document.aliases)]
        self._speller = Speller(
            map(normalise, (*lexicon, *titles)),
            map(normalise, _names(tuple(agencies))),
            printed,
            segmenter,
        )
        self._translator = Translator(glossary)

    def read(self, question: str) -> Wording:
        """``question`` in the corpus' words."""
        asked = without_orders(question)
        translation = self._translator.translate(asked)
        correction = self._speller.correct(normalise(translation.text))
        if translation.text == asked and not correction.changes:
            return Wording(asked)
        return Wording(correction.text, correction.changes, translation.english)


def _names(agencies: Sequence[Agency]) -> list[str]:
    """Names of bodies to put right; of bodies of many places those without their place, which are mostly the same."""
    names = dict.fromkeys(name for a in agencies for name in (a.name, *a.printed, *a.aliases, *a.weak))
    if len({agency.region for agency in agencies}) < 2:
        return list(names)
    places = {place for agency in agencies if agency.region for place in names_of_place(agency.region)}
    shortest = min(map(len, places), default=1)
    longest = max(map(len, places), default=1)
    return [name for name in names if not any(name[:end] in places for end in range(shortest, longest + 1))]
