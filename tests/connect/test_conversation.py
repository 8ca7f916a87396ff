from __future__ import annotations

import pytest

from answering.service import Service
from connect.conversation import Conversation, ConversationError, markdown


def test_the_users_messages_are_question_and_history() -> None:
    messages: list[dict[str, object]] = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "第14项讲什么？"},
        {"role": "assistant", "content": "……"},
        {"role": "user", "content": [{"type": "text", "text": "那归谁管"}, {"type": "text", "text": "？"}]},
    ]
    assert Conversation.read(messages) == Conversation("那归谁管？", ("第14项讲什么？",))


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "user", "content": "一"}, {"role": "assistant", "content": "二"}],
        [{"role": "user", "content": None}],
        [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}],
        [{"content": "一"}],
    ],
)
def test_messages_without_a_question_are_declined(messages: list[dict[str, object]]) -> None:
    with pytest.raises(ConversationError):
        Conversation.read(messages)


def test_an_answer_ends_in_what_it_rests_on_once(service: Service) -> None:
    one = service.ask("2027年海外仓面积目标是多少？")
    assert markdown(one) == one.answer
    assert "**依据**：《天津市推动跨境电商高质量发展实施方案》第14项" in one.answer
    several = service.ask("外管局有哪些任务？")
    *_, basis = markdown(several).split("**依据**：\n\n")
    assert basis.splitlines() == [f"{number}. {each.label}" for number, each in enumerate(several.citations, 1)]
    refused = service.ask("今天天气怎么样？")
    assert markdown(refused) == refused.answer
