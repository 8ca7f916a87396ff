"""Train the model that tells questions the documents answer from others: ``python -m train.verdict``.

See :mod:`answering.weighing.verdict`. Answered questions are the corpus' own expected questions, each set of them
judged over an index that holds the other sets only, and the answerable training cases; the others are the training
cases that are to be refused. Tokens seen fewer than ``_RAREST`` times are left out.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answering.service import Service
from answering.weighing.verdict import JUDGED, MODEL, PRESENT, Features, Judgement, Regression, VerdictModel
from eval.cases import TRAIN, read_cases
from index.records import Refusal
from index.settings import Settings
from ingest.build import build
from train.network import fit_network, record_of, token_table, write_record

_RAREST = 3
_FOLDS = 5
_NETWORK = {"hidden_layer_sizes": (24,), "alpha": 1e-2, "max_iter": 60}
_ROUNDS, _TOLERANCE = 3000, 1e-3  # of a regression: most steps, and the gradient at which it ends
_log = logging.getLogger("train.verdict")


@dataclass(frozen=True)
class Example:
    """Features of one question and what it deserves."""

    features: Features
    judgement: Judgement


def examples(service: Service, asked: Iterable[tuple[str, Sequence[str], Judgement]]) -> Iterator[Example]:
    """Examples of (question, history, judgement); questions that are looked up, not searched, teach nothing."""
    for question, history, judgement in asked:
        query, hits = service.search(question, history)
        if query.intent in JUDGED and not query.unknown_agencies and hits:
            yield Example(service.verdict_features(query, hits), judgement)


def of_corpus(settings: Settings) -> Iterator[Example]:
    """The expected questions of every set, over an index without it and the set half the list further on."""
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


def fit(found: Sequence[Example]) -> VerdictModel:
    """Token regressions, then the network over figures and what regressions say that have not seen the question."""
    classes = np.array([list(Judgement).index(example.judgement) for example in found])
    unseen = np.zeros((len(found), 2 * len(Judgement)))
    for fold in range(_FOLDS):
        held = np.arange(len(found)) % _FOLDS == fold
        shape, pieces = _regressions([e for e, out in zip(found, held, strict=True) if not out], classes[~held])
        partial = replace(VerdictModel.untrained(), shape=shape, pieces=pieces)
        unseen[held] = [partial.totals(e.features) for e, out in zip(found, held, strict=True) if out]
    figures = np.array([example.features.figures for example in found])
    network = fit_network(np.hstack([figures, unseen]), figures.shape[1], classes, **_NETWORK)
    return VerdictModel(*_regressions(found, classes), network)


def _regressions(found: Sequence[Example], classes: NDArray[np.int64]) -> tuple[Regression, Regression]:
    """Regressions over shapes and over pieces."""
    features = [example.features for example in found]
    return _regression([one.shape for one in features], classes), _regression([one.pieces for one in features], classes)


def _regression(found: Sequence[frozenset[str]], classes: NDArray[np.int64]) -> Regression:
    """A multinomial logistic regression over tokens; those that are rare are dropped."""
    from sklearn.linear_model import LogisticRegression

    table, place = token_table(found, _RAREST, PRESENT)
    model = LogisticRegression(max_iter=_ROUNDS, tol=_TOLERANCE).fit(table, classes)
    weights = {token: [round(float(w), 3) for w in model.coef_[:, number]] for token, number in place.items()}
    return Regression(weights, [round(float(b), 3) for b in model.intercept_])


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


def write_model(model: VerdictModel, path: Path, figures: dict[str, object]) -> None:
    """Write ``model`` where :meth:`VerdictModel.read` finds it, with the figures of its training."""
    own = {"shape": asdict(model.shape), "pieces": asdict(model.pieces)}
    write_record(path, {**figures, **record_of(model.network), **own})


def main() -> None:
    """Collect examples, train, write the model."""
    parser = argparse.ArgumentParser(prog="python -m train.verdict", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = Settings.read()
    build(settings)
    if not MODEL.exists():
        write_model(VerdictModel.untrained(), MODEL, {})
    found = [*of_corpus(settings), *of_cases(Service(settings))]
    figures = cross_validated(found)
    model = fit(found)
    counts = Counter(example.judgement.value for example in found)
    write_model(model, given.out, {"examples": counts, "refused by limit": figures})
    tokens = len(model.shape.tokens) + len(model.pieces.tokens)
    _log.info("%s, %d tokens; share refused by limit: %s", dict(counts), tokens, figures)


if __name__ == "__main__":
    main()
