"""The trip of a question: put it into the corpus' words → understand → retrieve → weigh the evidence → write → cite."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Generator as Steps
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from answering.answering import Answering, Asked, Begin
from answering.citations import cite
from answering.evidence import Thresholds, Weigher
from answering.extract import Extractor
from answering.found import Found
from answering.question import Understanding
from answering.retrieval import Retriever, Weights
from answering.understanding.english import english_lead
from answering.understanding.turn import Turn
from answering.understanding.wording import WordingReader
from answering.weighing.companions import Companions
from answering.weighing.verdict import Features, Verdict
from answering.words import UnitWords
from answering.writing.writer import Writer, is_prose, suffices
from index.agencies import AgencyRegistry
from index.embedding import load_embedder
from index.failure import Failure
from index.published import Published
from index.records import (
    SEARCHED,
    Answer,
    Document,
    Evidence,
    Findings,
    Generated,
    Hit,
    PolicyUnit,
    Query,
    Refusal,
    Understood,
)
from index.settings import ChatSettings, Settings
from index.store import Index
from index.text import Segmenter

if TYPE_CHECKING:
    from answering.generate import Generator
    from answering.generation.draft import Sentence
    from answering.rewriting.clarify import Clarifier

_STANDS_IN = 0.7  # share of what is asked that a document standing in for another place's must hold
LONGEST_QUESTION = 1000
_YEAR = re.compile(r"20\d\d")
MOST_TURNS = 6


class QuestionError(ValueError):
    """A question can't be answered as it is written; the message says why, in Chinese, for the asker."""


class Service:
    """Answers questions over one index; safe to share between threads.

    Args:
        settings: where the index is, which embedding model it was built with, and the chat model that may help.
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
        words = UnitWords(self.units, self._index.questions, segmenter, self._index.words)
        self._understanding = Understanding(self._index.documents, self.units, self.registry, segmenter, words)
        self._wording = WordingReader(
            self._index.documents,
            self._index.words.text_counts(),
            self._index.agencies,
            lexicon,
            self._index.glossary,
            segmenter,
        )
        self._retriever = Retriever(self._index, embedder, segmenter, words, weights)
        extractor = Extractor(segmenter, words.rarity)
        self.companions = Companions(words)
        years = _years(self.units, self._index.documents)
        verdict = Verdict(words, segmenter, self.registry)
        self._weigher = Weigher(self.units, extractor, self.companions, verdict, years, thresholds)
        self._writer = Writer(self.documents, self.units, self.registry)
        self._words = words
        self._generator: Generator | None = None
        self._clarifier: Clarifier | None = None
        if settings.chat:
            self._open_chat(settings.chat)

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:
        """Answer ``question``.

        Args:
            question: what the asker wrote.
            history: their earlier questions in this conversation, oldest first.
            answer_id: id of the answer; a new one when ``None``.

        Raises:
            QuestionError: the question is empty or too long.
        """
        steps = self._trip(question, history, answer_id, _unwatched)
        return next(step for step in steps if isinstance(step, Answer))

    def stream(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answering:
        """Answer ``question`` as :meth:`ask` does, and show how the answer grows.

        Without a chat model, or where it has nothing to write, the answer is all there is. Otherwise Markdown comes
        first: what code says at the beginning (maybe nothing), then that and each verified sentence so far. Closing
        the iterator stops the model.

        Raises:
            QuestionError: at the first step, when the question is empty or too long.
        """
        return Answering(lambda begin: self._trip(question, history, answer_id, begin))

    def _trip(
        self, question: str, history: Sequence[str], answer_id: str | None, begin: Begin
    ) -> Steps[str | Answer, None, None]:
        """The steps of :meth:`stream`; ``begin`` is told what a chat model is asked."""
        started = time.perf_counter()
        check_question(question)
        wording = self._wording.read(question)
        turn = self._turn_before(history)
        found = self._look(wording.text, turn)
        clarifier = self._clarifier if not wording.english else None
        clarified = clarifier.clarify(found, history[-MOST_TURNS:], turn, begin) if clarifier else None
        found = clarified.found if clarified else found
        query, findings = found.query, found.findings
        generation: Generated | None = None
        if self._generator and not wording.english and is_prose(query, findings):
            spent = clarified.rewriting.seconds if clarified else 0.0
            text, findings, generation = yield from self._narrated(query, findings, self._generator, begin, spent)
        else:
            text = self._writer.write(query, findings)
        if clarified:
            generation = clarified.recorded(generation)
        if wording.english:
            text = f"{english_lead(findings.refusal, len(findings.evidence))}\n\n{text}"
        yield Answer(
            id=answer_id or uuid.uuid4().hex,
            question=question,
            answered=findings.refusal is None,
            refusal=findings.refusal,
            answer=text,
            citations=tuple(cite(evidence, self.documents) for evidence in findings.evidence),
            related=tuple(cite(evidence, self.documents) for evidence in findings.related),
            understood=self._understood(query),
            latency_ms=round((time.perf_counter() - started) * 1000, 2),
            generation=generation,
        )

    def _narrated(
        self, query: Query, findings: Findings, generator: Generator, begin: Begin, spent: float
    ) -> Steps[str, None, tuple[str, Findings, Generated]]:
        """The answer as a chat model tells it, or verbatim: its growing text, then all of it and what it rests on."""
        opening, given = self._writer.opening(query, findings), findings.evidence
        sentences: list[Sentence] = []
        with generator.stream(query, given, spent) as writing:
            begin(writing)
            yield opening
            for sentence in writing:
                sentences.append(sentence)
                yield self._writer.told(opening, sentences, given)
            outcome = writing.outcome
        answers = bool(sentences) and suffices(query, given, sentences)
        failure = outcome.failure if answers else outcome.failure or Failure.UNVERIFIED
        told = self._writer.told(opening, sentences, given) if answers else ""
        if failure is None:
            findings = _resting_on(findings, sentences)
            text = self._writer.narrated(query, findings, told)
        else:
            text = self._writer.verbatim(query, findings, opening, told, failure)
        record = Generated(
            model=generator.model,
            verified=len(sentences) if answers else 0,
            dropped=outcome.dropped + (0 if answers else len(sentences)),
            repaired=outcome.repaired if answers else 0,
            tokens=outcome.tokens,
            first_verified_ms=outcome.first_verified_ms,
            failure=failure,
        )
        return text, findings, record

    def search(self, question: str, history: Sequence[str] = ()) -> tuple[Query, tuple[Hit, ...]]:
        """``question`` as it is understood, and all units found for it, best first: what weighing is trained on."""
        return self._found(self._wording.read(question).text, self._turn_before(history))

    def published(self, slug: str) -> str:
        """The text of a document as it was read; units know their places in it.

        Raises:
            KeyError: no such document.
        """
        return self._texts[slug]

    @property
    def version(self) -> str:
        """Name of the version of the index that it answers from."""
        return self._index.version

    @property
    def library(self) -> tuple[Published, ...]:
        """The documents as published, in order, with their balance."""
        return self._index.published

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {published.document.slug: published.text for published in self.library}

    def verdict_features(self, query: Query, hits: Sequence[Hit]) -> Features:
        """What :mod:`answering.weighing.verdict` sees of a question and what was found for it."""
        return self._weigher.verdict_features(query, hits)

    def ranking(self, question: str, history: Sequence[str] = ()) -> tuple[str, ...]:
        """Ids of all units found for ``question``, best first: those looked up by number or body come first."""
        query, hits = self.search(question, history)
        looked_up = () if query.intent in SEARCHED else self._weigher.weigh(query, hits).evidence
        units = (*(evidence.unit for evidence in looked_up), *(hit.unit for hit in hits))
        return tuple(dict.fromkeys(unit.unit_id for unit in units))

    def _found(self, text: str, turn: Turn | None) -> tuple[Query, tuple[Hit, ...]]:
        """``text`` as it is understood after ``turn``, and all units found for it, best first."""
        query = self._understanding.understand(text, turn)
        return query, self._retriever.search(query)

    def _look(self, text: str, turn: Turn | None = None) -> Found:
        """The same, weighed."""
        query, hits = self._found(text, turn)
        found = Found(query, hits, self._weigher.weigh(query, hits))
        if turn is None and found.findings.refusal and (query.region or query.places) and query.intent in SEARCHED:
            return next(filter(_answers, map(self._look_for, self._understanding.elsewhere(query))), found)
        return found

    def _look_for(self, query: Query) -> Found:
        """All units found for a question as it is understood, weighed."""
        hits = self._retriever.search(query)
        return Found(query, hits, self._weigher.weigh(query, hits))

    def _turn_before(self, history: Sequence[str]) -> Turn | None:
        """The conversation so far, read again from its questions: the service keeps no state."""
        turn: Turn | None = None
        for question in history[-MOST_TURNS:]:
            if not question.strip() or len(question) > LONGEST_QUESTION:
                continue
            found = self._look(self._wording.read(question).text, turn)
            if turn is None or found.findings.refusal is not Refusal.OUT_OF_SCOPE:  # an aside leaves it where it was
                turn = Turn(found.query, found.unit_ids)
        return turn

    def _understood(self, query: Query) -> Understood:
        return Understood(
            intent=query.intent.value,
            agencies=self.registry.names(query.agencies.ids),
            documents=tuple(self.documents[slug].title for slug in query.documents),
            numbers=query.numbers,
            standalone_question=query.standalone,
        )

    def _open_chat(self, chat: ChatSettings) -> None:
        """Have a chat model help; the modules for it are loaded only where one is configured."""
        from answering.generate import Generator
        from answering.generation.breaker import Breaker
        from answering.rewrite import Rewriter
        from answering.rewriting.clarify import Clarifier

        breaker = Breaker()
        self._generator = Generator(chat, self.registry, breaker)
        self._clarifier = Clarifier(
            Rewriter(chat, breaker), self._look, self._weigher, self._words, self.units, self.registry
        )

    def close(self) -> None:
        """Stop what is being written and let go of the index."""
        if self._clarifier:
            self._clarifier.close()
        if self._generator:
            self._generator.close()
        self._index.close()


def _answers(found: Found) -> bool:
    """True when the units found answer the question of another place, and not merely touch on it."""
    return found.findings.refusal is None and bool(found.hits) and found.hits[0].coverage >= _STANDS_IN


def _unwatched(_: Asked) -> None:
    """Nobody stops this one."""


def _resting_on(findings: Findings, told: Sequence[Sentence]) -> Findings:
    """Findings of which the answer uses only what ``told`` retells; units that it doesn't cite are near it."""
    quotes: dict[int, set[str]] = {}
    for sentence in told:
        for handle, quoted in zip(sentence.handles, sentence.quotes, strict=True):
            quotes.setdefault(handle, set()).update(quoted)
    used: list[Evidence] = []
    unused: list[Evidence] = []
    for handle, item in enumerate(findings.evidence, 1):
        quoted = tuple(sorted(quotes.get(handle, ()), key=item.unit.text.index))
        (used if handle in quotes else unused).append(replace(item, sentences=quoted or item.sentences))
    return replace(findings, evidence=tuple(used), related=(*unused, *findings.related))


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
