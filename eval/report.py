"""What a report says of a run, before it is Markdown or HTML: tables, confusions and failures, in Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cases import KINDS, Case
from eval.grade import METRICS, PROBLEMS, Grade
from eval.run import PRODUCT, Run, latency_summary
from eval.system import Attempt
from index.records import PolicyUnit, Refusal

METRIC_NAMES = {
    "right": "全对",
    "citation_precision": "引用精确率",
    "citation_recall": "引用召回率",
    "citation_f1": "引用 F1",
    "citation_exact": "引用完全一致",
    "measure_exact": "条号完全一致",
    "labels_exact": "条号与单位照录",
    "list_completeness": "清单完整度",
    "agency_precision": "责任单位精确率",
    "agency_recall": "责任单位召回率",
    "agency_f1": "责任单位 F1",
    "bodies_complete": "责任单位列全",
    "facts": "关键事实",
    "refusal_kind": "拒答类型正确",
    "false_refusal": "误拒（越低越好）",
    "false_answer": "误答（越低越好）",
    "grounded": "有据",
    "hit@1": "检索首位命中",
    "recall@3": "检索召回@3",
    "recall@5": "检索召回@5",
    "recall@10": "检索召回@10",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "error": "程序出错（越低越好）",
}
METRIC_FORMULAS = {
    "right": "该答的答了、该拒的以正确类型拒了，该引的都引、不该引的没引，关键事实与责任单位齐全",
    "citation_precision": "引用中属于应引或可引的条目 / 引用的条目",
    "citation_recall": "引到的应引条目 / 应引条目",
    "citation_f1": "精确率与召回率的调和平均",
    "citation_exact": "应引的都引到，且没有应引、可引之外的",
    "measure_exact": "同上，但只看条号：同一条的各行不加区分",
    "labels_exact": "引用所示文件、条号、序号、单位与原文一致的比例",
    "list_completeness": "引到且在正文列出的应引条目 / 应引条目（应引不止一条的题）",
    "agency_precision": "说到的单位中属于应引条目的 / 说到的单位",
    "agency_recall": "说到的应说单位 / 应说单位",
    "agency_f1": "两者的调和平均",
    "bodies_complete": "正文说到的所引条目的单位 / 所引条目的全部单位",
    "facts": "说到的关键事实 / 关键事实；数字、日期按值比较",
    "refusal_kind": "以正确类型拒答的题 / 应拒答的题",
    "false_refusal": "拒答的题 / 有答案的题",
    "false_answer": "回答的题 / 应拒答的题",
    "grounded": "能由引用证实的陈述 / 回答中的陈述；误拒的题按 0 计",
    "hit@1": "检索排第一的是应引条目",
    "recall@3": "前 3 位中的应引条目 / 应引条目",
    "recall@5": "前 5 位，同上",
    "recall@10": "前 10 位，同上",
    "mrr": "1 / 首个应引条目的名次",
    "ndcg@10": "前 10 位的折损增益 / 理想排序的折损增益",
    "error": "出现异常而没有回答的题 / 全部题",
}
PROBLEM_NAMES = {
    "error": "程序出错",
    "false_refusal": "不该拒答而拒答",
    "false_answer": "不该回答而回答",
    "wrong_refusal": "拒答类型不对",
    "missing_unit": "漏引条目",
    "stray_unit": "多引条目",
    "missing_agency": "漏说责任单位",
    "missing_fact": "漏说关键事实",
}
KIND_NAMES = {
    "fact": "内容",
    "colloquial": "口语",
    "numeric": "数字目标",
    "agency": "谁负责",
    "agency_reverse": "单位的任务",
    "joint": "多单位",
    "number_lookup": "按编号查",
    "list": "清单",
    "cross_doc": "跨文件",
    "followup": "追问",
    "multi_hop": "多步",
    "fine_grained": "相近条目",
    "false_premise": "错误前提",
    "out_of_scope": "范围之外",
    "not_stated": "未写明",
    "nonexistent": "不存在",
    "typo": "错别字",
    "traditional": "繁体",
    "english": "英文",
    "injection": "指令注入",
    "own": "自备",
}
_ASKERS = {"enterprise": "企业", "official": "政府部门", "evaluator": "评测者"}
_REFUSALS = {
    Refusal.OUT_OF_SCOPE: "拒答：不在范围内",
    Refusal.NOT_STATED: "拒答：文件没有写明",
    Refusal.NONEXISTENT: "拒答：没有这个编号或单位",
}
_CONSIDERED = 5
_CONFUSIONS = 30


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title and the note that goes under it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that is not right: what was asked, expected, got, and what the system considered."""

    id: str
    kind: str
    problem: str
    history: tuple[str, ...]
    question: str
    expected: tuple[str, ...]
    got: tuple[str, ...]
    answer: str
    considered: tuple[str, ...]
    note: str


def failures_of(run: Run, units: Mapping[str, PolicyUnit], system: str = PRODUCT) -> tuple[Failure, ...]:
    """Every case that is not right, in order."""
    return tuple(
        Failure(
            id=case.id,
            kind=KIND_NAMES.get(case.kind, case.kind),
            problem=PROBLEM_NAMES[grade.problem],
            history=case.history,
            question=case.question,
            expected=_expected(case, units),
            got=_got(grade, found, units),
            answer=found.answer.answer if found.answer else "",
            considered=tuple(_label(unit_id, units) for unit_id in found.ranking[:_CONSIDERED]),
            note=case.note or case.reference,
        )
        for case, grade, found in zip(run.cases, run.grades[system], run.attempts[system], strict=True)
        if not grade.right
    )


def _expected(case: Case, units: Mapping[str, PolicyUnit]) -> tuple[str, ...]:
    lines = [_label(unit_id, units) for unit_id in case.gold]
    if not case.answerable:
        lines.append(_REFUSALS[case.refusal] if case.refusal else "拒答")
    if case.also_ok:
        lines.append("也可引用：" + "；".join(_label(unit_id, units) for unit_id in case.also_ok))
    if case.agencies:
        lines.append("责任单位：" + "、".join(case.agencies))
    if case.facts:
        lines.append("关键事实：" + "、".join(map(str, case.facts)))
    return tuple(lines)


def _got(grade: Grade, found: Attempt, units: Mapping[str, PolicyUnit]) -> tuple[str, ...]:
    if found.answer is None:
        return (found.error,)
    lines = [_label(unit_id, units) for unit_id in grade.cited]
    if not found.answer.answered:
        lines.append(_REFUSALS[found.answer.refusal] if found.answer.refusal else "拒答")
    if grade.missing_agencies:
        lines.append("没有说到的单位：" + "、".join(grade.missing_agencies))
    if grade.missing_facts:
        lines.append("没有说到的事实：" + "、".join(grade.missing_facts))
    lines += (f"无据：{statement}" for statement in grade.unsupported)
    return tuple(lines)


def _label(unit_id: str, units: Mapping[str, PolicyUnit]) -> str:
    return units[unit_id].label if unit_id in units else unit_id


def tables_of(run: Run, units: Mapping[str, PolicyUnit]) -> tuple[Table, ...]:
    """All tables of a report but those with times, in reading order."""
    summary = run.summaries[PRODUCT]
    splits = [name for name in summary if name.startswith("split=") and " " not in name]
    found = [
        Table(
            "总体指标",
            ("指标", *(name.removeprefix("split=") for name in splits), "算法"),
            tuple(
                (
                    METRIC_NAMES[name],
                    *(interval(summary[split]["metrics"].get(name)) for split in splits),
                    METRIC_FORMULAS[name],
                )
                for name in METRICS
                if any(name in summary[split]["metrics"] for split in splits)
            ),
            "方括号内是按题目重抽样得到的 95% 置信区间；圆括号内是适用该指标的题数，出错的题计入并按 0 分算。",
        ),
        _grouped("按题型", "kind", KIND_NAMES, KINDS, summary),
        _grouped("按提问者", "asker", _ASKERS, tuple(_ASKERS), summary),
        _grouped("按依据文件", "document", {"none": "（应拒答）"}, (), summary),
    ]
    if len(run.summaries) > 1:
        found.append(_systems(run, splits))
    problems = summary["all"]["problems"]
    found.append(
        Table(
            "错误类型",
            ("类型", "题数"),
            tuple((PROBLEM_NAMES[name], str(problems[name])) for name in PROBLEMS if name in problems),
            "一道题只记第一个问题，次序如上。",
        )
    )
    found.append(
        Table(
            "引用混淆：该引的与实际引的",
            ("该引而没引", "引了而不该引", "题数"),
            tuple((_label(a, units), _label(b, units), str(count)) for (a, b), count in confusions(run)),
        )
    )
    return tuple(found)


def confusions(run: Run, system: str = PRODUCT) -> list[tuple[tuple[str, str], int]]:
    """Pairs of a gold unit that is missing and a unit cited instead, most frequent first."""
    pairs = Counter(
        (missing, stray)
        for grade in run.grades[system]
        for missing in grade.missing_units
        for stray in grade.stray_units
    )
    return sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_CONFUSIONS]


def latency_table(run: Run) -> Table:
    """Latency by system; the one table that differs between two runs of the same tree."""
    rows = []
    for system in run.attempts:
        found = latency_summary(run.latencies(system))
        if found:
            rows.append((system, *(f"{found[name]:.1f}" for name in ("p50", "p95", "max"))))
    return Table("回答用时（毫秒）", ("系统", "p50", "p95", "最长"), tuple(rows))


def provenance_table(run: Run) -> Table:
    """What the run was made with."""
    commit = run.facts.get("commit")
    model = run.facts.get("model", {})
    rows = [
        ("题数", str(len(run.cases))),
        ("提交", f"{commit['id'][:12]}{'（有未提交的改动）' if commit['changed'] else ''}" if commit else "（无）"),
        ("代码", str(run.facts.get("code", ""))[:16]),
        ("向量模型", f"{model.get('name', '')} {str(model.get('sha256') or '')[:16]}"),
        *((("大模型", chat),) if (chat := run.facts.get("settings", {}).get("chat_model")) else ()),
        *((f"语料 {name}", value[:16]) for name, value in run.facts.get("corpus", {}).items()),
        ("版本", "，".join(f"{name} {value}" for name, value in run.facts.get("versions", {}).items())),
    ]
    return Table("出处", ("项目", "值"), tuple(rows))


def _grouped(
    title: str, field: str, names: Mapping[str, str], order: Sequence[str], summary: Mapping[str, Any]
) -> Table:
    members = [name.removeprefix(f"{field}=") for name in summary if name.startswith(f"{field}=")]
    members.sort(key=lambda member: (order.index(member) if member in order else len(order), member))
    columns = ("right", "citation_f1", "agency_f1", "facts", "grounded")
    return Table(
        title,
        ("", "题数", *(METRIC_NAMES[name] for name in columns)),
        tuple(
            (
                names.get(member, member),
                str(summary[f"{field}={member}"]["cases"]),
                interval(summary[f"{field}={member}"]["metrics"]["right"], counted=False),
                *(percent(summary[f"{field}={member}"]["metrics"].get(name)) for name in columns[1:]),
            )
            for member in members
        ),
    )


def _systems(run: Run, splits: Sequence[str]) -> Table:
    columns = ("right", "citation_f1", "citation_recall", "agency_recall", "facts", "false_answer", "hit@1", "recall@5")
    return Table(
        "与基线比较",
        ("系统", "题集", *(METRIC_NAMES[name] for name in columns)),
        tuple(
            (
                system,
                split.removeprefix("split="),
                *(percent(summary[split]["metrics"].get(name)) for name in columns),
            )
            for system, summary in run.summaries.items()
            for split in splits
        ),
        "基线从不拒答；教程系统引用的是每个片段中占一半以上的条目。",
    )


def percent(cell: Mapping[str, Any] | None) -> str:
    """``93.8%``; empty where the metric doesn't apply."""
    return f"{cell['value']:.1%}" if cell else ""


def interval(cell: Mapping[str, Any] | None, *, counted: bool = True) -> str:
    """``93.8% [90.6%, 96.5%] (n)``."""
    if not cell:
        return ""
    return f"{cell['value']:.1%} [{cell['low']:.1%}, {cell['high']:.1%}]" + (f" ({cell['n']})" if counted else "")
