"""Train the model that tells questions the documents answer from others: ``python -m train.verdict``.

See :mod:`answering.verdict`. Answered questions are the corpus' own expected questions, each set of them judged over an
index that holds the other sets only, and the answerable training cases; the others are the training cases that are to
be refused. The share of tokens seen fewer than ``_RAREST`` times is left out.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from answering.service import Service
from answering.verdict import MODEL, Judgement, VerdictModel
from eval.cases import TRAIN, read_cases
from index.records import SEARCHED, Intent, Refusal
from index.settings import Settings
from ingest.build import build

_RAREST = 3
_FOLDS = 5
_STRENGTH = 1.0
_log = logging.getLogger("train.verdict")


@dataclass(frozen=True)
class Example:
    """Features of one question and what it deserves."""

    features: dict[str, float]
    judgement: Judgement


def examples(service: Service, asked: Iterable[tuple[str, Sequence[str], Judgement]]) -> Iterator[Example]:
    """Examples of (question, history, judgement); questions that are looked up, not searched, teach nothing."""
    for question, history, judgement in asked:
        query, hits = service.search(question, history)
        if query.intent in SEARCHED and query.intent is not Intent.MENTIONS and hits:
            yield Example(service.verdict_features(query, hits), judgement)


def of_corpus(settings: Settings) -> Iterator[Example]:
    """The expected questions of every set, over an index without that set and the one three places after it."""
    names = sorted(path.name for path in (settings.corpus_dir / "questions").glob("*.jsonl"))
    half = (len(names) + 1) // 2
    for held in (names[place::half] for place in range(half)):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "corpus"
            shutil.copytree(settings.corpus_dir, corpus, ignore=shutil.ignore_patterns(*held))
            without = replace(settings, corpus_dir=corpus, index_dir=Path(folder) / "index")
            build(without)
            service = Service(without)
            for name in held:
                lines = (settings.corpus_dir / "questions" / name).read_text(encoding="utf-8").splitlines()
                questions = (json.loads(line)["question"] for line in lines)
                yield from examples(service, ((question, (), Judgement.ANSWERED) for question in questions))
            service.close()


def of_cases(service: Service) -> Iterator[Example]:
    """The training cases; those that name what doesn't exist are not decided by search."""
    cases = [case for case in read_cases(splits=[TRAIN]) if case.refusal is not Refusal.NONEXISTENT]
    yield from examples(
        service,
        (
            (case.question, case.history, Judgement(case.refusal.value) if case.refusal else Judgement.ANSWERED)
            for case in cases
        ),
    )


def fit(found: Sequence[Example], strength: float = _STRENGTH) -> VerdictModel:
    """Multinomial logistic regression with L2; features that are rare among ``found`` are dropped."""
    from sklearn.linear_model import LogisticRegression

    table, names = _table(found)
    order = list(Judgement)
    model = LogisticRegression(C=strength, max_iter=3000).fit(table, [order.index(e.judgement) for e in found])
    weights = {name: [round(float(w), 3) for w in model.coef_[:, place]] for place, name in enumerate(names)}
    return VerdictModel(weights, [round(float(b), 3) for b in model.intercept_])


def _table(found: Sequence[Example]) -> tuple[Any, list[str]]:
    from scipy.sparse import csr_matrix

    counts = Counter(name for example in found for name in example.features)
    names = sorted(name for name, count in counts.items() if count >= _RAREST)
    place = {name: number for number, name in enumerate(names)}
    entries = [
        (row, place[name], value)
        for row, example in enumerate(found)
        for name, value in example.features.items()
        if name in place
    ]
    rows, columns, values = zip(*entries, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(names))), names


def cross_validated(found: Sequence[Example]) -> dict[str, dict[str, float]]:
    """For several limits: share of each class that is refused, by models that have not seen the question."""
    answered = np.zeros(len(found))
    for fold in range(_FOLDS):
        held = [place for place in range(len(found)) if place % _FOLDS == fold]
        model = fit([example for place, example in enumerate(found) if place % _FOLDS != fold])
        for place in held:
            answered[place] = model.probabilities(found[place].features)[Judgement.ANSWERED]
    figures: dict[str, dict[str, float]] = {}
    for limit in (0.2, 0.3, 0.4, 0.5, 0.6):
        refused = answered < limit
        figures[f"{limit}"] = {
            judgement.value: round(float(refused[[e.judgement is judgement for e in found]].mean()), 3)
            for judgement in Judgement
        }
    return figures


def main() -> None:
    """Collect examples, train, write the model."""
    parser = argparse.ArgumentParser(prog="python -m train.verdict", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = Settings.read()
    build(settings)
    found = [*of_corpus(settings), *of_cases(Service(settings))]
    figures = cross_validated(found)
    model = fit(found)
    counts = Counter(example.judgement.value for example in found)
    record = {"bias": model.bias, "examples": counts, "refused by limit": figures, "weights": model.weights}
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    _log.info("%s, %d features; share refused by limit: %s", dict(counts), len(model.weights), figures)


if __name__ == "__main__":
    main()
