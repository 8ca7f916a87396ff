"""A small network that weighs figures together: one hidden layer, as the learned models of this package end in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FARTHEST = 4.0  # standard deviations at which a figure is cut off: training has seen nothing beyond

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """The network's numbers.

    Attributes:
        mean, spread: of the first columns in training, shape ``(figures,)`` each; further ones are taken as they are.
        hidden, output: weights and biases, shapes ``(columns, units)`` with ``(units,)``, and ``(units, classes)`` with
            ``(classes,)``.
    """

    mean: Array
    spread: Array
    hidden: tuple[Array, Array]
    output: tuple[Array, Array]

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Network:
        """The network in a model's JSON, see :func:`train.network.record_of`."""
        hidden, output = ((np.array(layer[0]), np.array(layer[1])) for layer in (record["hidden"], record["output"]))
        return cls(np.array(record["mean"]), np.array(record["spread"]), hidden, output)

    def scores(self, seen: Array) -> Array:
        """What it says of rows, shape ``(rows, columns)``, for each class, shape ``(rows, classes)``."""
        active = np.maximum(standard(seen, self.mean, self.spread) @ self.hidden[0] + self.hidden[1], 0.0)
        scores: Array = active @ self.output[0] + self.output[1]
        return scores


def standard(seen: Array, mean: Array, spread: Array) -> Array:
    """Rows with their first columns in standard deviations from the mean, cut off at :data:`FARTHEST`."""
    figures = np.clip((seen[:, : len(mean)] - mean) / spread, -FARTHEST, FARTHEST)
    return np.hstack([figures, seen[:, len(mean) :]])
