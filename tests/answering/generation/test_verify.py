"""Sentences of a chat model against real units: honest ones pass, those with one defect don't, whatever their form."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.generation.verify import LONGEST, Check, Reason, Verifier
from eval.facts import find_values as second_opinion
from eval.facts import unit_word
from index.agencies import AgencyRegistry
from index.records import Evidence, PolicyUnit
from index.text import normalise

Units = dict[str, PolicyUnit]
Verify = Callable[..., Check]
QUESTION = "海外仓有什么支持政策？eBay卖家能拿80万元吗"
OVERSEAS = "task-table/7"
LEAST_HONEST = 0.95


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


HONEST = _rows("honest_sentences.tsv")
DEFECTIVE = _rows("defective_sentences.tsv")


@pytest.fixture(scope="session")
def verifier_of(unit_of: Units, registry: AgencyRegistry) -> Callable[[str], Verifier]:
    made: dict[str, Verifier] = {}

    def verifier(unit_ids: str) -> Verifier:
        if unit_ids not in made:
            evidence = [Evidence(unit_of[unit_id], ()) for unit_id in unit_ids.split()]
            made[unit_ids] = Verifier(evidence, registry, QUESTION)
        return made[unit_ids]

    return verifier


@pytest.fixture(scope="session")
def verify(verifier_of: Callable[[str], Verifier]) -> Verify:
    """Checks a sentence against units, by default the one on overseas warehouses."""

    def verify(sentence: str, unit_ids: str = OVERSEAS) -> Check:
        return verifier_of(unit_ids).check(sentence)

    return verify


def test_the_tables_are_large_enough() -> None:
    assert len(HONEST) >= 120 and len({unit for row in HONEST for unit in row[0].split()}) >= 40
    assert len(DEFECTIVE) >= 200


def test_honest_sentences_pass(verify: Verify) -> None:
    failed = [sentence for unit_ids, sentence in HONEST if not verify(sentence, unit_ids).passed]
    assert len(failed) <= (1 - LEAST_HONEST) * len(HONEST), failed


@pytest.mark.parametrize(("unit_ids", "sentence", "reason"), DEFECTIVE)
def test_a_defect_is_caught(unit_ids: str, sentence: str, reason: str, verify: Verify) -> None:
    check = verify(sentence, unit_ids)
    assert not check.passed
    assert Reason[reason] in check.reasons


def test_every_unit_may_be_quoted_sentence_by_sentence(unit_of: Units, registry: AgencyRegistry) -> None:
    failed = []
    for unit in unit_of.values():
        verifier = Verifier([Evidence(unit, ())], registry, QUESTION)
        parts = [part for part in unit.text.split("。") if part and len(part) < LONGEST]
        failed += [part for part in parts if not verifier.check(f"{part}[1]。").passed]
    assert failed == []


@pytest.mark.parametrize(
    ("written", "handles"),
    [
        ("支持企业建设海外仓[1]。", (1,)),
        ("支持企业建设海外仓[2][1][2]。", (2, 1)),
        ("支持企业建设海外仓[1,2]。", (1, 2)),
        ("支持企业建设海外仓【1】。", (1,)),
        ("支持企业建设海外仓［１］。", (1,)),
        ("支持企业建设海外仓[1、2]。", (1, 2)),
        ("支持企业建设海外仓[0][1][99]。", (1,)),
    ],
)
def test_handles_are_read_in_every_width_and_unknown_ones_left_out(
    written: str, handles: tuple[int, ...], verify: Verify
) -> None:
    assert verify(written, "task-table/7 plan/14").handles == handles


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- **支持企业建设海外仓**[1]。", "支持企业建设海外仓。"),
        ("1. 支持企业建设海外仓 [1]。", "支持企业建设海外仓。"),
        ("## 支持企业\u202e建设\u200b海外仓[1]。", "支持企业建设海外仓。"),
        ("> 支持企业建设\n海外仓[1]。", "支持企业建设海外仓。"),
        ("到2025年，力争培育3~5家国家级优秀海外仓企业[1]。", "到2025年，力争培育3至5家国家级优秀海外仓企业。"),
    ],
)
def test_harmless_markup_is_taken_away(written: str, shown: str, verify: Verify) -> None:
    check = verify(written)
    assert (check.text, check.reasons) == (shown, ())


@pytest.mark.parametrize(
    "sentence", ["力争培育3至5家、补贴80万元的国家级优秀海外仓企业[1]。", "借助ebay，支持企业补贴80万元[1]。"]
)
def test_numbers_of_the_question_are_no_support(sentence: str, verify: Verify) -> None:
    assert Reason.NUMBER in verify(sentence).reasons


def test_latin_words_of_the_question_may_be_repeated(verify: Verify) -> None:
    assert Reason.WORD not in verify("对eBay卖家，支持企业建设海外仓[1]。").reasons


def test_every_reason_says_itself_in_chinese() -> None:
    assert all(any("\u4e00" <= character <= "\u9fff" for character in reason) for reason in Reason)


def test_a_long_sentence_is_none(verify: Verify) -> None:
    assert verify("支持企业建设海外仓，" * 31 + "[1]").reasons == (Reason.TOO_LONG,)


@pytest.mark.parametrize(
    "piece", ["海", "[", "[1", "<", "&a", "![", "[a](", "百", "1,", "“", "由", "1. ", "\u202e", "`"]
)
def test_a_hundred_thousand_characters_cost_linear_time(piece: str, verify: Verify) -> None:
    raw = piece * (100_000 // len(piece))
    start = time.process_time()
    check = verify(raw)
    assert not check.passed
    assert time.process_time() - start < 2  # some 0.1 s; a quadratic rule takes minutes


_PIECES = st.sampled_from(
    [
        *"一二三五六七八九十百千万亿零两0123456789,.%％年月家个元第条项至",
        *(
            "[1]",
            "[2]",
            "力争",
            "到",
            "2025年",
            "2027年",
            "海外仓",
            "企业",
            "培育",
            "3至5家",
            "70家",
            "60万平方米",
            "百分之",
        ),
        *(
            "由",
            "负责",
            "市商务局",
            "天津海关",
            "税务局",
            "发改委",
            "央行",
            "市财政局",
            "市教委",
            "公安局",
            "中信保",
            "、",
            "，",
        ),
        *("支持", "鼓励", "国家级", "优秀", "面积达到", "成", "美元", "亿元", "**", "\u200b", "统一", "进一步", "以上"),
    ]
)
_BUILT = st.lists(_PIECES, max_size=14).map("".join)
_SPLICED = st.tuples(st.sampled_from([row[1] for row in HONEST]), st.integers(0, 60), _BUILT).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :]
)


@given(st.one_of(st.text(), _BUILT, _SPLICED), st.sampled_from(["task-table/7 plan/14", "plan/1.2", "task-table/11"]))
def test_whatever_passes_holds_no_number_and_no_body_that_is_not_in_a_cited_unit(
    verify: Verify, unit_of: Units, registry: AgencyRegistry, raw: str, unit_ids: str
) -> None:
    check = verify(raw, unit_ids)
    assert check.passed == (not check.reasons)
    if not check.passed:
        return
    cited = [unit_of[unit_ids.split()[handle - 1]] for handle in check.handles]
    text, printed = normalise(check.text), normalise("\n".join(unit.text for unit in cited))
    assert _numbers(text) <= _numbers(printed)
    held = {body for unit in cited for body in unit.agency_ids}
    for mention in registry.find(text):
        assert set(mention.agency_ids) & held or mention.phrase in printed


def _numbers(text: str) -> set[tuple[float, str] | float | str]:
    """Values by the parser of the evaluation, which shares no code with the one under test."""
    values = second_opinion(text)
    counted = {(item.value, unit_word(item.unit)) for item in values.quantities if item.value != 1}
    return {*counted, *values.percents, *values.dates}
