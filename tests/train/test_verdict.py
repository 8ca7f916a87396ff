"""Examples from questions and cases, and a model that finds again what the examples were made by."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from answering.service import Service
from answering.weighing.verdict import FIGURES, Features, Judgement, VerdictModel
from eval.cases import TRAIN, Case
from index.records import Refusal
from index.settings import Settings
from ingest.build import build
from tests.eval.perfect import case
from tests.ingest.test_build import small_model
from train import verdict as door
from train.verdict import Example, cross_validated, examples, fit, of_cases, of_corpus, write_model

# So few examples leave the network short of convergence.
pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer. Maximum iterations")
ANSWERED, NOT_STATED, OUT_OF_SCOPE = Judgement
SIGNS = {ANSWERED: "◆", NOT_STATED: "多少钱", OUT_OF_SCOPE: "天气"}
CASES = (
    *(case(f"yes-{number}", question, ["plan/14"]) for number, question in enumerate(["海外仓面积要多大"] * 6)),
    *(case(f"no-{n}", "海外仓补贴多少钱", refusal=Refusal.NOT_STATED) for n in range(6)),
    *(case(f"out-{n}", "今天天气怎么样", refusal=Refusal.OUT_OF_SCOPE) for n in range(6)),
    case("none", "第九十九条讲什么", refusal=Refusal.NONEXISTENT),
)  # fmt: skip


@pytest.fixture
def small(index_settings: Settings, tmp_path: Path) -> Settings:
    """The corpus with two files of two questions each, and a model of two words."""
    corpus = Path(shutil.copytree(index_settings.corpus_dir, tmp_path / "corpus"))
    for file in sorted((corpus / "questions").iterdir()):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
        file.unlink()
        if file.stem in ("business", "offices"):
            file.write_text("".join(lines), encoding="utf-8")
    model = small_model(tmp_path / "model", "海外仓", "企业")
    return Settings(corpus_dir=corpus, index_dir=tmp_path / "index", embedding_model=str(model))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The splits that are asked for; :data:`CASES` are given."""
    splits_asked: list[Sequence[str]] = []

    def few(*, splits: Sequence[str]) -> tuple[Case, ...]:
        splits_asked.append(splits)
        return CASES

    monkeypatch.setattr(door, "read_cases", few)
    return splits_asked


def example(judgement: Judgement, *tokens: str, **figures: float) -> Example:
    """An example with these tokens and figures and no others."""
    values = tuple(figures.get(name, 0.0) for name in FIGURES)
    return Example(Features(values, frozenset(tokens), frozenset(tokens)), judgement)


def by_tokens(count: int = 300) -> list[Example]:
    """A sign for each judgement, and a token in all that says nothing."""
    judgements = list(Judgement)
    return [example(judgements[n % 3], SIGNS[judgements[n % 3]], "的") for n in range(count)]


def by_coverage(count: int = 300) -> list[Example]:
    """Answered above a coverage of one half, out of scope below, and not stated what is missing; the rest is noise."""
    random = np.random.default_rng(0)
    found: list[Example] = []
    for number, (coverage, length) in enumerate(random.random((count, 2))):
        missing = float(number % 3 == 0)
        judgement = NOT_STATED if missing else ANSWERED if coverage > 0.5 else OUT_OF_SCOPE
        found.append(example(judgement, "的", coverage=coverage, missing=missing, length=length))
    return found


def test_only_questions_that_are_judged_teach(service: Service) -> None:
    judged = ["海外仓面积要多大", "外管局有哪些任务"]
    others = ["第三条讲什么", "哪些任务提到“独立站”", "市文旅局有哪些任务", "你好"]
    found = list(examples(service, [(question, (), ANSWERED) for question in (*judged, *others)]))
    assert {example.judgement for example in found} == {ANSWERED}
    assert [example.features for example in found] == [
        service.verdict_features(*service.search(question)) for question in judged
    ]


def test_a_question_is_read_after_its_history(service: Service) -> None:
    (alone,) = examples(service, [("面积呢", (), ANSWERED)])
    (after,) = examples(service, [("面积呢", ("海外仓企业要培育多少家",), ANSWERED)])
    place = FIGURES.index("context")
    assert (alone.features.figures[place], after.features.figures[place]) == (0, 1)


def test_training_cases_become_examples_of_what_they_deserve(service: Service, asked: list[Sequence[str]]) -> None:
    assert [example.judgement for example in of_cases(service)] == [ANSWERED] * 6 + [NOT_STATED] * 6 + [
        OUT_OF_SCOPE
    ] * 6
    assert asked == [[TRAIN]]  # never the half that is reported as unseen


def test_expected_questions_are_judged_by_an_index_that_does_not_know_them(small: Settings) -> None:
    """Their similarity to themselves would be 1."""
    questions = [path.read_text(encoding="utf-8") for path in (small.corpus_dir / "questions").iterdir()]
    known = small_service(small)
    itself = json.loads(questions[0].splitlines()[0])["question"]
    (own,) = examples(known, [(itself, (), ANSWERED)])
    known.close()
    found = list(of_corpus(small))
    assert 0 < len(found) <= 4
    assert {example.judgement for example in found} == {ANSWERED}
    similarity = FIGURES.index("similarity")
    assert own.features.figures[similarity] == pytest.approx(1.0, abs=1e-3)
    assert max(example.features.figures[similarity] for example in found) < 0.99
    assert [path.read_text(encoding="utf-8") for path in (small.corpus_dir / "questions").iterdir()] == questions


def small_service(settings: Settings) -> Service:
    build(settings)
    return Service(settings)


def right(model: VerdictModel, found: Sequence[Example]) -> float:
    """Share of examples whose likeliest judgement is the right one."""
    judged = [(model.probabilities(each.features), each.judgement) for each in found]
    return sum(max(shares, key=lambda one: shares[one]) is judgement for shares, judgement in judged) / len(judged)


@pytest.mark.parametrize("found", [by_tokens(), by_coverage()], ids=["by tokens", "by figures"])
def test_the_model_finds_what_tells(found: list[Example]) -> None:
    assert right(fit(found), found) > 0.95


def test_training_repeats() -> None:
    one, other = fit(by_coverage(60)), fit(by_coverage(60))
    assert (one.shape, one.pieces) == (other.shape, other.pieces)
    assert np.array_equal(one.network.hidden[0], other.network.hidden[0])


def test_tokens_seen_less_than_three_times_are_left_out() -> None:
    seldom, often = (example(ANSWERED, name) for name in ("rare", "usual"))
    model = fit([*by_tokens(60), *[seldom] * 2, *[often] * 3])
    assert set(model.shape.tokens) == set(model.pieces.tokens) == {*SIGNS.values(), "的", "usual"}


def test_a_figure_that_never_changes_is_left_as_it_is() -> None:
    assert set(fit(by_tokens(60)).network.spread) == {1.0}


def test_figures_are_shares_of_each_judgement_that_is_refused() -> None:
    figures = cross_validated(by_tokens())
    assert set(figures) == {"0.2", "0.3", "0.4", "0.5", "0.6"}
    assert figures["0.5"] == {"answered": 0.0, "not_stated": 1.0, "out_of_scope": 1.0}


def test_figures_are_of_questions_that_the_model_has_not_seen() -> None:
    """Tokens 0–3 mean answered, but each fold's are in no other fold: what is left is that 3 or 4 of 8 are."""
    meant = [ANSWERED] * 4 + [NOT_STATED] * 3 + [OUT_OF_SCOPE] * 3
    figures = cross_validated([example(meant[n % 10], f"own {n % 10}") for n in range(300)])
    assert figures["0.6"]["answered"] > 0.5


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    """To four decimals."""
    model, path = fit(by_coverage(60)), tmp_path / "a" / "verdict.json"
    write_model(model, path, {"examples": {"answered": 7}})
    again = VerdictModel.read(path)
    assert (again.shape, again.pieces) == (model.shape, model.pieces)
    was, now = model.network, again.network
    for one, other in ((was.mean, now.mean), (was.spread, now.spread), (was.hidden[0], now.hidden[0])):
        assert np.allclose(one, other, atol=5.1e-5)
    assert json.loads(path.read_text(encoding="utf-8"))["examples"] == {"answered": 7}


def test_an_untrained_model_takes_everything_for_answered() -> None:
    for each in (*by_coverage(9), *by_tokens(9)):
        assert VerdictModel.untrained().probabilities(each.features)[ANSWERED] > 0.99


@pytest.mark.usefixtures("asked")
def test_training_writes_the_model(small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_DIR", str(small.corpus_dir))
    monkeypatch.setenv("INDEX_DIR", str(small.index_dir))
    monkeypatch.setenv("EMBEDDING_MODEL", small.embedding_model)
    out = tmp_path / "models" / "verdict.json"
    monkeypatch.setattr(sys, "argv", ["train.verdict", "--out", str(out)])
    door.main()
    record = json.loads(out.read_text(encoding="utf-8"))
    assert right(VerdictModel.read(out), list(of_cases(Service(small)))) == 1.0
    assert (record["examples"]["not_stated"], record["examples"]["out_of_scope"]) == (6, 6)
    assert record["examples"]["answered"] > 6
    assert set(record["refused by limit"]["0.5"]) == set(Judgement)
