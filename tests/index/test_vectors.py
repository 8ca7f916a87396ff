"""Vectors on a Chroma server, started for real: built, updated, asked, killed, and asked again."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from answering.service import Service
from index import store
from index.settings import Settings
from index.store import Index, is_intact, read_manifest, write_index
from index.text import Segmenter
from index.vectors import VectorsAwayError
from index.versions import current_name, versions
from ingest.build import build
from tests.index.chroma_server import ChromaServer
from tests.index.test_writing import CountingEmbedder, changed_one, many, scores
from tests.samples import WordEmbedder, contents, manifest


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path / "server") as running:
        yield running


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(contents().lexicon)


def collections(server: ChromaServer) -> list[str]:
    found = httpx.get(f"{server.url}/api/v2/tenants/default_tenant/databases/default_database/collections").json()
    return sorted(collection["name"] for collection in found)


def test_the_life_of_an_index_on_a_server(
    server: ChromaServer,
    tmp_path: Path,
    segmenter: Segmenter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    root, there = tmp_path / "index", replace(manifest(), chroma_url=server.url)
    write_index(root, there, many(20), WordEmbedder(), segmenter)
    first = current_name(root)
    assert collections(server) == [f"jince-{first}-passages", f"jince-{first}-questions"]
    assert not (root / "versions" / str(first) / "chroma").exists()
    assert is_intact(root)
    write_index(tmp_path / "local", manifest(), many(20), WordEmbedder(), segmenter)
    for one, other in zip(
        scores(root, segmenter, "仓库在哪里"), scores(tmp_path / "local", segmenter, "仓库在哪里"), strict=True
    ):
        assert one == pytest.approx(other, abs=1e-5)

    # Updated: vectors are taken over from the old collections; those of the version before the last go.
    embedder = CountingEmbedder()
    write_index(root, there, changed_one(), embedder, segmenter)
    assert embedder.embedded == ["改了的第五号。", "新来的第二十一号。", "第二十一号是什么"]
    assert len(collections(server)) == 4
    write_index(root, there, many(20), CountingEmbedder(), segmenter)
    assert len(collections(server)) == 4
    assert not any(str(first) in name for name in collections(server))

    # Killed while an index is open: words still find, and the log names address and remedy.
    index = Index(root, segmenter)
    vector = WordEmbedder().embed_query("仓库在哪里")
    assert index.passage_similarities(vector, 20).any()
    server.kill()
    with caplog.at_level(logging.WARNING):
        assert not index.passage_similarities(vector, 20).any()
    assert f"CHROMA_URL {server.url}: no Chroma server answers there" in caplog.text
    assert "start it, or unset CHROMA_URL" in caplog.text
    assert index.lexical_scores("仓库").any()
    assert index.question_similarities(vector, 20)[1] == {}

    # Nothing can be opened or built there meanwhile, and what is there stays in use.
    with pytest.raises(VectorsAwayError, match="start it, or unset CHROMA_URL"):
        Index(root, segmenter)
    with pytest.raises(VectorsAwayError, match="start it, or unset CHROMA_URL"):
        is_intact(root)
    with pytest.raises(VectorsAwayError, match="start it, or unset CHROMA_URL"):
        write_index(root, there, changed_one(), WordEmbedder(), segmenter)
    assert read_manifest(root) == there
    assert len(versions(root)) == 2

    # Started again, it is found again by the index that stayed open.
    server.start()
    monkeypatch.setattr(store, "_RETRY", 0.0)
    index._away_until = 0.0
    assert index.passage_similarities(vector, 20).any()
    index.close()
    assert is_intact(root)


def test_a_service_answers_by_words_while_the_server_is_away(
    server: ChromaServer, tmp_path: Path, index_settings: Settings
) -> None:
    settings = replace(index_settings, index_dir=tmp_path / "index", chroma_url=server.url)
    shutil.copytree(index_settings.index_dir, settings.index_dir)
    assert build(settings).embedded == 0  # the vectors are those of the files
    service = Service(settings)
    before = service.ask("海外仓面积要达到多少？")
    server.kill()
    meanwhile = service.ask("海外仓面积要达到多少？")
    assert before.answered
    assert [citation.unit_id for citation in meanwhile.citations] == [citation.unit_id for citation in before.citations]
    service.close()


def test_an_index_moves_to_a_server_and_back_without_embedding(
    server: ChromaServer, tmp_path: Path, segmenter: Segmenter
) -> None:
    root = tmp_path / "index"
    write_index(root, manifest(), many(20), WordEmbedder(), segmenter)
    for url in (server.url, ""):
        embedder = CountingEmbedder()
        write_index(root, replace(manifest(), chroma_url=url), many(20), embedder, segmenter)
        assert embedder.embedded == []
        assert is_intact(root)
        assert scores(root, segmenter, "仓库在哪里")[1][0] > 0
