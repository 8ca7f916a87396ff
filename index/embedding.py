"""Text to vectors of unit length: the bundled static model without torch, or any sentence-transformers model."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import WhitespaceSplit

from index.text import Segmenter

Vectors = NDArray[np.float32]
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
_MARKS = (WEIGHTS, "modules.json", "config.json")  # any one of these marks a folder as a model
_ENCODING = {"normalize_embeddings": True, "show_progress_bar": False}
_HUB_NAME = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?")


class EmbeddingModelError(ValueError):
    """An embedding model that cannot be loaded; the message names it, the reason and the remedy."""

    def __init__(self, model: str, reason: str, remedy: str) -> None:
        super().__init__(f"embedding model {model!r}: {reason}; {remedy}")


class Embedder(Protocol):
    """Anything that turns text into vectors of unit length; text without words gives the zero vector."""

    name: str
    dimension: int

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts``, one a row."""

    def embed_query(self, text: str) -> Vectors:
        """Vector of one question."""


class StaticEmbedder:
    """The mean of trained word vectors, read from a model folder with tokenizers, safetensors and numpy."""

    def __init__(self, path: str | Path, segmenter: Segmenter) -> None:
        self.name = Path(path).name
        self._segmenter = segmenter
        self._tokenizer = Tokenizer.from_file(str(Path(path, TOKENIZER)))
        tensors = load_file(Path(path, WEIGHTS))
        self._rows = tensors["embeddings"]
        self._scales = tensors["weights"].astype(np.float32)
        self.dimension = int(self._rows.shape[1])

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts``, one a row."""
        return self.embed_segmented([self._segmenter.segmented(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """Vector of one question."""
        return np.asarray(self.embed_documents([text])[0])

    def embed_segmented(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are words joined by blanks already."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            sums[number] = self._scales[encoding.ids] @ self._rows[encoding.ids].astype(np.float32)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)


class SentenceTransformerEmbedder:
    """A model of sentence-transformers, by folder or hub name; text is read as it is, a question after its prompt."""

    def __init__(self, name_or_path: str, query_instruction: str = "") -> None:
        local = Path(name_or_path).is_dir()
        self.name = Path(name_or_path).name if local else name_or_path
        self._model = _sentence_transformer(name_or_path, local)
        self._query = {"prompt": query_instruction} if query_instruction else {}
        self.dimension = int(self._model.get_embedding_dimension())

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts``, one a row."""
        found = self._model.encode_document(list(texts), **_ENCODING)
        return np.asarray(found, dtype=np.float32).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        """Vector of one question, after the query instruction."""
        return np.asarray(self._model.encode_query(text, **self._query, **_ENCODING), dtype=np.float32)


def _sentence_transformer(name: str, local: bool) -> Any:
    """The loaded model. Imported here: torch costs seconds and hundreds of megabytes, and most runs need none of it."""
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(name, device="cpu", local_files_only=local)
    except ImportError as error:
        raise EmbeddingModelError(name, str(error), "install sentence-transformers or use the bundled model") from error
    except (OSError, ValueError) as error:
        raise EmbeddingModelError(name, str(error), "check the hub name, or give a complete model folder") from error


def load_embedder(name_or_path: str, segmenter: Segmenter, query_instruction: str = "") -> Embedder:
    """The static embedder for a folder with a static model over words, sentence-transformers for anything else."""
    path = Path(name_or_path).expanduser()
    local = bool(name_or_path) and path.is_dir()
    if not local and _means_folder(name_or_path):
        raise EmbeddingModelError(name_or_path, "there is no such folder", "give an existing folder or a hub name")
    if local and not any((path / file).is_file() for file in _MARKS):
        raise EmbeddingModelError(name_or_path, "no model in this folder", f"give one with any of {', '.join(_MARKS)}")
    if _is_static(path):
        return StaticEmbedder(path, segmenter)
    return SentenceTransformerEmbedder(str(path), query_instruction)


def _means_folder(name: str) -> bool:
    """True for what cannot be a hub name, ``model`` or ``owner/model``, or stands in a folder that exists."""
    return not _HUB_NAME.fullmatch(name) or ("/" in name and Path(name).parent.is_dir())


def _is_static(path: Path) -> bool:
    """True for rows with a scale each, read through a tokenizer that expects words between blanks."""
    if not all((path / file).is_file() for file in (WEIGHTS, TOKENIZER)):
        return False
    with safe_open(path / WEIGHTS, framework="numpy") as tensors:
        scaled_rows = set(tensors.keys()) == {"embeddings", "weights"}
    return scaled_rows and isinstance(Tokenizer.from_file(str(path / TOKENIZER)).pre_tokenizer, WhitespaceSplit)


class LangChainEmbeddings(Embeddings):
    """An :class:`Embedder` where langchain expects its own interface: lists of floats."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of ``texts``."""
        return [[float(x) for x in row] for row in self._embedder.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Vector of one question."""
        return [float(x) for x in self._embedder.embed_query(text)]
