"""The bundled model: the same vectors with and without torch, sensible neighbours, clear errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import (
    Embedder,
    EmbeddingModelError,
    LangChainEmbeddings,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    load_embedder,
)
from index.text import Segmenter

MODEL = Path(__file__).parents[2] / "models" / "jince-static-zh"

TEXTS = (
    "支持企业申请研发费用加计扣除。",
    "中小企業融資難的問題怎麼解決？",
    "對外貿易與海外倉建設",
    "加快发展新质生产力，建设现代化产业体系",
    "GDP 同比增长 5.4%",
    "Foreign trade and investment",
    "R&D经费投入强度",
    "财税〔2023〕1号",
    "，。！？",
    "",
    "   \n\t",
    "😀🎉",
    "养老👵服务",
    "ＡＢＣ１２３",
    "龘靐齉爩",
    "こんにちは",
    "港口",
    "的",
    "孩子上学要什么手续",
    "政府工作报告" * 833 + "结束",  # 5,000 characters
    "x" * 300,
)
MARGIN = 0.1
WORDLESS = ("", "   \n\t", "，。！？", "😀🎉")

# question, what answers it, what does not
NEARER = (
    ("怎么申请创业补贴", "对符合条件的创业者给予一次性创业补贴。", "加强港口和航道建设，提升通航能力。"),
    ("老人养老有什么支持", "完善居家社区养老服务，增加护理型床位供给。", "推动集成电路产业链协同攻关。"),
    ("企业贷款太难", "加大对中小微企业的融资支持，扩大信用贷款规模。", "开展城市黑臭水体治理和河道清淤。"),
    ("空气污染治理", "持续改善大气环境质量，降低细颗粒物浓度。", "提高城乡居民基本医疗保险补助标准。"),
    ("外贸出口", "支持跨境电商和海外仓发展，稳定进出口规模。", "加强中小学教师队伍建设。"),
    ("中小企業融資", "加大对中小微企业的融资支持，扩大信用贷款规模。", "开展城市黑臭水体治理和河道清淤。"),
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.fixture(scope="module")
def embedder(segmenter: Segmenter) -> StaticEmbedder:
    return StaticEmbedder(MODEL, segmenter)


@pytest.fixture(scope="module")
def torch_embedder() -> SentenceTransformerEmbedder:
    pytest.importorskip("sentence_transformers")
    return SentenceTransformerEmbedder(str(MODEL))


def test_same_vectors_with_and_without_torch(
    embedder: StaticEmbedder, torch_embedder: SentenceTransformerEmbedder, segmenter: Segmenter
) -> None:
    words = [segmenter.segmented(text) for text in TEXTS]
    expected = torch_embedder.embed_documents(words)
    assert np.abs(embedder.embed_documents(TEXTS) - expected).max() < 1e-5
    assert np.abs(embedder.embed_query(TEXTS[0]) - torch_embedder.embed_query(words[0])).max() < 1e-5
    assert (embedder.name, embedder.dimension) == (torch_embedder.name, torch_embedder.dimension)


def test_vectors_have_unit_length_and_wordless_text_is_zero(embedder: StaticEmbedder) -> None:
    vectors = embedder.embed_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension) == (len(TEXTS), 256)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    lengths = dict(zip(TEXTS, np.linalg.norm(vectors, axis=1), strict=True))
    assert all(lengths[text] == 0 for text in WORDLESS)
    assert all(length == 0 or abs(length - 1) < 1e-5 for length in lengths.values())
    assert lengths[TEXTS[0]] > 0


def test_an_unknown_character_does_not_lose_its_neighbours(embedder: StaticEmbedder) -> None:
    plain, decorated = embedder.embed_documents(["养老服务", "养老👵服务"])
    assert plain @ decorated > 0.9


def test_one_text_or_many_give_the_same_vectors(embedder: StaticEmbedder) -> None:
    together = embedder.embed_documents(TEXTS)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.array_equal(embedder.embed_query(text), row)
    assert embedder.embed_documents([]).shape == (0, 256)


def test_traditional_and_full_width_meet_simplified_and_half_width(embedder: StaticEmbedder) -> None:
    for one, other in (("中小企業融資", "中小企业融资"), ("ＧＤＰ增长５％", "gdp增长5%")):
        assert np.array_equal(embedder.embed_query(one), embedder.embed_query(other))


@pytest.mark.parametrize(("question", "answer", "other"), NEARER)
def test_an_answer_is_nearer_than_another_clause(
    embedder: StaticEmbedder, question: str, answer: str, other: str
) -> None:
    near, far = embedder.embed_documents([answer, other]) @ embedder.embed_query(question)
    assert near > far + MARGIN


def test_the_bundled_model_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 17_000_000


def test_the_query_path_needs_no_torch() -> None:
    code = (
        "import sys; from index.embedding import load_embedder; from index.text import Segmenter;"
        f"load_embedder({str(MODEL)!r}, Segmenter()).embed_query('融资');"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=MODEL.parents[1], check=False).returncode == 0


def test_the_folder_decides_the_loader(segmenter: Segmenter) -> None:
    assert isinstance(load_embedder(str(MODEL), segmenter), StaticEmbedder)


def test_other_models_read_raw_text_and_the_instruction(tmp_path: Path, segmenter: Segmenter) -> None:
    folder = _tiny_transformer(tmp_path / "tiny")
    plain, instructed = load_embedder(str(folder), segmenter), load_embedder(str(folder), segmenter, "问：")
    assert isinstance(plain, SentenceTransformerEmbedder)
    _check_contract(plain)
    raw, cut = plain.embed_documents(["港口建设", "港口 建设"])
    assert not np.allclose(raw, cut)  # the blank is a token of this model: nothing was segmented on the way
    assert np.allclose(instructed.embed_query("港口"), plain.embed_documents(["问：港口"])[0], atol=1e-6)
    assert np.allclose(instructed.embed_documents(["港口"]), plain.embed_documents(["港口"]), atol=1e-6)


def test_the_bundled_model_keeps_the_contract(embedder: StaticEmbedder) -> None:
    _check_contract(embedder)


def _check_contract(embedder: Embedder) -> None:
    texts = ["港口建设", "养老服务"]
    vectors = embedder.embed_documents(texts)
    assert vectors.shape == (2, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.embed_query(texts[0]).shape == (embedder.dimension,)
    assert embedder.embed_documents([]).shape == (0, embedder.dimension)
    assert embedder.name


def _tiny_transformer(folder: Path) -> Path:
    """An untrained BERT of one layer over single characters, saved as any hub model is."""
    st = pytest.importorskip("sentence_transformers")
    transformers = pytest.importorskip("transformers")
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    tokenizers = pytest.importorskip("tokenizers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys("问：港口建设养老服务 ")]
    ids = {word: number for number, word in enumerate(words)}
    characters = tokenizers.Tokenizer(tokenizers.models.WordLevel(ids, unk_token="[UNK]"))
    characters.pre_tokenizer = tokenizers.pre_tokenizers.Split(tokenizers.Regex("."), "isolated")
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=characters, pad_token="[PAD]", unk_token="[UNK]")
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    base = folder.with_name("base")
    transformers.BertModel(config).save_pretrained(base)
    fast.save_pretrained(base)
    layers = [modules.Transformer(str(base), max_seq_length=32), modules.Pooling(16)]
    st.SentenceTransformer(modules=layers, device="cpu").save(str(folder), create_model_card=False)
    return folder


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/model", "models/a/b", "", "~/missing", "C:\\models\\x"])
def test_a_missing_folder_is_named_with_the_remedy(name: str, segmenter: Segmenter) -> None:
    with pytest.raises(EmbeddingModelError, match="no such folder; give an existing folder") as caught:
        load_embedder(name, segmenter)
    assert repr(name) in str(caught.value)


def test_a_misspelt_folder_beside_models_is_not_taken_for_a_hub_name(
    segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(MODEL.parents[1])
    with pytest.raises(EmbeddingModelError, match="no such folder"):
        load_embedder("models/jince-static", segmenter)


def test_a_folder_without_a_model_is_an_error(tmp_path: Path, segmenter: Segmenter) -> None:
    (tmp_path / "notes.txt").write_text("no model here", encoding="utf-8")
    with pytest.raises(EmbeddingModelError, match=r"no model in this folder; .*model\.safetensors"):
        load_embedder(str(tmp_path), segmenter)


def test_a_broken_model_is_our_error(tmp_path: Path, segmenter: Segmenter) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EmbeddingModelError, match="complete model folder"):
        load_embedder(str(tmp_path), segmenter)


def test_a_missing_library_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbeddingModelError, match="install sentence-transformers"):
        SentenceTransformerEmbedder("owner/model")


def test_langchain_gets_lists_of_floats(embedder: StaticEmbedder) -> None:
    adapter = LangChainEmbeddings(embedder)
    rows = adapter.embed_documents(["融资", "港口"])
    assert [type(row) for row in rows] == [list, list]
    assert type(rows[0][0]) is float
    assert np.allclose(rows, embedder.embed_documents(["融资", "港口"]))
    assert adapter.embed_query("融资") == rows[0]
