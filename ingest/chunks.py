"""Units cut into passages for embedding, by sentences, with length counted in jieba tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from langchain_text_splitters import TextSplitter

from index.numbering import ordinal_label
from index.records import Chunk, Document, PolicyUnit
from index.text import Segmenter, sentences

_CLAUSE = re.compile(r"[^，、：,]*[，、：,]|[^，、：,]+")


class JiebaTextSplitter(TextSplitter):
    """LangChain splitter that keeps sentences whole.

    A text of at most ``chunk_size`` jieba tokens stays in one piece. A longer one is cut between sentences; a sentence
    that is itself longer is cut between clauses, and only a clause that is longer still between tokens. Nothing is
    repeated and nothing is lost: the pieces joined give the text without the white space around sentences.

    Args:
        segmenter: counts and cuts tokens.
        chunk_size: longest piece, in tokens.
    """

    def __init__(self, segmenter: Segmenter, chunk_size: int, **kwargs: Any) -> None:
        super().__init__(
            chunk_size=chunk_size, chunk_overlap=0, length_function=lambda text: len(segmenter.tokens(text)), **kwargs
        )
        self._segmenter = segmenter

    def split_text(self, text: str) -> list[str]:
        """Pieces of ``text``, in order."""
        if len(text) <= self._chunk_size:  # no more tokens than characters: nothing needs to be counted
            return ["".join(sentences(text))] if text.strip() else []
        pieces = [piece for sentence in sentences(text) for piece in self._fitting(sentence)]
        merged: list[str] = []
        for piece in pieces:
            if merged and self._length_function(merged[-1] + piece) <= self._chunk_size:
                merged[-1] += piece
            else:
                merged.append(piece)
        return merged

    def _fitting(self, sentence: str) -> Iterator[str]:
        if self._length_function(sentence) <= self._chunk_size:
            yield sentence
            return
        for clause in _CLAUSE.findall(sentence):
            if self._length_function(clause) <= self._chunk_size:
                yield clause
            else:
                tokens = self._segmenter.tokens(clause)
                for start in range(0, len(tokens), self._chunk_size):
                    yield "".join(tokens[start : start + self._chunk_size])


def chunk_units(
    units: Iterable[PolicyUnit], documents: Iterable[Document], splitter: JiebaTextSplitter
) -> tuple[Chunk, ...]:
    """Passages of every unit; what is embedded begins with the document and the number of the unit."""
    short_titles = {document.slug: document.short_title for document in documents}
    return tuple(
        Chunk(
            chunk_id=f"{unit.unit_id}#{number}",
            unit_id=unit.unit_id,
            document=unit.document,
            text=text,
            embedding_text=f"{short_titles[unit.document]}{ordinal_label(unit.measure)} {unit.heading} {text}",
        )
        for unit in units
        for number, text in enumerate(splitter.split_text(unit.text), 1)
    )
