"""What baselines are built from, and the shape of their answers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.agencies import AgencyRegistry
from index.embedding import Embedder, load_embedder
from index.records import Answer, Citation, Document, PolicyUnit, Refusal, Understood
from index.settings import Settings
from index.store import Index
from index.text import Segmenter


@dataclass(frozen=True)
class Material:
    """The same documents, segmenter and embedding model as the product's."""

    settings: Settings
    units: tuple[PolicyUnit, ...]
    documents: Mapping[str, Document]
    registry: AgencyRegistry

    @cached_property
    def segmenter(self) -> Segmenter:
        """The index's own."""
        return Segmenter(Index.lexicon(self.settings.index_dir))

    @cached_property
    def embedder(self) -> Embedder:
        """The index's own."""
        return load_embedder(self.settings.embedding_model, self.segmenter, self.settings.query_instruction)


def baseline_answer(
    answer_id: str | None,
    question: str,
    text: str,
    shown: tuple[Sequence[Citation], Sequence[Citation]],
    started: float,
    refusal: Refusal | None = None,
) -> Answer:
    """An answer that cites ``shown[0]`` and has ``shown[1]`` beside it; ``started`` is of ``time.perf_counter``."""
    return Answer(
        id=answer_id or "",
        question=question,
        answered=refusal is None,
        refusal=refusal,
        answer=text,
        citations=tuple(shown[0]),
        related=tuple(shown[1]),
        understood=Understood("retrieval", (), (), (), question),
        latency_ms=round((time.perf_counter() - started) * 1000, 2),
    )
