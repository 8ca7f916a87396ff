"""The checks of a document's balance: numbers, characters, cells, brackets, bodies, doubled text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from index.agencies import AgencyRegistry
from index.published import Severity
from index.records import Document
from ingest.findings import Finding, at
from ingest.readers.source import Row, Source
from ingest.structure.bodies import is_generic
from ingest.structure.marks import Style
from ingest.structure.responsibility import brackets
from ingest.units import Numbered, Parsed, ParsedUnit, strip_noise

_RESPONSIBLE = re.compile("责任(?:单位|部门)|牵头|配合单位|(?:负责|配合)$")
_OFFICE = re.compile("[省市县区州][一-鿿]{1,10}[局委厅办]")
_LONGEST_BODY = 30  # characters
_LONG_TEXT = 20  # characters from which two units with the same text are worth a note


def identity(document: Document, source: Source) -> Iterator[Finding]:
    """The file is the one that was entered, and prints the title that was."""
    if source.sha256 != document.sha256:
        yield Finding(
            Severity.ERROR,
            "identity",
            f"sha256 is {source.sha256}, sources.jsonl says {document.sha256}; restore the file or correct the entry",
            "文件内容与登记的不一致，请换回原文件或重新登记。",
        )
    if _squash(document.title.strip("《》")) not in _squash(source.text):
        yield Finding(
            Severity.WARNING,
            "identity",
            f"title {document.title!r} is not in the text; correct sources.jsonl",
            f"正文中找不到登记的标题“{document.title}”，请核对标题。",
        )


def numbering(source: Source, parsed: Parsed) -> Iterator[Finding]:
    """The numbers of every level count 1, 2, 3 … under their heading, or over all headings where they run on."""
    for name, found in _levels(parsed.numbers).items():
        yield from _sequence(source, name, found)
    rows = [unit for unit in parsed.units if unit.serial is not None and unit.measure != str(unit.serial)]
    articles = [Numbered("第…条", "", unit.ordinal, unit.start) for unit in rows]
    firsts = {article.numbers[0]: article for article in reversed(articles)}
    numbers = [article.numbers[0] for article in articles]
    if numbers != sorted(numbers):
        yield at(
            source, articles[0].start, Severity.WARNING, "numbering",
            f"第…条 are out of order: {numbers}", "表中“第…条”的次序有颠倒，请核对。",
        )  # fmt: skip
    yield from _sequence(source, "第…条", [firsts[number] for number in dict.fromkeys(numbers)])


def coverage(source: Source, parsed: Parsed) -> Iterator[Finding]:
    """Every character is in one unit or part, and every unit says what the source prints."""
    position = 0
    spans = sorted(
        [(unit.start, unit.end) for unit in parsed.units] + [(part.start, part.end) for part in parsed.parts]
    )
    for start, end in [*spans, (len(source.text), len(source.text))]:
        if start != position:
            missing = start > position
            low, high = sorted((start, position))
            what, said = ("in no part", "没有读入") if missing else ("in two parts", "被读入了两次")
            message = f"characters {low}–{high} are {what}: {source.text[low:high][:40]!r}"
            yield at(source, low, Severity.ERROR, "coverage", message, f"此处有 {high - low} 个字符{said}。")
        position = end
    for unit in parsed.units:
        printed = _squash(strip_noise(source.text[unit.start : unit.end]))
        if Counter(printed) != Counter(_squash(unit.mark + unit.text + "".join(unit.notes))):
            message = f"unit {unit.measure} (序号 {unit.serial}) differs from the source: {printed[:40]!r}"
            yield at(source, unit.start, Severity.ERROR, "coverage", message, f"{unit.measure} 的内容与原文不一致。")


def cells(source: Source, parsed: Parsed) -> Iterator[Finding]:
    """Rows of tables that were not read, and tables that hold no tasks."""
    for row in parsed.unread:
        message = f"a table row has {len(row.cells)} cells and does not fit the columns; not read"
        chinese = f"表格此行有 {len(row.cells)} 格，与表头对不上，未读入。"
        yield at(source, row.start, Severity.WARNING, "cells", message, chinese)
    for rows in _by_table(parsed.apart):
        message = f"a table of {len(rows)} rows names no tasks and bodies; kept as text"
        chinese = f"此处的表格（{len(rows)} 行）不是任务分工表，只作原文保留。"
        yield at(source, rows[0].start, Severity.NOTE, "cells", message, chinese)


def responsibilities(source: Source, parsed: Parsed) -> Iterator[Finding]:
    """Brackets in units that look like responsibilities and weren't read as any, and names that look like no body."""
    for unit in parsed.units:
        for start, inner_end, _ in brackets(unit.text):
            inside = unit.text[start + 1 : inner_end]
            if _RESPONSIBLE.search(inside) and _OFFICE.search(inside):
                message = f"unit {unit.measure}: （{inside[:40]}） looks like a responsibility and was not read as one"
                chinese = f"{unit.measure} 中的“（{inside[:40]}）”像是责任分工，但未能识别。"
                yield at(source, unit.start, Severity.WARNING, "bracket", message, chinese)
        for name in unit.agencies:
            if len(name) > _LONGEST_BODY or re.search("[。：:！？]", name):
                message = f"unit {unit.measure} (序号 {unit.serial}): {name!r} looks like no single body"
                chinese = f"{unit.measure} 的责任单位“{name}”不像一个单位名称，请核对标点。"
                yield at(source, unit.start, Severity.WARNING, "body", message, chinese)


def bodies(document: Document, source: Source, parsed: Parsed, registry: AgencyRegistry) -> Iterator[Finding]:
    """Bodies that the registry doesn't know, each once."""
    seen: set[str] = set()
    for unit in parsed.units:
        for name in unit.agencies:
            if name in seen or is_generic(name) or registry.of_printed(name, document.region) is not None:
                continue
            seen.add(name)
            message = f"unit {unit.measure} (序号 {unit.serial}): {name!r} is not a printed spelling in agencies.tsv"
            yield at(source, unit.start, Severity.NOTE, "body", message, f"新的责任单位：{name}。")


def doubles(source: Source, parsed: Parsed) -> Iterator[Finding]:
    """Units that say what another one says."""
    first: dict[str, ParsedUnit] = {}
    for unit in parsed.units:
        text = _squash(unit.text)
        if len(text) >= _LONG_TEXT and text in first:
            message = f"unit {unit.measure} repeats the text of unit {first[text].measure}"
            chinese = f"{unit.measure} 与 {first[text].measure} 的内容相同。"
            yield at(source, unit.start, Severity.NOTE, "double", message, chinese)
        first.setdefault(text, unit)


def _levels(numbers: Sequence[Numbered]) -> dict[str, list[Numbered]]:
    """Numbers by the level that they count in: under each heading, or over all where a style runs on."""
    groups: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
    for number in numbers:
        prefix = ".".join(map(str, number.numbers[:-1]))
        groups[number.level, f"{number.under} {prefix}".strip()].append(number)
    running = {level for (level, _), found in groups.items() if found[0].numbers[-1] > 1} - {"序号"}
    found: dict[str, list[Numbered]] = defaultdict(list)
    for (level, under), members in groups.items():
        if level in running:
            found["tasks" if level == Style.ARABIC else level].extend(members)
        elif level == "序号":
            found["序号" if len({key for key in groups if key[0] == "序号"}) == 1 else f"{under}序号"].extend(members)
        else:
            found[f"{under.split(' ')[-1] or '全文'} {level}" if level != Style.CHINESE_BRACKETED else under].extend(
                members
            )
    return found


def _sequence(source: Source, name: str, found: Sequence[Numbered]) -> Iterator[Finding]:
    numbers = [one.numbers[-1] for one in found]
    places = {one.numbers[-1]: one.start for one in found}
    doubled = sorted(number for number, count in Counter(numbers).items() if count > 1)
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    said: list[tuple[str, str, int]] = []
    if doubled:
        said.append((f"{name}: doubled {doubled}", f"{name}：编号 {_listed(doubled)} 重复。", places[doubled[0]]))
    if missing:
        behind = min(number for number in numbers if number > missing[0])
        said.append((f"{name}: missing {missing}", f"{name}：缺编号 {_listed(missing)}。", places[behind]))
    if not doubled and not missing and numbers != sorted(numbers):
        said.append((f"{name}: out of order {numbers}", f"{name}：编号次序颠倒。", found[0].start))
    for message, chinese, start in said:
        yield at(source, start, Severity.WARNING, "numbering", message, chinese)


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))


def _by_table(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for table in dict.fromkeys(row.table for row in rows):
        yield [row for row in rows if row.table == table]


def _squash(text: str) -> str:
    return "".join(text.split())
