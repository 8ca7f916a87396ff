from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.escape import escaped, harmless, literal, typed


def test_html_is_shown_as_written() -> None:
    assert escaped("<b title=\"x\" id='y'>&</b>") == "&lt;b title=&quot;x&quot; id=&#x27;y&#x27;&gt;&amp;&lt;/b&gt;"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第9条讲什么？", "第9条讲什么？"),
        ("**重点**", "&#42;&#42;重点&#42;&#42;"),
        ("![x](//h)", "&#33;&#91;x&#93;&#40;&#47;&#47;h&#41;"),
        (
            "一\n    二",
            "一\n&#32;&#32;&#32;&#32;二",
        ),  # four blanks would start a code block, where entities stand as such
    ],
)
def test_markdown_is_shown_as_typed(text: str, shown: str) -> None:
    assert literal(text) == shown


@given(st.text())
def test_what_was_typed_comes_back(text: str) -> None:
    comparable = text.replace("\r", "").replace("\x00", "")
    assert typed(literal(comparable)) == comparable


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("> 引文\n\n1. **第3条** R&D", "> 引文\n\n1. **第3条** R&amp;D"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("![图](http://h/a.png)", "![图]&#40;http://h/a.png)"),
        ("[a]: http://h", "[a]&#58; http://h"),
    ],
)
def test_an_answer_keeps_its_layout_and_loses_what_could_act(markdown: str, shown: str) -> None:
    assert harmless(markdown) == shown
