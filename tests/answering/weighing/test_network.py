"""A network small enough to be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from answering.weighing.network import FARTHEST, Network, standard


def test_only_the_first_columns_are_figures() -> None:
    seen = np.array([[5.0, 7.0], [99.0, 99.0]])
    assert standard(seen, np.array([3.0]), np.array([2.0])).tolist() == [[1.0, 7.0], [FARTHEST, 99.0]]


def test_a_unit_below_zero_says_nothing() -> None:
    """The unit is figure + other column - 1; the first class hears it twice, the second starts at 0.5."""
    hidden, output = (np.array([[1.0], [1.0]]), np.array([-1.0])), (np.array([[2.0, 0.0]]), np.array([0.0, 0.5]))
    network = Network(np.array([0.0]), np.array([1.0]), hidden, output)
    assert network.scores(np.array([[2.0, 3.0], [-9.0, 3.0]])).tolist() == [[8.0, 0.5], [0.0, 0.5]]


def test_a_record_is_read() -> None:
    record = {"mean": [0.5], "spread": [2], "hidden": [[[1]], [2]], "output": [[[3]], [4]], "tokens": {}}
    network = Network.read(record)
    assert network.scores(np.array([[2.5]])) == pytest.approx(np.array([[3 * (1 + 2) + 4]]))
