"""Slips put right, and what is right left alone."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pinyin import is_han, readings
from index.records import PolicyUnit
from index.spelling import Change, Speller
from index.text import Segmenter, normalise
from ingest.corpus import Corpus

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def terms(corpus: Corpus) -> tuple[str, ...]:
    titles = (name for document in corpus.documents for name in (document.short_title, *document.aliases))
    return tuple(map(normalise, (*corpus.lexicon, *titles)))


@pytest.fixture(scope="module")
def names(corpus: Corpus) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            normalise(name)
            for agency in corpus.agencies
            for name in (agency.name, *agency.printed, *agency.aliases, *agency.weak)
        )
    )


@pytest.fixture(scope="module")
def speller(
    terms: tuple[str, ...], names: tuple[str, ...], units: tuple[PolicyUnit, ...], segmenter: Segmenter
) -> Speller:
    return Speller(terms, names, Counter(word for unit in units for word in segmenter.words(unit.text)), segmenter)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # homophones
        ("离案贸易归谁管", "离岸贸易归谁管"),
        ("综服期业有什么支持", "综服企业有什么支持"),
        ("海外苍面积", "海外仓面积"),
        ("跨境店商怎么做", "跨境电商怎么做"),
        ("夸竟电商怎么做", "跨境电商怎么做"),
        ("外管菊要干哪些事", "外管局要干哪些事"),
        ("商务菊负责什么", "商务局负责什么"),
        ("天津证坚局有没有份", "天津证监局有没有份"),
        ("退水无纸化", "退税无纸化"),
        ("离岸毛衣怎么做", "离岸贸易怎么做"),  # a word for a word
        ("由谁负则", "由谁负责"),
        # near-homophones: -n/-ng, c/ch, l/n
        ("离岸贸易新型国际猫易", "离岸贸易新型国际贸易"),
        ("津新融是什么平台", "津心融是什么平台"),
        ("海外昌怎么建", "海外仓怎么建"),
        # looks, dropped, doubled, swapped, another
        ("医疗器戒试点", "医疗器械试点"),
        ("船边直、抵港直妆", "船边直提、抵港直装"),
        ("跨境境电商", "跨境电商"),
        ("跨电境商怎么做", "跨境电商怎么做"),
        ("高新计术企业", "高新技术企业"),
        # several at once
        ("关港急疏港智会平台", "关港集疏港智慧平台"),
        ("出口退水无只化申报", "出口退税无纸化申报"),
        # pinyin
        ("haiwaicang zenme zhichi", "海外仓怎么支持"),
        ("hai wai cang shui guan", "海外仓谁管"),
        ("离岸maoyi归谁管", "离岸贸易归谁管"),
        ("waihui jiesuan", "外汇结算"),
        ("kuajing dianshang 有哪些任务", "跨境电商有哪些任务"),
        ("kuajing电商怎么搞si yu liuliang", "跨境电商怎么搞私域流量"),
        ("haiwaicang nage bumen fuze", "海外仓哪个部门负责"),
        ("haiwaicang you shenme butie, duoshao qian", "海外仓有什么补贴, 多少钱"),
        ("tianjin haiguan he shuiwuju yiqi fuze de renwu", "天津海关和税务局一起负责的任务"),
        ("人she局管什么", "人社局管什么"),
    ],
)
def test_slips_are_put_right(speller: Speller, written: str, meant: str) -> None:
    correction = speller.correct(written)
    assert correction.text.replace(" ", "") == meant.replace(" ", "")
    assert correction.changes
    assert speller.correct(correction.text).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "海外仓怎么支持",
        # other bodies, one character off or not even that
        "是商务局管吗",
        "市水务局有哪些任务",
        "市体育局有哪些任务",
        "招商银行天津分行的房贷利率",
        "市住建委、市卫健委、市国资委管什么",
        # words for words, both right
        "报税物流收款",
        "国外的海外购平台",
        "国内保理",
        "千兆网什么时候铺到村里",
        "区里特色产业跟平台对接",
        "数智化升级",
        # English, abbreviations and brands
        "fx settlement归谁管",
        "aeo、fob、erp是什么",
        "b2b跟b2c两种mode,plan里怎么balance",
        "what does article 3 say about customs?",
        "can we lease a base in tianjin",
        "she can change",
        "data中心谁建",
        "我们在temu和shein上卖货",
        "xiaomi怎么入驻",
        "做ai的企业",
    ],
)
def test_what_is_right_is_left_alone(speller: Speller, text: str) -> None:
    assert speller.correct(text).text == text
    assert speller.correct(text).changes == ()


def test_changes_say_what_was_written_and_what_was_meant(speller: Speller) -> None:
    correction = speller.correct("海外苍归商务菊管吗")
    assert correction.changes == (Change("海外苍", "海外仓"), Change("商务菊", "商务局"))


def right_questions(corpus: Corpus) -> Iterator[str]:
    yield from (normalise(question.question) for question in corpus.questions)
    for folder in ("train", "dev"):
        for file in sorted((ROOT / "eval/cases" / folder).glob("*.jsonl")):
            cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            yield from (normalise(case["question"]) for case in cases if case["kind"] != "typo")


def test_less_than_one_right_question_in_five_hundred_is_changed(speller: Speller, corpus: Corpus) -> None:
    questions = list(right_questions(corpus))
    changed = [question for question in questions if speller.correct(question).changes]
    assert len(changed) < len(questions) / 500, changed


def slipped(kind: str, term: str, pick: random.Random, homophones: dict[str, list[str]]) -> str:
    """``term`` with one slip of ``kind`` inside."""
    place = pick.randrange(1, len(term) - 1)
    if kind == "homophone":
        other = [c for c in homophones[readings(term[place])[0]] if c != term[place]]
        return term[:place] + (pick.choice(other) if other else term[place]) + term[place + 1 :]
    if kind == "doubled":
        return term[: place + 1] + term[place:]
    if kind == "swapped":
        return term[: place - 1] + term[place] + term[place - 1] + term[place + 1 :]
    spoken = "".join(readings(character)[0] for character in term)
    return spoken if kind == "pinyin" else term[:place] + "".join(readings(c)[0] for c in term[place:])


@pytest.mark.parametrize(
    ("kind", "share"),
    [("homophone", 0.9), ("doubled", 0.75), ("swapped", 0.8), ("pinyin", 0.95), ("half pinyin", 0.95)],
)
def test_most_slips_in_terms_of_four_are_put_right(
    speller: Speller, terms: tuple[str, ...], segmenter: Segmenter, kind: str, share: float
) -> None:
    homophones = defaultdict(list)
    for character, count in segmenter.counts.items():
        if count > 800 and len(character) == 1 and is_han(character):
            homophones[readings(character)[0]].append(character)
    pick = random.Random(kind)
    long = [term for term in terms if len(term) >= 4 and all(map(is_han, term))]
    tried = [(slipped(kind, term, pick, homophones), term) for term in long]
    tried = [(written, term) for written, term in tried if written != term and written not in terms]
    good = [term for written, term in tried if speller.correct(f"{written}归谁管").text == f"{term}归谁管"]
    assert len(tried) >= 30
    assert len(good) >= share * len(tried), sorted({term for _, term in tried} - set(good))


@given(text=st.text(alphabet=st.sampled_from("海外仓苍离岸贸易的是退水税 'abeinhgu,。1"), max_size=40))
def test_any_text_is_read(speller: Speller, text: str) -> None:
    correction = speller.correct(text)
    assert bool(correction.changes) == (correction.text != text)
