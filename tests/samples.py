"""Small true things to test with: three units of one document, and an embedder whose vectors follow from the words."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.agencies import Agency
from index.embedding import Vectors
from index.glossary import Term
from index.records import Chunk, Document, ExpectedQuestion, PolicyUnit
from index.store import SCHEMA, Contents, Manifest
from index.text import bigrams, normalise

TEXTS = (
    "支持多元企业主体建设海外仓。鼓励自营海外仓向公共海外仓转型。",
    "推进天津国际邮件互换局建设。",
    "鼓励高校设置跨境电商专业。",
)


class WordEmbedder:
    """Counts the character bigrams of a text in 512 hash buckets: texts that share words are near."""

    name = "words"
    dimension = 512

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        counts = np.zeros(self.dimension, dtype=np.float32)
        for pair in bigrams(normalise(text)):
            counts[crc32(pair.encode()) % self.dimension] += 1
        return counts / np.float32(max(float(np.linalg.norm(counts)), 1.0))


def document(slug: str = "plan") -> Document:
    return Document(
        slug=slug,
        title="《海外仓实施方案》",
        short_title="实施方案",
        aliases=("方案",),
        issuer=None,
        number=None,
        date="2024-11-06",
        path=f"{slug}.txt",
        sha256="0" * 64,
    )


def unit(number: int, text: str, *, slug: str = "plan", agencies: tuple[str, ...] = ("市商务局",)) -> PolicyUnit:
    return PolicyUnit(
        unit_id=f"{slug}/{number}",
        document=slug,
        measure=str(number),
        serial=None,
        ordinal=(number,),
        label=f"《海外仓实施方案》第{number}项",
        section=("一、主要任务",),
        heading="",
        text=text,
        agencies=agencies,
        agency_ids=tuple("commerce" for _ in agencies),
        start=number * 100,
        end=number * 100 + len(text),
    )


def contents() -> Contents:
    """An index of :data:`TEXTS`: a unit, a passage and a question each."""
    units = tuple(unit(number, text) for number, text in enumerate(TEXTS, 1))
    asked = ("海外仓有什么支持", "邮件互换局建在哪里", "高校开什么专业")
    return Contents(
        documents=(document(),),
        agencies=(Agency("commerce", "天津市商务局", "市级部门", ("市商务局",), ("商务局",), ("商务",)),),
        lexicon=("海外仓", "互换局"),
        glossary=(Term("overseas warehouse", "海外仓"),),
        units=units,
        chunks=tuple(Chunk(f"{u.unit_id}#1", u.unit_id, u.document, u.text, u.text) for u in units),
        questions=tuple(ExpectedQuestion(u.unit_id, q, u.text) for u, q in zip(units, asked, strict=True)),
    )


def manifest(model: str = "words") -> Manifest:
    return Manifest(SCHEMA, model, WordEmbedder.dimension, 160, {"sources.jsonl": "0"})


# 措施序号 → the rows that stand beside it in the table, read off the document.
ROWS_OF_ARTICLE = {
    1: range(1, 6),
    2: range(6, 7),
    3: range(7, 8),
    4: range(8, 11),
    5: range(11, 12),
    6: range(12, 15),
    7: range(15, 18),
    8: range(18, 23),
    9: range(23, 28),
    10: range(28, 31),
    11: range(31, 34),
    12: range(34, 40),
    13: range(40, 45),
    14: range(45, 49),
    15: range(49, 52),
    16: range(52, 55),
}
