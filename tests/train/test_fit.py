"""Training brings questions near their passages."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch.nn import EmbeddingBag

from tests.train.toy import asked, told, words
from train.batches import Batch, Sampler
from train.fit import Settings, batch_loss, fit, ranking_loss

SMALL = Settings(steps=30, batch=10, widths=(8, 4))


def start() -> NDArray[np.float32]:
    return np.random.default_rng(0).normal(size=(len(words()), 8)).astype(np.float32)


def loss(vectors: NDArray[np.float32], batch: Batch) -> float:
    bag = EmbeddingBag.from_pretrained(torch.from_numpy(vectors), mode="mean")
    return batch_loss(bag, batch, SMALL).item()


def test_the_loss_falls_on_a_toy_set() -> None:
    batch = Sampler(asked(), [], seed=0).batch(10)
    trained = fit(start(), {"pairs": Sampler(asked(), [], seed=0)}, {"pairs": 1.0}, SMALL)
    assert trained.shape == start().shape
    assert trained.dtype == np.float32
    assert loss(trained, batch) < loss(start(), batch) / 2


def test_what_is_given_stays_as_it_was_and_training_repeats() -> None:
    given = start()
    settings = replace(SMALL, steps=3)
    samplers = [{"a": Sampler(asked(), [], seed=0), "b": Sampler(told(), [], seed=1)} for _ in range(2)]
    one, other = (fit(given, both, {"a": 0.7, "b": 0.3}, settings) for both in samplers)
    assert np.array_equal(given, start())
    assert np.array_equal(one, other)
    assert not np.array_equal(one, given)


def test_the_ranking_loss_by_hand() -> None:
    """Each of two queries is its passage and at right angles to the other: scores are 2 on the diagonal, else 0."""
    axes = torch.eye(2)
    settings = Settings(scale=2.0, symmetric=0.5)
    none = torch.zeros(2, 2, dtype=torch.bool)
    one_way = log(1 + exp(-2.0))
    assert ranking_loss(axes, axes, none, settings).item() == pytest.approx(1.5 * one_way, rel=1e-5)


def test_duplicates_are_no_negatives() -> None:
    axes = torch.eye(2)
    others = ~torch.eye(2, dtype=torch.bool)
    assert ranking_loss(axes, axes.flip(0), others, Settings()).item() == 0.0
