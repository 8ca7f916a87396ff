from __future__ import annotations

import pytest

from index.agencies import AgencyTableError
from index.embedding import EmbeddingModelError
from index.store import IndexUnusableError
from ingest.balance import BalanceError
from ingest.corpus import CorpusError
from ingest.readers.source import ReadError
from ingest.units import UnitError
from web.failure import explained


@pytest.mark.parametrize(
    "error",
    [
        AgencyTableError("x.txt"),
        BalanceError("x.txt"),
        CorpusError("x.txt"),
        EmbeddingModelError("m", "no such folder", "give another than x.txt"),
        IndexUnusableError("x.txt"),
        ModuleNotFoundError("x.txt"),
        PermissionError("x.txt"),
        ReadError("x.txt"),
        UnitError("x.txt"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_known_cause_has_words_of_its_own(error: Exception) -> None:
    words = explained(error)
    assert "没有预料到" not in words
    assert "处理办法：" in words
    assert words.endswith("x.txt）")


def test_an_unknown_cause_points_to_the_log() -> None:
    assert explained(KeyError("x")) == (
        "没有载入成功，暂时不能回答：出现了没有预料到的错误。处理办法：查看服务日志，再重新启动。（KeyError：'x'）"
    )
