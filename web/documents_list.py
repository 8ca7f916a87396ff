"""The list of the documents, as HTML: what each is, how it was read, and how often it holds the words looked for.

Pure functions from records to strings. Whatever they print passes :func:`web.escape.escaped`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from index.published import Published
from index.text import normalise
from web import remarks
from web.escape import escaped
from web.links import to_document
from web.sources import Sources

MOST = 100  # documents that are listed; of more, a filter finds the one that is wanted

_HEADS = ("文件", "地区", "日期", "版次", "措施", "收录核对")


def listed(library: Sequence[Published], sources: Sources, typed: str = "") -> str:
    """The documents whose title, region, issuer, number or year holds every word of ``typed``."""
    words = normalise(typed).split()
    found = [published for published in library if all(word in _facts(published) for word in words)]
    measures = Counter(unit.document for unit in sources.units.values())
    rows = "".join(_row(published, measures[published.document.slug]) for published in found[:MOST])
    if not rows:
        return f'<p role="status">没有标题、地区、文号、年份含“{escaped(typed.strip())}”的文件。</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    more = f"，这里列出前 {MOST} 份，请输入标题、地区或年份筛选" if len(found) > MOST else ""
    return (
        f'<div class="catalogue"><p role="status">共 {len(found)} 份文件{more}</p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def hits_html(library: Sequence[Published], counts: Mapping[str, int], typed: str) -> str:
    """The documents that hold the words looked for, most hits first, each leading to its hits."""
    held = sorted((one for one in library if counts.get(one.document.slug)), key=lambda one: -counts[one.document.slug])
    rows = "".join(
        f'<tr><td><a href="{escaped(to_document(one.document.slug, typed))}">{escaped(one.document.title)}</a></td>'
        f"<td>{escaped(one.document.region or '全国')}</td><td>{counts[one.document.slug]} 处</td></tr>"
        for one in held[:MOST]
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("文件", "地区", "找到"))
    more = f"，这里列出最多的 {MOST} 份" if len(held) > MOST else ""
    return (
        f'<div class="catalogue"><p><a href="{escaped(to_document(""))}">← 全部文件</a></p>'
        f"<p>{len(held)} 份文件里有“{escaped(typed)}”{more}。点标题看文中的位置。</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(published: Published, measures: int) -> str:
    document = published.document
    state = "bad" if published.problems else "good"
    facts = (document.date or "—", f"第 {document.version} 版", f"{measures} 项")
    cells = "".join(f"<td>{escaped(fact)}</td>" for fact in (document.region or "全国", *facts))
    return (
        f'<tr><td><a href="{escaped(to_document(document.slug))}">{escaped(document.title)}</a></td>{cells}'
        f'<td class="{state}">{escaped(remarks.verdict(published.remarks))}</td></tr>'
    )


def _facts(published: Published) -> str:
    document = published.document
    facts = (document.title, document.short_title, document.region, document.issuer, document.number, document.date)
    return normalise(" ".join(filter(None, facts)))
