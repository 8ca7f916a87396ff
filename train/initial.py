"""Starting vectors: co-occurrence → PPMI → truncated SVD, weighted by word frequency."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from train.encoded import Texts

WINDOW = 6
SIF = 3e-4
OVERSAMPLING = 32
_CHUNK = 2_000_000


def initial_vectors(texts: Iterable[Texts], size: int, dimension: int, seed: int = 0) -> NDArray[np.float32]:
    """Vectors (size, dimension): ``U·√σ`` of the PPMI matrix, times ``a / (a + p(word))``.

    PPMI with square-rooted singular values: Levy, Goldberg & Dagan, TACL 2015.
    Smooth inverse frequency, here with a = 3e-4: Arora, Liang & Ma, ICLR 2017.
    Words that never occur get a zero row, which drops them from a mean that is normalised afterwards.
    """
    kept = list(texts)
    counts = np.bincount(np.concatenate([text.ids for text in kept]), minlength=size).astype(np.float64)
    vectors = _spectral(_ppmi(_cooccurrence(kept, size)), dimension, seed)
    vectors /= np.linalg.norm(vectors, axis=1).mean()
    weights = SIF / (SIF + counts / counts.sum())
    weights[counts == 0] = 0.0
    return np.asarray(vectors * weights[:, None], dtype=np.float32)


def _cooccurrence(texts: Iterable[Texts], size: int) -> Tensor:
    """Symmetric counts of words at most ``WINDOW`` apart within a text, nearer ones counting more (1 / distance)."""
    total = _sparse(torch.empty((2, 0), dtype=torch.long), torch.empty(0), size)
    for text in texts:
        owner = np.repeat(np.arange(len(text)), np.diff(text.clause_bounds[text.text_bounds]))
        for start in range(0, len(text.ids), _CHUNK):
            part = slice(start, start + _CHUNK)
            total = (total + _window_counts(text.ids[part], owner[part], size)).coalesce()
    return (total + total.t()).coalesce()


def _window_counts(ids: NDArray[np.int32], owner: NDArray[np.int64], size: int) -> Tensor:
    keys, values = [], []
    for distance in range(1, WINDOW + 1):
        same_text = owner[distance:] == owner[:-distance]
        left, right = ids[:-distance][same_text], ids[distance:][same_text]
        keys.append(left.astype(np.int64) * size + right)
        values.append(np.full(len(left), 1.0 / distance, dtype=np.float32))
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    summed = np.bincount(inverse, weights=np.concatenate(values)).astype(np.float32)
    where = torch.from_numpy(np.stack([unique // size, unique % size]))
    return _sparse(where, torch.from_numpy(summed), size)


def _sparse(where: Tensor, values: Tensor, size: int) -> Tensor:
    return torch.sparse_coo_tensor(where, values, (size, size), check_invariants=True)


def _ppmi(counts: Tensor) -> Tensor:
    """``max(0, log(n(i,j)·N / (n(i)·n(j))))`` (Church & Hanks 1990; positive part as in Levy et al. 2015)."""
    rows, columns = counts.indices()
    values = counts.values().double()
    margin = torch.zeros(counts.shape[0], dtype=torch.double).index_add_(0, rows, values)
    scores = torch.log(values * values.sum() / (margin[rows] * margin[columns]))
    keep = scores > 0
    positive = _sparse(counts.indices()[:, keep], scores[keep].float(), counts.shape[0])
    return positive.coalesce().to_sparse_csr()


def _spectral(matrix: Tensor, dimension: int, seed: int, rounds: int = 3) -> NDArray[np.float64]:
    """Leading left singular vectors of a symmetric matrix times √σ, by randomised subspace iteration.

    Halko, Martinsson & Tropp, SIAM Review 2011, algorithms 4.4 and 5.3.
    """
    generator = torch.Generator().manual_seed(seed)
    basis = torch.randn(matrix.shape[0], dimension + OVERSAMPLING, generator=generator)
    for _ in range(rounds):
        basis, _ = torch.linalg.qr(matrix @ basis)
    values, vectors = torch.linalg.eigh(basis.T @ (matrix @ basis))
    leading = values.abs().argsort(descending=True)[:dimension]
    scaled = (basis @ vectors[:, leading]) * values[leading].abs().sqrt()
    return np.asarray(scaled, dtype=np.float64)
