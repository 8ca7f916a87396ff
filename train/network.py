"""Fitting of :class:`answering.weighing.network.Network`, and of the tables of tokens that regressions learn from."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from answering.weighing.network import Array, Network, standard

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


def fit_network(seen: Array, figures: int, classes: NDArray[np.generic], **settings: Any) -> Network:
    """A network fitted to rows of ``seen``, shape ``(rows, columns)``, and their ``classes``, shape ``(rows,)``.

    Args:
        figures: how many of the first columns are figures, to be put into standard deviations.
        settings: of scikit-learn's ``MLPClassifier``.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    mean, spread = seen[:, :figures].mean(0), seen[:, :figures].std(0)
    spread[spread == 0] = 1
    network = MLPClassifier(random_state=0, **settings)
    with warnings.catch_warnings():  # the passes are few on purpose: more learn the cases by heart
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(standard(seen, mean, spread), classes)
    hidden, output = zip(network.coefs_, network.intercepts_, strict=True)
    return Network(mean, spread, hidden, output)


def token_table(found: Sequence[Collection[str]], rarest: int, value: float) -> tuple[csr_matrix, dict[str, int]]:
    """A row for each of ``found`` with ``value`` in the columns of its tokens, and the tokens' columns.

    Tokens in fewer than ``rarest`` rows are left out; where none is left, the table has one empty column.
    """
    from scipy.sparse import csr_matrix

    counts = Counter(token for tokens in found for token in tokens)
    place = {token: number for number, token in enumerate(sorted(t for t, c in counts.items() if c >= rarest))}
    entries = [(row, place[token]) for row, tokens in enumerate(found) for token in tokens if token in place]
    rows, columns = zip(*entries, strict=True) if entries else ((), ())
    shape = (len(found), max(len(place), 1))
    return csr_matrix((np.full(len(rows), value), (rows, columns)), shape=shape), place


def record_of(network: Network) -> dict[str, Any]:
    """The network for JSON, its numbers rounded; see :meth:`answering.weighing.network.Network.read`."""
    return {
        "mean": _rounded(network.mean),
        "spread": _rounded(network.spread),
        "hidden": [_rounded(part) for part in network.hidden],
        "output": [_rounded(part) for part in network.output],
    }


def write_record(path: Path, record: Mapping[str, Any]) -> None:
    """Write a model's numbers as JSON on one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _rounded(values: Array) -> object:
    return values.round(4).tolist()
