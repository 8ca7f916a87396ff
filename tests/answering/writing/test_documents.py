"""What documents are called in answers."""

from __future__ import annotations

from answering.writing.documents import DocumentNames
from index.records import Document

WUHAN = Document("w", "《武汉方案》", "进口实施方案", (), "武汉市人民政府", None, None, "", "", "武汉市")
TIANJIN = Document("t", "《天津方案》", "天津若干措施", (), None, None, None, "", "", "天津市")
COUNTRY = Document("c", "《就业意见》", "就业若干意见", (), "国务院", None, None, "", "", None)
MORE = Document("m", "《甲》任务分工表", "任务分工表", (), None, None, None, "", "", "赣州市")


def names(*documents: Document) -> DocumentNames:
    return DocumentNames({document.slug: document for document in documents})


def test_the_place_is_told_where_there_are_several() -> None:
    assert names(WUHAN).title(WUHAN) == "进口实施方案"
    several = names(WUHAN, TIANJIN, COUNTRY)
    assert several.title(WUHAN) == "武汉市进口实施方案"
    assert several.title(TIANJIN) == "天津若干措施"  # tells it itself
    assert several.title(COUNTRY) == "国务院就业若干意见"


def test_few_titles_are_all_named_and_many_counted() -> None:
    several = names(WUHAN, TIANJIN, COUNTRY, MORE)
    assert several.titles(["w", "t"]) == "《武汉方案》和《天津方案》"
    assert several.titles(["m", "w", "t", "c"]) == (
        "《甲》任务分工表、《武汉方案》、《天津方案》等 4 份文件（赣州市、武汉市、天津市等 4 个地方）"
    )
