"""The tree of a document's numbers."""

from __future__ import annotations

from ingest.readers.source import Line
from ingest.structure.outline import Node, Outline, grow, is_heading


def tree(*texts: str) -> Outline:
    lines, start = list[Line](), 0
    for text in texts:
        lines.append(Line(text, start, start + len(text) + 1))
        start += len(text) + 1
    return grow(lines)


def shape(node: Node) -> list[object]:
    return [(child.mark.printed if child.mark else "", shape(child)) for child in node.children]


def test_levels_follow_from_the_styles() -> None:
    outline = tree("标题", "一、任务", "（一）甲", "1.子。", "2.丑。", "（二）乙", "1.寅。", "二、保障", "（一）丙。")
    assert shape(outline.root) == [
        ("一、", [("（一）", [("1.", []), ("2.", [])]), ("（二）", [("1.", [])])]),
        ("二、", [("（一）", [])]),
    ]
    assert [line.text for line in outline.before] == ["标题"]


def test_a_number_out_of_turn_starts_nothing() -> None:
    outline = tree("一、任务。", "二、任务。", "十五、这一项不接上文。")
    assert shape(outline.root) == [("一、", []), ("二、", [])]


def test_a_level_whose_first_number_is_missing_is_kept() -> None:
    assert shape(tree("第六条 甲。", "第七条 乙。").root) == [("第六条", []), ("第七条", [])]
    assert shape(tree("一、任务", "2.甲。", "3.乙。").root) == [("一、", [("2.", []), ("3.", [])])]


def test_items_in_a_paragraph_are_nodes_where_each_has_its_responsibility() -> None:
    outline = tree(
        "1.完善，（1）甲。（市商务局负责）（2）乙。（市财政局负责）", "2.推进，（1）丙；（2）丁。（市商务局负责）"
    )
    assert shape(outline.root) == [("1.", [("（1）", []), ("（2）", [])]), ("2.", [])]


def test_a_list_of_bodies_goes_on_in_the_next_line() -> None:
    outline = tree("1.推进。", "责任单位：甲局、", "乙局", "2.完善。")
    (note,) = outline.root.children[0].more[0].notes
    assert note.roles[0].bodies == ("甲局", "乙局")


def test_explanations_and_lists_of_attachments_are_apart() -> None:
    outline = tree("一、推进。", "附件：分工表", "政策解读", "一、背景", "说明。")
    assert shape(outline.root) == [("一、", [])]
    assert [line.text for line in outline.listed] == ["附件：分工表"]
    assert [line.text for line in outline.loose] == ["政策解读", "一、背景", "说明。"]


def test_a_heading_is_short_and_no_sentence() -> None:
    assert is_heading("保障措施")
    assert not is_heading("加强保障。")
    assert not is_heading("包括：")
