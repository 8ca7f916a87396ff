"""The checker finds every fault that a case can have; the repository's own cases have none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.cases import Case, Fact, FactType, Rule, read_cases
from eval.check import NEAR_COPY, check_cases, check_set, gold_of_rule, jaccard, pairs, read_known_questions
from index.agencies import AgencyRegistry
from index.records import PolicyUnit, Refusal
from index.settings import Settings
from tests.eval.perfect import CASES, case

Units = tuple[PolicyUnit, ...]


def test_the_repositorys_cases_follow_from_the_units(units: Units, registry: AgencyRegistry) -> None:
    assert check_cases(read_cases(), units, registry) == []


def test_the_repositorys_halves_are_whole_and_no_copies(units: Units) -> None:
    assert check_set(read_cases(), units, read_known_questions(Settings().corpus_dir / "questions")) == []


def test_good_cases_pass(units: Units, registry: AgencyRegistry) -> None:
    assert check_cases(CASES, units, registry) == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (case("x", "问", ["plan/99"]), "there are no units plan/99"),
        (case("x", "问", ["plan/1"], also_ok=("plan/1",)), "named twice"),
        (case("x", "问"), "an answerable case has gold"),
        (replace(case("x", "问", ["plan/1"]), answerable=False), "either answerable or has a refusal"),
        (replace(CASES[4], agencies=("市商务局",)), "no facts, agencies or also_ok"),
        (case("x", "问", ["task-table/27"], agencies=("市商务局",)), "agencies not printed in a gold unit: 市商务局"),
        (replace(CASES[0], facts=(Fact(FactType.QUANTITY, 71.0, "家"),)), "fact 71家 is not in the gold text"),
        (replace(CASES[0], facts=(Fact(FactType.DATE, "2025"),)), "fact 2025 is not in the gold text"),
        (case("x", "问", ["plan/1"], kind="riddle"), "unknown kind 'riddle'"),
        (case("x", "问", ["plan/1"], asker="nobody"), "unknown asker 'nobody'"),
        (
            case("x", "问", ["task-table/27"], rule=Rule(all_of=("天津海关", "天津港集团"))),
            "lacking ['plan/14', 'task-table/24']",
        ),
    ],
)
def test_faults(bad: Case, problem: str, units: Units, registry: AgencyRegistry) -> None:
    found = check_cases([bad], units, registry)
    assert any(problem in line for line in found), found


def test_rules_honour_spellings_places_and_exclusion(units: Units, registry: AgencyRegistry) -> None:
    assert gold_of_rule(Rule(measure="第9条"), units, registry) == tuple(f"task-table/{n}" for n in range(23, 28))
    safe = gold_of_rule(Rule(all_of=("国家外汇管理局天津市分局",)), units, registry)
    both = gold_of_rule(Rule(all_of=("国家外汇管理局天津市分局",), any_of=("人行天津分行",)), units, registry)
    alone = gold_of_rule(Rule(all_of=("国家外汇管理局天津市分局",), none_of=("人行天津分行",)), units, registry)
    assert len(safe) == 9
    assert sorted((*both, *alone)) == sorted(safe)
    assert "plan/15" in both  # printed there as 中国人民银行天津市分行
    with pytest.raises(ValueError, match="财神庙"):
        gold_of_rule(Rule(all_of=("财神庙",)), units, registry)


def test_a_set_must_be_large_balanced_and_cover_every_unit(units: Units) -> None:
    found = check_set([replace(item, split="dev") for item in CASES], units, ["公积金要怎么提取？"])
    assert any("at least 400" in line for line in found)
    assert any(line.startswith("test: no case has as gold task-table/1, ") for line in found)
    assert any("halves must be of like size" in line for line in found)


def test_copies_are_found_and_mere_likeness_is_not(units: Units) -> None:
    dev = replace(case("dev-1", "天津港集团在智慧港口建设上承担什么任务？", ["plan/1"]), split="dev")
    test = replace(dev, id="test-1", split="test", question="天津港集团在智慧港口建设上承担什么任务")
    other = replace(dev, id="test-2", split="test", question="口岸大通关由谁推进？", refusal=Refusal.NOT_STATED)
    found = check_set([dev, test, other], units, ["口岸大通关是由谁推进的？", "口岸的大通关由谁来推进？"])
    assert any(line.startswith("test-1: near copy of dev-1") for line in found)
    assert not any(line.startswith("test-2: near copy of dev") for line in found)


def test_similarity() -> None:
    # {第九, 九条, 条讲, 讲什, 什么} and {第十, 十条, 条讲, 讲什, 什么} share 3 of 7
    assert jaccard(pairs("第九条讲什么？"), pairs("第十条讲什么")) == 3 / 7 < NEAR_COPY
    assert jaccard(pairs(""), pairs("")) == 0
