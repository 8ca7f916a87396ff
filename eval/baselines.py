"""Systems to compare with: what plain retrieval gives, and what the usual tutorial gives, over the same documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from answering.citations import cite
from eval.material import Material, baseline_answer
from eval.system import System
from eval.tutorial import Tutorial, TutorialWithModel
from index.lexical import LexicalIndex
from index.records import Answer, Evidence
from index.settings import ChatSettings


class TopUnit:
    """Always answers with the one unit that scores highest, whole, and its bodies; never refuses.

    Args:
        material: see :class:`eval.material.Material`.
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
        return baseline_answer(answer_id, question, text, (cited[:1], cited[1:]), started)


def bm25_top_unit(material: Material) -> TopUnit:
    """BM25 over whole units, top 1."""
    texts = [material.segmenter.terms(unit.text) for unit in material.units]
    lexical = LexicalIndex.build(texts)
    return TopUnit(material, lambda question: lexical.scores(material.segmenter.terms(question)))


def dense_top_unit(material: Material) -> TopUnit:
    """Cosine to the embedding of whole units, top 1."""
    vectors = material.embedder.embed_documents([unit.text for unit in material.units])
    return TopUnit(material, lambda question: vectors @ material.embedder.embed_query(question))


def baselines(chat: ChatSettings | None) -> dict[str, Callable[[Material], System]]:
    """Makers of the baselines, by name; the tutorial with a chat model only when one is configured."""
    makers: dict[str, Callable[[Material], System]] = {
        "bm25 top 1": bm25_top_unit,
        "dense top 1": dense_top_unit,
        "langchain tutorial top 4": Tutorial,
    }
    if chat is not None:
        makers["langchain tutorial with model"] = partial(TutorialWithModel, chat=chat)
    return makers
