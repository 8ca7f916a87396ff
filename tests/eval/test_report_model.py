"""Tables on the chat model: the run's own figures, side by side."""

from __future__ import annotations

from dataclasses import replace

from eval.grade import Grader
from eval.report_model import generations, model_compared, model_tables
from eval.run import PRODUCT, WITH_MODEL, Run, run
from index.chat_stream import Tokens
from index.failure import Failure
from index.records import Answer, Document, Generated, PolicyUnit
from tests.eval.perfect import CASES, Perfect, refuse


def told(given: Answer) -> Answer:
    """Two answers are the model's, of which one is a wrong refusal."""
    if given.question == CASES[0].question:
        return replace(given, generation=Generated("m", 2, 0, 0, Tokens(90, 10), 250.0, None))
    if given.question == CASES[1].question:
        return replace(refuse(given), generation=Generated("m", 0, 1, 0, Tokens(), None, Failure.TIMEOUT))
    return given


def both(grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> Run:
    systems = {
        PRODUCT: lambda: Perfect(CASES, units, documents),
        WITH_MODEL: lambda: Perfect(CASES, units, documents, told),
    }
    return run("both", CASES, systems, grader, {"fingerprint": "f"})


def test_a_run_without_a_model_has_no_such_tables(small_run: Run) -> None:
    assert (model_tables(small_run), generations(small_run), model_compared(small_run)) == ((), {}, None)


def test_every_figure_stands_in_a_table(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    metrics, changes, writing = model_tables(both(grader, units, documents))
    right = next(row for row in metrics.rows if row[0] == "全对")
    assert right == ("全对", "100.0%", "83.3%", "6", "0", "1", "1.000")  # 5 of 6
    assert [row[:3] for row in changes.rows] == [("body", CASES[1].question, "变差")]
    assert writing.head == ("", WITH_MODEL)
    assert {row[0]: row[1] for row in writing.rows} == {
        "回答": "6",
        "请大模型写的": "2",
        "由大模型写完的": "1（占全部回答 16.7%）",
        "大模型起头、原文补全的": "0",
        "核对通过而显示的句子": "2",
        "其中改过一次的": "0",
        "没有显示的句子": "1",
        "token（提示 + 回复）": "100（90 + 10）",
        "每个回答的 token": "100.0",
        "首句核对通过的用时（毫秒，p50 / p95）": "250.0 / 250.0",
        "改用原文：语言模型没有在限定时间内答完": "1",
    }
