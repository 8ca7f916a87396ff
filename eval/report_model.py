"""What a report says of the chat model: how much it wrote and at what cost, and what it changed, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from eval.compare import Comparison, compare
from eval.generation import Generation, generation_of
from eval.report import METRIC_NAMES, Table
from eval.run import PRODUCT, WITH_MODEL, Run
from index.failure import Failure


def generations(run: Run) -> dict[str, Generation]:
    """By system, for those that asked a chat model."""
    return {name: found for name, attempts in run.attempts.items() if (found := generation_of(attempts))}


def model_compared(run: Run) -> Comparison | None:
    """The product without and with the chat model over the same cases; ``None`` when the run doesn't hold both."""
    if WITH_MODEL not in run.grades:
        return None
    return compare(run, replace(run, grades={PRODUCT: run.grades[WITH_MODEL]}))


def model_tables(run: Run) -> tuple[Table, ...]:
    """Tables on the chat model; none for a run that asked none."""
    tables: list[Table] = []
    if compared := model_compared(run):
        tables += [_metrics(compared), _changes(compared)]
    if made := generations(run):
        tables.append(_writing(made))
    return tuple(tables)


def _metrics(compared: Comparison) -> Table:
    return Table(
        "不用与使用大模型",
        ("指标", "不用", "使用", "题数", "变好", "变差", "p"),
        tuple(
            (
                METRIC_NAMES[item.name],
                f"{item.before:.1%}",
                f"{item.after:.1%}",
                *map(str, (item.cases, item.better, item.worse)),
                f"{item.p:.3f}",
            )
            for item in compared.metrics
        ),
        "同样的题，各答一次。p 是差别出于偶然的可能：全对率用符号检验，其余用配对置换检验。",
    )


def _changes(compared: Comparison) -> Table:
    return Table(
        "用了大模型后对错改变的题",
        ("题", "问", "变化", "不用", "使用"),
        tuple(
            (item.id, item.question, "变好" if item.better else "变差", item.before, item.after)
            for item in compared.changes
        ),
    )


def _writing(made: Mapping[str, Generation]) -> Table:
    failures = dict.fromkeys(reason for each in made.values() for reason in each.failures)
    rows = {
        "回答": [str(each.answers) for each in made.values()],
        "请大模型写的": [str(each.asked) for each in made.values()],
        "由大模型写完的": [f"{each.written}（占全部回答 {each.share_written:.1%}）" for each in made.values()],
        "大模型起头、原文补全的": [str(each.begun) for each in made.values()],
        "核对通过而显示的句子": [str(each.verified) for each in made.values()],
        "其中改过一次的": [str(each.repaired) for each in made.values()],
        "没有显示的句子": [str(each.dropped) for each in made.values()],
        "token（提示 + 回复）": [
            f"{each.tokens}（{each.prompt_tokens} + {each.completion_tokens}）" if each.counted else "服务没有说明"
            for each in made.values()
        ],
        "每个回答的 token": [
            "" if each.tokens_per_answer is None else f"{each.tokens_per_answer:.1f}" for each in made.values()
        ],
        "首句核对通过的用时（毫秒，p50 / p95）": [
            f"{each.first_ms[0]:.1f} / {each.first_ms[1]:.1f}" if each.first_ms else "" for each in made.values()
        ],
        **{
            f"改用原文：{Failure(reason).phrase}": [str(each.failures.get(reason, 0)) for each in made.values()]
            for reason in failures
        },
    }
    return Table(
        "大模型写了多少，用了多少",
        ("", *made),
        tuple((name, *cells) for name, cells in rows.items()),
        "清单、计数和拒答由程序写，不请大模型；每个回答的 token 只算服务说明了用量的回答，包括改写一次的请求。",
    )
