from __future__ import annotations

from typing import Any

import pytest

from web.history import user_turns


def message(role: str, content: object) -> dict[str, Any]:
    return {"role": role, "metadata": None, "content": content, "options": None}


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


@pytest.mark.parametrize(
    ("messages", "turns"),
    [
        ([], ()),
        ([message("user", [text("落户条件是什么？")])], ("落户条件是什么？",)),
        ([message("user", "一"), message("assistant", "答"), message("user", "二")], ("一", "二")),
        ([message("user", [text("上"), text("下")])], ("上下",)),
        ([message("user", [{"type": "file", "file": {"path": "a.png"}}, text("看")])], ("看",)),
        ([message("user", [text("&#42;第3条&#42; R&#38;D")])], ("*第3条* R&D",)),
        ([message("user", None)], ("",)),
    ],
)
def test_the_askers_words_are_taken_in_order(messages: list[dict[str, Any]], turns: tuple[str, ...]) -> None:
    assert user_turns(messages) == turns
