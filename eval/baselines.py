"""Systems to compare with: what plain retrieval gives, and what the usual tutorial gives, over the same documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from answering.citations import cite
from eval.system import System
from index.embedding import Embedder, LangChainEmbeddings, load_embedder
from index.lexical import LexicalIndex
from index.records import Answer, Citation, Document, Evidence, PolicyUnit, Understood
from index.settings import Settings
from index.store import Index
from index.text import Segmenter

_TUTORIAL_CHUNK, _TUTORIAL_OVERLAP, _TUTORIAL_TOP = 500, 50, 4


@dataclass(frozen=True)
class Material:
    """What baselines are built from: the same documents, segmenter and embedding model as the product."""

    settings: Settings
    units: tuple[PolicyUnit, ...]
    documents: Mapping[str, Document]

    @cached_property
    def segmenter(self) -> Segmenter:
        """The index's own."""
        return Segmenter(Index.lexicon(self.settings.index_dir))

    @cached_property
    def embedder(self) -> Embedder:
        """The index's own."""
        return load_embedder(self.settings.embedding_model, self.segmenter, self.settings.query_instruction)


class TopUnit:
    """Always answers with the one unit that scores highest, whole, and its bodies; never refuses.

    Args:
        material: see :class:`Material`.
        scores: score of every unit for a question.
    """

    def __init__(self, material: Material, scores: Callable[[str], Any]) -> None:
        self._material = material
        self._scores = scores

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:  # noqa: ARG002
        """Answer with the first of the ranking; the history is not looked at."""
        started = time.perf_counter()
        order = np.argsort(-np.asarray(self._scores(question)), kind="stable")
        ranked = [self._material.units[row] for row in order[:10]]
        cited = [cite(Evidence(unit, ()), self._material.documents) for unit in ranked]
        text = f"> {ranked[0].text}\n\n依据：{ranked[0].label}\n责任单位：{'、'.join(ranked[0].agencies)}"
        return _answer(answer_id, question, text, (cited[:1], cited[1:]), started)


def bm25_top_unit(material: Material) -> TopUnit:
    """BM25 over whole units, top 1."""
    texts = [material.segmenter.terms(unit.text) for unit in material.units]
    lexical = LexicalIndex.build(texts)
    return TopUnit(material, lambda question: lexical.scores(material.segmenter.terms(question)))


def dense_top_unit(material: Material) -> TopUnit:
    """Cosine to the embedding of whole units, top 1."""
    vectors = material.embedder.embed_documents([unit.text for unit in material.units])
    return TopUnit(material, lambda question: vectors @ material.embedder.embed_query(question))


class Tutorial:
    """The retrieval of the LangChain tutorial: 500 characters with 50 of overlap, Chroma, the 4 nearest chunks.

    Its answer is the chunks; a unit counts as cited when a chunk holds at least half of it, which is what a reader of
    the chunk would see of it. Without a chat model there is no other way to name what it rests on.
    """

    def __init__(self, material: Material) -> None:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document as Page
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._material = material
        folder = material.settings.corpus_dir / "documents"
        pages = [
            Page((folder / document.path).read_text(encoding="utf-8-sig"), metadata={"document": slug})
            for slug, document in material.documents.items()
        ]
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=_TUTORIAL_CHUNK, chunk_overlap=_TUTORIAL_OVERLAP, add_start_index=True
        )
        self._store = Chroma.from_documents(
            splitter.split_documents(pages),
            LangChainEmbeddings(material.embedder),
            collection_name=f"tutorial-{time.time_ns()}",
        )

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:  # noqa: ARG002
        """Answer with the nearest chunks; the history is not looked at."""
        started = time.perf_counter()
        chunks = self._store.similarity_search(question, k=_TUTORIAL_TOP)
        units: dict[str, PolicyUnit] = {}
        for chunk in chunks:
            start = int(chunk.metadata["start_index"])
            for unit in self._material.units:
                shared = min(unit.end, start + len(chunk.page_content)) - max(unit.start, start)
                if unit.document == chunk.metadata["document"] and 2 * shared >= unit.end - unit.start:
                    units[unit.unit_id] = unit
        cited = [cite(Evidence(unit, ()), self._material.documents) for unit in units.values()]
        return _answer(answer_id, question, "\n\n".join(chunk.page_content for chunk in chunks), (cited, ()), started)


def _answer(
    answer_id: str | None,
    question: str,
    text: str,
    shown: tuple[Sequence[Citation], Sequence[Citation]],
    started: float,
) -> Answer:
    """An answer that cites ``shown[0]`` and has ``shown[1]`` beside it."""
    return Answer(
        id=answer_id or "",
        question=question,
        answered=True,
        refusal=None,
        answer=text,
        citations=tuple(shown[0]),
        related=tuple(shown[1]),
        understood=Understood("retrieval", (), (), (), question),
        latency_ms=round((time.perf_counter() - started) * 1000, 2),
    )


BASELINES: dict[str, Callable[[Material], System]] = {
    "bm25 top 1": bm25_top_unit,
    "dense top 1": dense_top_unit,
    "langchain tutorial top 4": Tutorial,
}
