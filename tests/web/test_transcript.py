from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from answering.service import Service
from index.records import Answer
from web.transcript import NOTE, TITLE, conversation_markdown, markdown, plain, write_word

QUESTION = "综服企业能得到什么支持？"
LABEL = "《天津市加快发展外贸新业态新模式若干措施》任务分工表第5条（序号11）"
BODIES = "责任单位：市商务局、天津海关、市税务局"


@pytest.fixture(scope="module")
def answer(service: Service) -> Answer:
    return service.ask(QUESTION)


def said(answer: Answer) -> dict[str, str]:
    return {citation.unit_id: "、".join(citation.agencies) for citation in answer.citations}


def test_roles_are_told_where_they_are_marked(answer: Answer) -> None:
    marked = {answer.citations[0].unit_id: "牵头：市商务局；配合：市税务局；完成时限：2026年底"}
    for text in (plain(QUESTION, answer, marked), markdown(QUESTION, answer, marked)):
        assert text.endswith("责任单位：牵头：市商务局；配合：市税务局；完成时限：2026年底")


def test_plain_text_has_no_markup_and_all_citations(answer: Answer) -> None:
    text = plain(QUESTION, answer, said(answer))
    assert text.startswith(f"问：{QUESTION}\n\n任务分工表第5条（序号11）写道：\n\n鼓励外贸综合服务企业")
    assert f"引用：\n[1] {LABEL}\n    “{answer.citations[0].quote}”\n    {BODIES}" in text
    assert "**" not in text
    assert "> " not in text


def test_markdown_keeps_the_answers_layout(answer: Answer) -> None:
    text = markdown(QUESTION, answer, said(answer))
    assert text.startswith(f"## {QUESTION}\n\n{answer.answer}\n\n### 引用\n\n1. **{LABEL}**")
    assert text.endswith(BODIES)


def test_a_refusal_cites_nothing(service: Service) -> None:
    refused = service.ask("第100条讲什么？")
    assert "引用" not in plain("第100条讲什么？", refused, {}) + markdown("第100条讲什么？", refused, {})


def test_a_conversation_is_one_file_in_order(service: Service, answer: Answer) -> None:
    second = service.ask("那归谁管？", (QUESTION,))
    text = conversation_markdown([(QUESTION, answer, said(answer)), ("那\n归谁管？", second, said(second))])
    assert text.startswith(f"# {TITLE}\n\n{NOTE}\n\n## {QUESTION}")
    assert text.index("## 那 归谁管？") > text.index(LABEL)


def test_word_has_headings_quotations_and_citations(service: Service, answer: Answer, tmp_path: Path) -> None:
    listed = service.ask("外管局有哪些任务？")
    write_word([(QUESTION, answer, {}), ("外管局有哪些任务？", listed, said(listed))], tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    paragraphs = [
        (paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in document.paragraphs
    ]
    assert paragraphs[:3] == [("Title", TITLE), ("Normal", NOTE), ("Heading 1", QUESTION)]
    assert ("Quote", f"“{answer.citations[0].quote}”") in paragraphs
    cited = [text for _, text in paragraphs if text.startswith("[")]
    assert cited == [
        f"[{number}] {citation.label}" for each in (answer, listed) for number, citation in enumerate(each.citations, 1)
    ]
    assert not any("**" in text for _, text in paragraphs)
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert LABEL in bold
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia") == "Microsoft YaHei"
