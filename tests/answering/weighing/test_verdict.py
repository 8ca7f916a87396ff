"""What a question deserves: features that a reader can count, and models of one weight."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answering.weighing.network import Network
from answering.weighing.verdict import FIGURES, MODEL, Features, Judgement, Regression, Verdict, VerdictModel
from answering.words import UnitWords
from index.agencies import Agency, AgencyRegistry
from index.records import Cue, ExpectedQuestion, Hit, Intent, Query
from index.text import Segmenter
from tests.answering.samples import BY_COVERAGE, hit, query
from tests.samples import unit

UNITS = [unit(1, "海外仓企业达到70家。"), unit(2, "推进邮件互换局建设。"), unit(3, "鼓励高校设置专业。")]
ANSWERED, NOT_STATED, OUT_OF_SCOPE = Judgement
SEGMENTER = Segmenter(("海外仓", "互换局"))
REGISTRY = AgencyRegistry([Agency("tax", "市税务局", "市级部门", ("市税务局",), ("税务局",), ())])


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    questions = [ExpectedQuestion("plan/1", "仓库有几家", "海外仓企业达到70家。")]
    return Verdict(UnitWords(UNITS, questions, SEGMENTER), SEGMENTER, REGISTRY, BY_COVERAGE)


def asked(question: str, *topic: str) -> Query:
    return query(question=question, topic=topic)


BEST = hit(UNITS[0], 0.6, score=4.0)


def figures(verdict: Verdict, question: Query, *hits: Hit, missing: str | None = None) -> dict[str, float]:
    """Figures by name."""
    return dict(zip(FIGURES, verdict.features(question, hits or (BEST,), missing).figures, strict=True))


def shape(verdict: Verdict, question: str, missing: str | None = None) -> Collection[str]:
    return verdict.features(asked(question), (BEST,), missing).shape


def pieces(verdict: Verdict, question: str) -> Collection[str]:
    return verdict.features(asked(question), (BEST,), None).pieces


def test_tokens_are_weighed_by_a_regression() -> None:
    regression = Regression({"a": (1.0, 0.0, -1.0), "b": (4.0, 0.0, 0.0)}, (0.0, 0.5, 0.0))
    assert regression.totals({"a", "b", "unheard of"}) == [2.5, 0.5, -0.5]
    assert regression.totals(()) == [0.0, 0.5, 0.0]


def test_shape_and_pieces_are_weighed_apart() -> None:
    one, other = (Regression({"a": (weight, 0.0, 0.0)}, (0.0, 0.0, 0.0)) for weight in (2.0, 6.0))
    model = replace(BY_COVERAGE, shape=one, pieces=other)
    assert model.totals(Features((), frozenset("a"), frozenset())) == [1, 0, 0, 0, 0, 0]
    assert model.totals(Features((), frozenset(), frozenset("a"))) == [0, 0, 0, 3, 0, 0]


def test_a_network_weighs_figures_and_what_the_tokens_say() -> None:
    """One hidden unit: twice the standardised coverage and the total of answered, less one; it speaks for answered."""
    hidden = np.zeros((len(FIGURES) + 6, 1))
    hidden[FIGURES.index("coverage")], hidden[len(FIGURES)] = 2.0, 1.0
    mean, spread = np.full(len(FIGURES), 0.4), np.full(len(FIGURES), 0.2)
    output = np.array([[1.0, 0.0, 0.0]]), np.array([0.0, 0.5, 0.0])
    shape = Regression({"a": (3.0, 9.0, 9.0), "b": (-20.0, 0.0, 0.0), "c": (2e6, 0.0, 0.0)}, (0.0, 0.0, 0.0))
    silent = Regression({}, (0.0, 0.0, 0.0))
    model = VerdictModel(shape, silent, Network(mean, spread, (hidden, np.array([-1.0])), output))
    seen = tuple(0.6 if name == "coverage" else 0.0 for name in FIGURES)
    said = 2 * (0.6 - 0.4) / 0.2 + 0.5 * 3 - 1
    whole = math.exp(said) + math.exp(0.5) + 1
    assert model.probabilities(Features(seen, frozenset("a"), frozenset())) == {
        ANSWERED: pytest.approx(math.exp(said) / whole),
        NOT_STATED: pytest.approx(math.exp(0.5) / whole),
        OUT_OF_SCOPE: pytest.approx(1 / whole),
    }
    unheard = model.probabilities(Features(seen, frozenset("b"), frozenset()))  # below zero the unit says nothing
    assert unheard[ANSWERED] == unheard[OUT_OF_SCOPE] == pytest.approx(1 / (2 + math.exp(0.5)))
    assert model.probabilities(Features(seen, frozenset("c"), frozenset()))[ANSWERED] == 1.0  # no overflow


def test_a_model_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    hidden, output = [[[1, 2], [3, 4]], [5, 6]], [[[1, 2, 3], [4, 5, 6]], [7, 8, 9]]
    shape, pieces = {"tokens": {"a": [0, 1, 2]}, "bias": [1, 2, 3]}, {"tokens": {}, "bias": [4, 5, 6]}
    record = {"mean": [0.5], "spread": [2], "shape": shape, "pieces": pieces, "examples": {}}
    record |= {"hidden": hidden, "output": output}
    path.write_text(json.dumps(record), encoding="utf-8")
    model = VerdictModel.read(path)
    assert model.shape == Regression({"a": [0, 1, 2]}, [1, 2, 3])
    assert model.pieces == Regression({}, [4, 5, 6])
    assert [part.tolist() for part in (model.network.mean, model.network.spread)] == [[0.5], [2]]
    assert [[part.tolist() for part in layer] for layer in (model.network.hidden, model.network.output)] == [
        hidden,
        output,
    ]


def test_the_bundled_model_fits_the_figures_and_the_judgements() -> None:
    model = VerdictModel.read(MODEL)
    classes, units = len(Judgement), len(model.network.hidden[1])
    for part in (model.shape, model.pieces):
        assert {len(weights) for weights in part.tokens.values()} == {len(part.bias)} == {classes}
    assert model.network.mean.shape == model.network.spread.shape == (len(FIGURES),)
    assert [part.shape for part in model.network.hidden] == [(len(FIGURES) + 2 * classes, units), (units,)]
    assert [part.shape for part in model.network.output] == [(units, classes), (classes,)]
    assert model.network.spread.min() > 0


def test_judging_is_weighing_the_features(verdict: Verdict) -> None:
    """10 · 0.6 - 3 = 3 for answered; -10 for not stated, 10 when what is asked is missing; 0 for out of scope."""
    judged = verdict.judge(asked("海外仓", "海外仓"), [BEST], None)
    assert judged[ANSWERED] == pytest.approx(math.exp(3) / (math.exp(3) + math.exp(-10) + 1))
    assert (
        max(verdict.judge(asked("海外仓", "海外仓"), [BEST], "名单").items(), key=lambda pair: pair[1])[0] is NOT_STATED
    )


def test_words_that_the_best_unit_holds_another_holds_or_nobody_knows(verdict: Verdict) -> None:
    """海外 海外仓 · 仓库 (in its question only) · 高校 (in another unit) · 公积金: all but one in one unit each."""
    found = figures(verdict, asked("", "海外仓", "仓库", "高校", "住房"))
    rare = math.log(1 + 3)
    assert found["printed coverage"] == pytest.approx(2 * rare / (5 * rare))
    assert (found["unknown"], found["unknown share"], found["elsewhere share"]) == (1, 1 / 5, 1 / 5)
    assert found["unknown rarity"] == pytest.approx(1 / 5)
    assert found["log words"] == math.log(1 + 5)
    assert (found["coverage"], found["all known"], found["all known × coverage"]) == (0.6, 0, 0)
    assert figures(verdict, asked("", "海外仓"))["all known × coverage"] == 0.6


def test_many_unknown_words_count_as_four(verdict: Verdict) -> None:
    assert figures(verdict, asked("", "住房", "天气", "足球", "电影", "唱歌"))["unknown"] == 4


def test_the_words_of_the_conversation_count_too(verdict: Verdict) -> None:
    found = figures(verdict, replace(asked("面积呢", "面积"), context_topic=("海外仓",)))
    assert (found["context"], found["log words"]) == (1, math.log(1 + 3))


def test_how_far_the_best_is_ahead(verdict: Verdict) -> None:
    assert figures(verdict, asked("", "海外仓"), BEST, hit(UNITS[1], 0.1, score=1.5, row=1))["margin"] == 2.5 / 5
    alone = figures(verdict, asked("", "海外仓"))
    assert (alone["margin"], alone["score"]) == (0, 0.4)


@pytest.mark.parametrize(
    ("question", "figure", "expected"),
    [("海外仓有多少家", 0.39, (1, 0.39, 1)), ("海外仓有多少家", 0.41, (1, 0.41, 0)), ("海外仓", 0.0, (0, 0.0, 0))],
)
def test_a_figure_asked_for_may_be_of_something_else(
    question: str, figure: float, expected: tuple[float, ...], verdict: Verdict
) -> None:
    found = figures(verdict, asked(question, "海外仓"), replace(BEST, figure=figure))
    assert (found["seeks figure"], found["figure"], found["figure far"]) == expected


def test_a_fact_that_is_missing(verdict: Verdict) -> None:
    found = figures(verdict, asked("", "海外仓", "住房"), missing="名单")
    assert (found["missing"], found["missing × coverage"]) == (1, 0.6)
    assert found["missing × unknown share"] == pytest.approx(1 / 3)
    told = figures(verdict, asked("", "海外仓"))
    assert (told["missing"], told["missing × coverage"]) == (0, 0)
    assert "missing 名单" in shape(verdict, "海外仓", missing="名单")
    assert "missing 名单" not in shape(verdict, "海外仓")


@pytest.mark.parametrize(
    ("question", "other_place", "other_country"),
    [("海外仓在哪", 0, 0), ("深圳的海外仓", 1, 0), ("美国的海外仓", 0, 1), ("天津的海外仓", 0, 0)],
)
def test_other_places(question: str, other_place: float, other_country: float, verdict: Verdict) -> None:
    found = figures(verdict, asked(question, "海外仓"))
    assert (found["other place"], found["other country"]) == (other_place, other_country)


def test_a_place_that_the_unit_names_is_no_other(verdict: Verdict) -> None:
    there = replace(BEST, unit=replace(UNITS[0], text="在美国和深圳建设海外仓。"))
    found = figures(verdict, asked("美国和深圳的海外仓", "海外仓"), there)
    assert (found["other place"], found["other country"]) == (0, 0)


def test_signs_of_the_query(verdict: Verdict) -> None:
    bare = figures(verdict, asked("海外仓", "海外仓"))
    assert [bare[name] for name in ("who", "comparison", "region asked")] == [0, 0, 0]
    full = replace(asked("海外仓", "海外仓"), cues=frozenset({Cue.WHO}), intent=Intent.COMPARISON, region="上海")
    assert [figures(verdict, full)[name] for name in ("who", "comparison", "region asked")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("question", "tokens"),
    [
        ("海外仓补贴多少钱", ["◆", "?补贴", "多少", "?钱"]),
        ("海外仓企业有多少", ["◆", "有", "多少"]),  # neighbours that the best unit holds are one
        ("高校怎么办", ["◇高校", "怎么办"]),  # another unit holds it
        ("邮件互换局", ["◇邮件", "◇互换局"]),
        ("公积金?", ["?公积金", "?"]),
        ("税务局和市税务局多少", ["▲", "和", "▲", "多少"]),  # bodies, whatever their names
        ("", []),
    ],
)
def test_the_shape_of_a_question(question: str, tokens: list[str], verdict: Verdict) -> None:
    whole = ["^", *tokens, "$"]
    runs = {" ".join(whole[start : start + length]) for length in (1, 2, 3) for start in range(len(whole) - length + 1)}
    assert shape(verdict, question) == runs


def test_a_shape_is_told_in_runs_of_up_to_three(verdict: Verdict) -> None:
    runs = ("^", "◆", "?补贴", "$", "^ ◆", "◆ ?补贴", "?补贴 $", "^ ◆ ?补贴", "◆ ?补贴 $")
    assert shape(verdict, "海外仓补贴") == set(runs)


def test_pieces_are_characters_of_what_is_left_over_and_words_that_nobody_knows(verdict: Verdict) -> None:
    """海外仓 is held, 多少 a function word, 高校 held elsewhere, 补贴 unknown."""
    left = {"<", "高", "校", ">", "<高", "高校", "校>", "<高校", "高校>"}
    unknown = {"<", "补", "贴", ">", "<补", "补贴", "贴>", "<补贴", "补贴>", "=补贴"}
    assert pieces(verdict, "海外仓高校多少") == left
    assert pieces(verdict, "海外仓补贴多少") == unknown
    assert pieces(verdict, "税务局海外仓多少") == set()


def test_features_say_nothing_of_the_words_that_the_best_unit_holds(verdict: Verdict) -> None:
    """So that what is learned holds for any document."""
    assert not any("海外" in name for tokens in (shape, pieces) for name in tokens(verdict, "海外仓补贴多少钱"))


def test_the_bundled_model_is_read_when_none_is_given() -> None:
    verdict = Verdict(UnitWords(UNITS, (), SEGMENTER), SEGMENTER, REGISTRY)
    judged = verdict.judge(asked("海外仓", "海外仓"), [BEST], None)
    assert sum(judged.values()) == pytest.approx(1.0)
