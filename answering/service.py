"""The trip of a question: put it into the corpus' words → understand → retrieve → weigh the evidence → write → cite."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Sequence

from answering.citations import cite
from answering.companions import Companions
from answering.conversation import Turn
from answering.english import english_lead
from answering.evidence import Thresholds, Weigher
from answering.extract import Extractor
from answering.question import Understanding
from answering.retrieval import Retriever, Weights
from answering.verdict import Features, Verdict
from answering.wording import WordingReader
from answering.words import UnitWords
from answering.write import Writer
from index.agencies import AgencyRegistry
from index.embedding import load_embedder
from index.records import SEARCHED, Answer, Document, Hit, PolicyUnit, Query, Refusal, Understood
from index.settings import Settings
from index.store import Index
from index.text import Segmenter

LONGEST_QUESTION = 1000
_YEAR = re.compile(r"20\d\d")
MOST_TURNS = 6


class QuestionError(ValueError):
    """A question can't be answered as it is written; the message says why, in Chinese, for the asker."""


class Service:
    """Answers questions over one index; safe to share between threads.

    Args:
        settings: where the index is and which embedding model it was built with.
        weights, thresholds: of search and of weighing; others than the defaults serve ablations.

    Raises:
        IndexUnusableError: there is no index yet, or it can't be opened.
        EmbeddingModelError: there is no such model.
    """

    def __init__(self, settings: Settings, weights: Weights = Weights(), thresholds: Thresholds = Thresholds()) -> None:
        lexicon = Index.lexicon(settings.index_dir)
        segmenter = Segmenter(lexicon)
        embedder = load_embedder(settings.embedding_model, segmenter, settings.query_instruction)
        self._index = Index(settings.index_dir, segmenter)
        self.documents: dict[str, Document] = {document.slug: document for document in self._index.documents}
        self.units: tuple[PolicyUnit, ...] = self._index.units
        self.registry = AgencyRegistry(self._index.agencies)
        words = UnitWords(self.units, self._index.questions, segmenter)
        self._understanding = Understanding(self._index.documents, self.units, self.registry, segmenter, words)
        self._wording = WordingReader(
            self._index.documents, self.units, self._index.agencies, lexicon, self._index.glossary, segmenter
        )
        self._retriever = Retriever(self._index, embedder, segmenter, words, weights)
        extractor = Extractor(segmenter, words.rarity)
        self.companions = Companions(words)
        years = _years(self.units, self._index.documents)
        self._weigher = Weigher(self.units, extractor, self.companions, Verdict(words, segmenter), years, thresholds)
        self._writer = Writer(self.documents, self.units, self.registry)

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:
        """Answer ``question``.

        Args:
            question: what the asker wrote.
            history: their earlier questions in this conversation, oldest first.
            answer_id: id of the answer; a new one when ``None``.

        Raises:
            QuestionError: the question is empty or too long.
        """
        started = time.perf_counter()
        check_question(question)
        wording = self._wording.read(question)
        query = self._understanding.understand(wording.text, self._turn_before(history))
        hits = self._retriever.search(query)
        findings = self._weigher.weigh(query, hits)
        text = self._writer.write(query, findings)
        if wording.english:
            text = f"{english_lead(findings.refusal, len(findings.evidence))}\n\n{text}"
        return Answer(
            id=answer_id or uuid.uuid4().hex,
            question=question,
            answered=findings.refusal is None,
            refusal=findings.refusal,
            answer=text,
            citations=tuple(cite(evidence, self.documents) for evidence in findings.evidence),
            related=tuple(cite(evidence, self.documents) for evidence in findings.related),
            understood=self._understood(query),
            latency_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def search(self, question: str, history: Sequence[str] = ()) -> tuple[Query, tuple[Hit, ...]]:
        """``question`` as it is understood, and all units found for it, best first: what weighing is trained on."""
        query = self._understanding.understand(self._wording.read(question).text, self._turn_before(history))
        return query, self._retriever.search(query)

    def verdict_features(self, query: Query, hits: Sequence[Hit]) -> Features:
        """What :mod:`answering.verdict` sees of a question and what was found for it."""
        return self._weigher.verdict_features(query, hits)

    def ranking(self, question: str, history: Sequence[str] = ()) -> tuple[str, ...]:
        """Ids of all units found for ``question``, best first: those looked up by number or body come first."""
        query, hits = self.search(question, history)
        looked_up = () if query.intent in SEARCHED else self._weigher.weigh(query, hits).evidence
        units = (*(evidence.unit for evidence in looked_up), *(hit.unit for hit in hits))
        return tuple(dict.fromkeys(unit.unit_id for unit in units))

    def _turn_before(self, history: Sequence[str]) -> Turn | None:
        """The conversation so far, read again from its questions: the service keeps no state."""
        turn: Turn | None = None
        for question in history[-MOST_TURNS:]:
            if not question.strip() or len(question) > LONGEST_QUESTION:
                continue
            query = self._understanding.understand(self._wording.read(question).text, turn)
            findings = self._weigher.weigh(query, self._retriever.search(query))
            if turn is None or findings.refusal is not Refusal.OUT_OF_SCOPE:  # an aside leaves it where it was
                turn = Turn(query, tuple(evidence.unit.unit_id for evidence in findings.evidence))
        return turn

    def _understood(self, query: Query) -> Understood:
        return Understood(
            intent=query.intent.value,
            agencies=self.registry.names(query.agencies.ids),
            documents=tuple(self.documents[slug].title for slug in query.documents),
            numbers=query.numbers,
            standalone_question=query.standalone,
        )

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()


def _years(units: Sequence[PolicyUnit], documents: Sequence[Document]) -> frozenset[str]:
    """Years that the documents print, those of their dates included."""
    texts = (*(unit.text for unit in units), *(document.date or "" for document in documents))
    return frozenset(year for text in texts for year in _YEAR.findall(text))


def check_question(question: str) -> None:
    """Raise :class:`QuestionError` when ``question`` is empty or too long to be one."""
    if not question.strip():
        raise QuestionError("问题是空的，请写下您想问的内容。")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(f"问题太长（{len(question)} 字），请缩短到 {LONGEST_QUESTION} 字以内。")
