"""The product with one part switched off: what that part is worth."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from answering.evidence import Thresholds
from answering.retrieval import Weights
from answering.service import Service
from eval.system import System
from index.settings import Settings

Build = Callable[[Settings], object]


def _without_questions(build: Build, settings: Settings) -> System:
    """Built from a copy of the corpus that has no expected questions (doc2query)."""
    folder = Path(tempfile.mkdtemp(prefix="jince-ablation-"))
    corpus = folder / "corpus"
    shutil.copytree(settings.corpus_dir, corpus, ignore=shutil.ignore_patterns("questions"))
    bare = replace(settings, corpus_dir=corpus, index_dir=folder / "index")
    build(bare)
    return Service(bare)


def _without_dense(settings: Settings) -> System:
    return Service(settings, weights=Weights(passage=0.0, question=0.0))


def _without_lexical(settings: Settings) -> System:
    return Service(settings, weights=Weights(lexical=0.0, coverage=0.0, figure=0.0))


def _without_weighing(settings: Settings) -> System:
    return Service(settings, thresholds=Thresholds(answered=0.0, beside=1.1))


def ablations(build: Build) -> dict[str, Callable[[Settings], System]]:
    """Makers of the product less one part, by name.

    Args:
        build: makes an index, see :func:`ingest.build.build`; handed in, because only a door may import it.
    """
    return {
        "without doc2query": partial(_without_questions, build),
        "without dense": _without_dense,
        "without lexical": _without_lexical,
        "without weighing": _without_weighing,
    }
