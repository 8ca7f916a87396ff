"""What the evaluation tab shows, as HTML: the file that was read, how far a run is, and its results.

Pure functions from records to strings. Whatever they print passes :func:`web.escape.escaped`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from web.escape import escaped
from web.evaluation_runs import Stage, Status
from web.evaluation_upload import Upload

if TYPE_CHECKING:
    from eval.compare import MetricChange
    from eval.report import Failure, Table
    from eval.run import Run
    from index.records import PolicyUnit

SHOWN_PROBLEMS = 50
SHOWN_QUESTIONS = 3
CHANCE = 0.05

HEADLINES = {
    "citation_f1": "引用的条目",
    "agency_f1": "责任单位",
    "facts": "关键事实",
    "grounded": "有据可查",
    "false_refusal": "误拒",
    "false_answer": "误答",
}
_MEANINGS = {
    "citation_f1": "引到的与应引的条目相符的程度（F1）",
    "agency_f1": "说到的与应说的单位相符的程度（F1）",
    "facts": "应说的数字、日期、名称说到了多少",
    "grounded": "回答里的话有多少能由所引原文证实",
    "false_refusal": "有答案却拒答的题，越少越好",
    "false_answer": "文件里没有却作答的题，越少越好",
}


def upload_html(upload: Upload) -> str:
    """What was read of an uploaded file, with every row that can't be used and what to do about it."""
    name = f"<b>{escaped(upload.name)}</b>"
    if upload.refused:
        return f'<div class="note bad" role="alert"><p>{name}：{escaped(upload.refused)}。</p></div>'
    told = [f"<p>{name}：读到 {len(upload.cases)} 道可以评测的题。</p>"]
    if upload.cases:
        first = "".join(f"<li>{escaped(case.question[:60])}</li>" for case in upload.cases[:SHOWN_QUESTIONS])
        more = f"<li>……共 {len(upload.cases)} 道</li>" if len(upload.cases) > SHOWN_QUESTIONS else ""
        told.append(f'<ul class="first">{first}{more}</ul>')
    if upload.unmeasured:
        told.append(f"<p>其中 {upload.unmeasured} 道没有可对照的条目、数字或单位，只看有没有作答。</p>")
    if upload.problems:
        rows = "".join(
            f"<tr><td>第 {row} 行</td><td>{escaped(reason)}</td></tr>"
            for row, reason in upload.problems[:SHOWN_PROBLEMS]
        )
        rest = len(upload.problems) - SHOWN_PROBLEMS
        more = f"<p>另有 {rest} 行未列出。</p>" if rest > 0 else ""
        told.append(
            f"<p>有 {len(upload.problems)} 行用不上，不计入评测；改好后可重新上传：</p>"
            f'<div class="wide"><table><tbody>{rows}</tbody></table></div>{more}'
        )
    kind = "note warn" if upload.problems or not upload.cases else "note good"
    return f'<div class="{kind}" role="status">{"".join(told)}</div>'


def progress_html(status: Status) -> str:
    """How far an evaluation is, in words and as a bar; empty once it is done."""
    title = escaped(status.title)
    if status.stage is Stage.WAITING:
        place = f"前面还有 {status.ahead} 项评测，轮到后自动开始" if status.ahead else "马上开始"
        return f'<p class="going" role="status">排队中：{place}。（{title}，{status.total} 题）</p>'
    if status.stage is Stage.FAILED:
        return (
            f'<div class="note bad" role="alert"><p>没有评完（停在第 {status.done} 题）：{escaped(status.words)}。'
            "可以点“继续评测”再试；仍不行请查看服务日志。</p></div>"
        )
    if status.stage is Stage.DONE:
        return ""
    bar = f'<progress max="{status.total}" value="{status.done}" aria-label="评测进度"></progress>'
    if status.stage is Stage.STOPPED:
        words = f"已停止：{title}，问了 {status.done} / {status.total} 题。点“继续评测”从这里接着问。"
    elif status.done == status.total:
        words = f"{title}：{status.total} 题都问完了，正在统计、写报告……"
    else:
        words = f"{title}：已问 {status.done} / {status.total} 题"
    return f'<div class="going" role="status"><p>{words}</p>{bar}</div>'


def results_html(status: Status, units: Mapping[str, PolicyUnit]) -> str:
    """A finished run: headline figures, what changed, charts, tables and every case that is not right."""
    from eval.charts import NARROW
    from eval.report import failures_of, tables_of
    from eval.report_html import kinds_chart, problems_chart

    run = status.run
    if run is None:
        return ""
    tables = {table.title: table for table in tables_of(run, units)}
    failures = failures_of(run, units)
    charts = f"<figure><figcaption>错在哪里</figcaption>{problems_chart(run, NARROW)}</figure>" if failures else ""
    return "".join(
        (
            '<div class="results">',
            _headline(status.title, run),
            _compared(status.before, run),
            f'<div class="charts"><figure><figcaption>各题型全对的比例</figcaption>{kinds_chart(run, NARROW)}'
            f"</figure>{charts}</div>",
            _table(tables["按题型"], "按题型"),
            _failures(failures, len(run.cases)),
            f"<details><summary>全部指标与算法</summary>{_table(tables['总体指标'])}</details>",
            "</div>",
        )
    )


def _headline(title: str, run: Run) -> str:
    from eval.run import PRODUCT

    metrics = run.summaries[PRODUCT]["all"]["metrics"]
    right = sum(grade.right for grade in run.grades[PRODUCT])
    tiles = "".join(
        f'<div class="tile"><dt>{name}</dt><dd><b>{_percent(metrics[key])}</b>{_between(metrics[key])}'
        f"<small>{_MEANINGS[key]}</small></dd></div>"
        for key, name in HEADLINES.items()
        if key in metrics
    )
    return (
        f"<h3>{escaped(title)}：{len(run.cases)} 题中 {right} 题全对</h3>"
        f'<dl class="tiles"><div class="tile first"><dt>全对</dt><dd><b>{_percent(metrics["right"])}</b>'
        f"{_between(metrics['right'])}<small>该答的答对、引对、说全，该拒的拒对</small></dd></div>{tiles}</dl>"
        "<p class='how'>“可能范围”是 95% 置信区间：换一批同样的题来考，成绩大多会落在这个范围里。题越少，范围越宽。</p>"
    )


def _percent(cell: Mapping[str, Any]) -> str:
    return f"{cell['value']:.1%}"


def _between(cell: Mapping[str, Any]) -> str:
    return f'<span class="between">可能范围 {cell["low"]:.1%}–{cell["high"]:.1%}，{cell["n"]} 题</span>'


def _compared(before: Run | None, run: Run) -> str:
    """What changed since the last run with the same questions."""
    from eval.compare import compare
    from eval.report import METRIC_NAMES

    if before is None:
        return (
            '<section><h4>与上次相比</h4><p class="how">还没有可比的上次评测：同样的题再评一次，这里会列出变化。</p>'
            "</section>"
        )
    found = compare(before, run)
    rows = "".join(
        f"<tr><th>{METRIC_NAMES[item.name]}</th><td>{item.before:.1%}</td><td>{item.after:.1%}</td>"
        f"<td>{100 * (item.after - item.before):+.1f}</td><td>{item.better}</td><td>{item.worse}</td>"
        f"<td>{_certainty(item)}</td></tr>"
        for item in found.metrics
        if item.name in ("right", *HEADLINES)
    )
    changes = "".join(
        f'<li><span class="tag {"good" if change.better else "bad"}">{"改对了" if change.better else "变错了"}</span>'
        f"{escaped(change.question)}</li>"
        for change in found.changes
    )
    listed = f'<ul class="changes">{changes}</ul>' if changes else '<p class="how">每一题的对错都与上次相同。</p>'
    head = "".join(
        f"<th>{name}</th>" for name in ("指标", "上次", "这次", "变化（百分点）", "变好的题", "变差的题", "把握")
    )
    return (
        f"<section><h4>与上次相比（{len(before.cases)} 道相同的题）</h4>"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{listed}</section>'
    )


def _certainty(item: MetricChange) -> str:
    if not item.better and not item.worse:
        return "没有变化"
    return "多半不是偶然" if item.p < CHANCE else "可能只是偶然"


def _table(table: Table, title: str = "") -> str:
    head = "".join(f"<th>{escaped(cell)}</th>" for cell in table.head)
    rows = "".join(
        "<tr>" + "".join(f"<{tag}>{escaped(cell)}</{tag}>" for tag, cell in _tagged(row)) + "</tr>"
        for row in table.rows
    )
    note = f'<p class="how">{escaped(table.note)}</p>' if table.note else ""
    return (
        f"<section>{f'<h4>{title}</h4>' if title else ''}"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}</section>'
    )


def _tagged(row: Sequence[str]) -> list[tuple[str, str]]:
    return [("td" if place else "th", cell) for place, cell in enumerate(row)]


def _failures(failures: Sequence[Failure], total: int) -> str:
    if not failures:
        return f'<section><h4>没有全对的题</h4><p class="how">没有：{total} 题全对。</p></section>'
    listed = "".join(_failure(failure) for failure in failures)
    return f"<section><h4>没有全对的题（{len(failures)} / {total}）</h4>{listed}</section>"


def _failure(failure: Failure) -> str:
    fields = (
        ("前面问的", "\n".join(failure.history)),
        ("应当是", "\n".join(failure.expected)),
        ("实际是", "\n".join(failure.got)),
        ("回答全文", failure.answer.replace("**", "")),
        ("说明", failure.note),
    )
    listed = "".join(f"<dt>{name}</dt><dd>{escaped(value)}</dd>" for name, value in fields if value)
    return (
        f'<details class="failure"><summary><span class="tag bad">{escaped(failure.problem)}</span>'
        f'{escaped(failure.question)}<span class="id">{escaped(failure.id)} · {escaped(failure.kind)}</span></summary>'
        f"<dl>{listed}</dl></details>"
    )
