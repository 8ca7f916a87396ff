"""Answers and conversations to take along, citations intact: plain text, Markdown, Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.records import Answer

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

TITLE = "政策问答记录"
NOTE = "答案依据所收文件生成，引用处注明条目和责任单位；以文件原文为准。"
_FONT = "Microsoft YaHei"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITEM = re.compile(r"(\d+)\. (.*)")

Bodies = Mapping[str, str]  # who is responsible for a unit, in words, by its id
Exchange = tuple[str, Answer, Bodies]  # a question, its answer, and who is responsible for what it cites


def plain(question: str, answer: Answer, bodies: Bodies) -> str:
    """Question, answer and citations as text without markup."""
    lines = (line.removeprefix("> ").rstrip() for line in _BOLD.sub(r"\1", answer.answer).splitlines())
    cited = "\n".join(
        f"[{number}] {citation.label}\n    “{citation.quote}”"
        + _led("\n    责任单位：", bodies.get(citation.unit_id, ""))
        for number, citation in enumerate(answer.citations, 1)
    )
    return "\n\n".join(
        part for part in (f"问：{question}", "\n".join(lines), f"引用：\n{cited}" if cited else "") if part
    )


def markdown(question: str, answer: Answer, bodies: Bodies) -> str:
    """Question, answer and citations as Markdown."""
    cited = "\n".join(
        f"{number}. **{citation.label}**  \n   “{citation.quote}”"
        + _led("  \n   责任单位：", bodies.get(citation.unit_id, ""))
        for number, citation in enumerate(answer.citations, 1)
    )
    parts = (f"## {_one_line(question)}", answer.answer, f"### 引用\n\n{cited}" if cited else "")
    return "\n\n".join(part for part in parts if part)


def conversation_markdown(exchanges: Iterable[Exchange]) -> str:
    """A conversation as one Markdown file."""
    parts = (markdown(*exchange) for exchange in exchanges)
    return "\n\n".join((f"# {TITLE}", NOTE, *parts)) + "\n"


def write_word(exchanges: Iterable[Exchange], path: Path) -> None:
    """Write a conversation as a Word document: a heading a question, its answer, its citations."""
    from docx import Document

    document = Document()
    _chinese(document)
    document.core_properties.title = TITLE
    document.add_heading(TITLE, 0)
    document.add_paragraph(NOTE)
    for question, answer, bodies in exchanges:
        document.add_heading(_one_line(question), 1)
        for line in answer.answer.splitlines():
            _add_line(document, line.rstrip())
        if answer.citations:
            document.add_heading("引用", 2)
        for number, citation in enumerate(answer.citations, 1):
            paragraph = document.add_paragraph(f"[{number}] ")
            paragraph.add_run(citation.label).bold = True
            document.add_paragraph(f"“{citation.quote}”", style="Quote")
            if responsible := bodies.get(citation.unit_id, ""):
                document.add_paragraph(f"责任单位：{responsible}")
    document.save(str(path))


def _led(words: str, said: str) -> str:
    return f"{words}{said}" if said else ""


def _one_line(question: str) -> str:
    return " ".join(question.split())


def _add_line(document: WordDocument, line: str) -> None:
    """One line of an answer's Markdown: a quotation, an item of a list, or a paragraph; blank ones only part."""
    if not line.strip():
        return
    item = _ITEM.fullmatch(line)
    if line.startswith("> "):
        _add_runs(document.add_paragraph(style="Quote"), line.removeprefix("> "))
    elif item:  # the number as text: Word would count on from the list before
        _add_runs(document.add_paragraph(), f"{item[1]}. {item[2]}")
    else:
        _add_runs(document.add_paragraph(), line.strip())


def _add_runs(paragraph: Paragraph, text: str) -> None:
    for place, part in enumerate(_BOLD.split(text)):
        if part:
            paragraph.add_run(part).bold = place % 2 == 1


def _chinese(document: WordDocument) -> None:
    """A font for Chinese in every style that the document uses: Word keeps one apart for East Asian characters."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            style.font.name = _FONT
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
