"""Contrastive training of the vectors."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import EmbeddingBag
from torch.nn.functional import cross_entropy, normalize

from train.batches import Batch, Sampler
from train.encoded import Ids

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """Settings of one training; the defaults are those of the bundled model."""

    steps: int = 600
    batch: int = 2048
    rate: float = 1e-2
    scale: float = 20.0
    symmetric: float = 0.3
    widths: tuple[int, ...] = (256, 128)
    seed: int = 0


def fit(
    start: NDArray[np.float32], samplers: Mapping[str, Sampler], shares: Mapping[str, float], settings: Settings
) -> NDArray[np.float32]:
    """Train vectors from ``start``; each step draws one source by its share and takes one batch of it."""
    bag = EmbeddingBag.from_pretrained(torch.from_numpy(start.copy()), freeze=False, mode="mean")
    optimiser = torch.optim.AdamW(bag.parameters(), lr=settings.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, total_iters=settings.steps)
    random = np.random.default_rng(settings.seed)
    names = sorted(samplers)
    odds = np.array([shares[name] for name in names]) / sum(shares[name] for name in names)
    for step in range(settings.steps):
        name = str(random.choice(names, p=odds))
        loss = batch_loss(bag, samplers[name].batch(settings.batch), settings)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            _log.info("step %d of %d, %s, loss %.3f", step, settings.steps, name, loss.item())
    return np.asarray(bag.weight.detach().numpy(), dtype=np.float32)


def batch_loss(bag: EmbeddingBag, batch: Batch, settings: Settings) -> Tensor:
    """Ranking loss at every width of ``settings`` (Matryoshka: Kusupati et al., NeurIPS 2022), averaged."""
    queries, passages = _pooled(bag, batch.queries), _pooled(bag, batch.passages)
    duplicates = _duplicates(batch)
    losses = [ranking_loss(queries[:, :w], passages[:, :w], duplicates, settings) for w in settings.widths]
    return torch.stack(losses).mean()


def ranking_loss(queries: Tensor, passages: Tensor, duplicates: Tensor, settings: Settings) -> Tensor:
    """Multiple negatives ranking: softmax over the batch, right passage on the diagonal (Henderson et al. 2017).

    ``symmetric`` is the weight of the reverse direction, from passage to query.
    """
    scores = settings.scale * normalize(queries) @ normalize(passages).T
    scores = scores.masked_fill(duplicates, -torch.inf)
    right = torch.arange(len(scores))
    return cross_entropy(scores, right) + settings.symmetric * cross_entropy(scores.T, right)


def _duplicates(batch: Batch) -> Tensor:
    """True where another record of the batch has the same query or passage, and so is no negative."""
    same = np.equal.outer(batch.query_keys, batch.query_keys) | np.equal.outer(batch.passage_keys, batch.passage_keys)
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)


def _pooled(bag: EmbeddingBag, texts: Sequence[Ids]) -> Tensor:
    offsets = np.cumsum([0, *(len(text) for text in texts[:-1])])
    pooled = bag(torch.from_numpy(np.concatenate(texts)).long(), torch.from_numpy(offsets))
    assert isinstance(pooled, Tensor)
    return pooled
