"""Fitting a network, and the table of tokens a regression learns from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from answering.weighing.network import Network
from train.network import fit_network, record_of, token_table, write_record


def test_a_fitted_network_tells_what_it_was_taught() -> None:
    seen = np.array([[float(n % 2), 3.0] for n in range(80)])
    network = fit_network(seen, 2, np.arange(80) % 2, hidden_layer_sizes=(4,), max_iter=200, learning_rate_init=0.05)
    assert network.mean.tolist() == [0.5, 3.0]
    assert network.spread.tolist() == [0.5, 1.0]  # a column that never changes is left as it is
    low, high = network.scores(np.array([[0.0, 3.0], [1.0, 3.0]]))[:, 0]
    assert low < 0 < high


def test_rare_tokens_are_left_out() -> None:
    table, place = token_table([{"a", "b"}, {"a"}, {"c"}], rarest=2, value=0.5)
    assert place == {"a": 0}
    assert table.toarray().tolist() == [[0.5], [0.5], [0.0]]


def test_without_tokens_the_table_is_one_empty_column() -> None:
    table, place = token_table([{"a"}, {"b"}], rarest=2, value=0.5)
    assert (place, table.toarray().tolist()) == ({}, [[0.0], [0.0]])


def test_a_network_is_read_as_it_was_written(tmp_path: Path) -> None:
    network = Network(
        np.array([0.12345]), np.array([1.0]), (np.ones((1, 1)), np.zeros(1)), (np.ones((1, 1)), np.ones(1))
    )
    record = record_of(network)
    assert record["mean"] == [0.1234]
    assert Network.read(record).scores(np.array([[1.1234]])).tolist() == [[2.0]]
    write_record(tmp_path / "a" / "model.json", record)
    assert (tmp_path / "a" / "model.json").read_text(encoding="utf-8").count("\n") == 1
