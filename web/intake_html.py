"""Taking documents in, as HTML: how a file would be read, how the work goes on, and what it changed.

Pure functions from records to strings. Whatever they print passes :func:`web.escape.escaped`.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Document, PolicyUnit
from web import remarks
from web.escape import escaped
from web.intake import Checked, Outcome
from web.responsible import in_words

_NOT_SAID = "原文没有写明"
_LONGEST = 120  # characters of a measure in the sample
_LABELS = 10  # measures of a kind that a report names


def checked_html(found: Checked, known: Document | None) -> str:
    """How a file would be taken in: its facts, what was found, and the first measures.

    Args:
        known: the document that it seems to be an edition of, as it stands.
    """
    document = found.document
    facts = (
        ("标题", document.title),
        ("文号", document.number or _NOT_SAID),
        ("日期", document.date or _NOT_SAID),
        ("发文机关", document.issuer or _NOT_SAID),
        ("适用地区", document.region or "全国，或原文没有写明"),
        ("读出措施", f"{found.units} 项，责任单位 {found.bodies} 处，全文 {found.characters:,} 字"),
    )
    listed = "".join(f"<div><dt>{name}</dt><dd>{escaped(value)}</dd></div>" for name, value in facts)
    return (
        f'<section class="checked-file" role="status"><dl class="facts">{listed}</dl>{_advice(found, known)}'
        f"<h4>核对：{escaped(remarks.verdict(found.remarks))}</h4>{remarks.listed(found.remarks) or _SOUND}"
        f"<h4>前 {len(found.sample)} 项措施</h4>{_sample(found.sample, document)}</section>"
    )


_SOUND = "<p>编号连续，没有遗漏，责任分工都已识别。</p>"


def _advice(found: Checked, known: Document | None) -> str:
    if found.errors:
        return '<p class="note bad">文件没有完整读入，不能收录。请按下面的“错误”核对原文，改好后再上传。</p>'
    if known is None:
        return ""
    if found.held:
        return f'<p class="note warn">这份文件已经收录，就是正在使用的{escaped(known.title)}，不需要再收录。</p>'
    return (
        f'<p class="note warn">看来是已收录的{escaped(known.title)}（第 {known.version} 版）的新版本，'
        "建议选“更新”；原来的版本会留存。</p>"
    )


def _sample(units: Sequence[PolicyUnit], document: Document) -> str:
    rows = "".join(
        f"<li><b>{escaped(document.place(unit))}</b>{escaped(_shortened(unit.text))}"
        f"<small>{escaped(in_words(unit) or '没有写明责任单位')}</small></li>"
        for unit in units
    )
    return f'<ol class="sample">{rows}</ol>'


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def going_html(words: str, seconds: int = 0) -> str:
    """That the work goes on."""
    taken = f"，已用 {seconds} 秒" if seconds else ""
    return f'<p class="note" role="status">{escaped(words)}{taken}…</p>'


def done_html(what: str, outcome: Outcome) -> str:
    """What was changed: ``what`` was done, and the measures that came, changed and went."""
    document = outcome.document
    kinds = (("新增", outcome.added), ("修改", outcome.changed), ("删去", outcome.removed))
    counted = [f"{name} {len(labels)} 项" for name, labels in kinds if labels]
    counted += [f"其余 {outcome.kept} 项不变"] if outcome.kept else []
    ready = "现在就可以提问。" if outcome.added or outcome.changed or outcome.kept else ""
    lists = "".join(
        f"<details><summary>{name}的措施</summary><ul>{_labels(labels, document)}</ul></details>"
        for name, labels in kinds
        if labels
    )
    return (
        f'<div class="note good" role="status"><p>{escaped(what)}{escaped(document.title)}：'
        f"{'，'.join(counted) or '措施没有变化'}。{ready}</p>{lists}</div>"
    )


def _labels(labels: Sequence[str], document: Document) -> str:
    rest = f"<li>等 {len(labels)} 项</li>" if len(labels) > _LABELS else ""
    return "".join(f"<li>{escaped(label.removeprefix(document.title))}</li>" for label in labels[:_LABELS]) + rest


def failed_html(words: str) -> str:
    """Why it was not done."""
    return f'<p class="note bad" role="alert">{escaped(words)}</p>'
