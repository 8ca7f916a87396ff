"""Write a model folder that sentence-transformers and ``index.embedding`` both read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 with one scale a row, the largest entry at ±127: ``rows * scales[:, None]`` gives them back."""
    scales = np.abs(vectors).max(axis=1) / np.float32(127)
    divisors = np.where(scales > 0, scales, np.float32(1))
    return np.rint(vectors / divisors[:, None]).astype(np.int8), scales.astype(np.float32)


def save_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write ``folder``: the module list and tokenizer as sentence-transformers does, the weights as model2vec does.

    sentence-transformers multiplies ``embeddings`` by ``weights`` when it loads a file with these keys.
    """
    folder.mkdir(parents=True, exist_ok=True)
    modules: list[torch.nn.Module] = [StaticEmbedding(tokenizer, embedding_weights=vectors), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    rows, scales = quantised(vectors)
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
