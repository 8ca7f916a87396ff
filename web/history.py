"""Conversations of this browser: kept in its own storage, listed, reopened and forgotten.

What comes from there may be of an earlier version or of someone's making: whatever isn't a conversation is left out,
and citations are printed anew from the units that there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from index.records import Answer, Citation, Refusal, Understood
from web.bilingual import both
from web.escape import escaped
from web.reply import shown
from web.source import CLOSE
from web.sources import Sources
from web.turn import Turn, Turns

MOST = 30
LARGEST = 200_000  # characters of all together: every answer carries them to the server and back
_TITLE = 60  # characters of a title that are listed

Conversation = dict[str, Any]  # id, time (ISO 8601), turns: question and answer each


def read(kept: object) -> list[Conversation]:
    """The conversations in what the browser kept, newest first."""
    return [found for found in kept if _is_conversation(found)] if isinstance(kept, list) else []


def added(kept: object, conversation_id: str, turns: Turns) -> list[Conversation]:
    """The conversations with this one first, in place of its earlier state; the oldest leave when room is short."""
    record: Conversation = {
        "id": conversation_id,
        "time": datetime.now().astimezone().isoformat(timespec="minutes"),
        "turns": [
            {"question": turn.question, "answer": _answer_json(turn.reply.answer)}
            for turn in turns
            if turn.reply.answer
        ],
    }
    others = without(kept, conversation_id)
    conversations = [record, *others][:MOST] if record["turns"] else others
    while len(conversations) > 1 and len(json.dumps(conversations, ensure_ascii=False)) > LARGEST:
        conversations.pop()
    return conversations


def without(kept: object, conversation_id: str) -> list[Conversation]:
    """The conversations but one."""
    return [found for found in read(kept) if found["id"] != conversation_id]


def reopened(kept: object, conversation_id: str, sources: Sources) -> Turns:
    """A conversation as it was shown; none when there is no such one. Units that are gone are no longer cited."""
    turns: list[Any] = next((found["turns"] for found in read(kept) if found["id"] == conversation_id), [])
    return tuple(
        Turn(turn["question"], shown(_answer(turn["answer"], sources), sources), fresh=False) for turn in turns
    )


def listed(kept: object) -> str:
    """The conversations as HTML, each to reopen or to forget."""
    items = "".join(map(_item, read(kept)))
    none = both("还没有保存的对话。", "No conversations kept yet.")
    body = f"<ol>{items}</ol>" if items else f"<p>{none}</p>"
    return (
        f'<section class="source history" aria-label="历史对话"><header class="side-head"><div>'
        f"<h2>{both('历史对话', 'History')}</h2>"
        f"<p>{both('只保存在这个浏览器里，不上传', 'Kept in this browser only')}</p></div>"
        f'<nav>{CLOSE}</nav></header><div class="paper">{body}</div></section>'
    )


def _item(conversation: Conversation) -> str:
    title = " ".join(conversation["turns"][0]["question"].split())
    title = title if len(title) <= _TITLE else f"{title[:_TITLE]}…"
    key, time = escaped(conversation["id"]), escaped(conversation["time"][:16].replace("T", " "))
    count = len(conversation["turns"])
    return (
        f'<li><button type="button" class="reopen" data-to="reopen" data-value="{key}">{escaped(title)}'
        f"<small>{time} · {both(f'{count} 问', f'{count} asked')}</small></button>"
        f'<button type="button" class="forget" data-to="forget" data-value="{key}" aria-label="删除：{escaped(title)}">'
        f"{both('删除', 'Delete')}</button></li>"
    )


def _answer_json(answer: Answer | None) -> dict[str, Any] | None:
    """What is kept of an answer: what it takes to show it again."""
    if answer is None:
        return None
    record = answer.as_json()
    kept = {name: record[name] for name in ("id", "question", "answered", "refusal", "answer", "understood")}
    for name in ("citations", "related"):
        kept[name] = [{"unit_id": citation["unit_id"], "quote": citation["quote"]} for citation in record[name]]
    return kept


def _answer(record: Mapping[str, Any], sources: Sources) -> Answer:
    understood = record["understood"]
    return Answer(
        id=record["id"],
        question=record["question"],
        answered=bool(record["answered"]),
        refusal=Refusal(record["refusal"]) if record["refusal"] else None,
        answer=record["answer"],
        citations=_citations(record["citations"], sources),
        related=_citations(record["related"], sources),
        understood=Understood(understood["intent"], (), (), (), understood["standalone_question"]),
        latency_ms=0.0,
    )


def _citations(records: Sequence[Mapping[str, str]], sources: Sources) -> tuple[Citation, ...]:
    from index.text import sentences  # brings jieba, which the page need not wait for

    found = []
    for record in records:
        unit = sources.units.get(record["unit_id"])
        if unit is None:
            continue
        verbatim = all(sentence in unit.text for sentence in sentences(record["quote"]))
        title, quote = sources.documents[unit.document].title, record["quote"] if verbatim else unit.text
        found.append(Citation(title, unit.measure, unit.serial, unit.label, unit.agencies, quote, unit.unit_id))
    return tuple(found)


def _is_conversation(found: object) -> bool:
    """True when ``found`` has every field that is read here, of the right kind."""
    if not isinstance(found, dict) or not isinstance(found.get("turns"), list) or not found["turns"]:
        return False
    return all(isinstance(found.get(name), str) for name in ("id", "time")) and all(map(_is_turn, found["turns"]))


def _is_turn(turn: object) -> bool:
    answer = turn.get("answer") if isinstance(turn, dict) else None
    if not isinstance(turn, dict) or not isinstance(turn.get("question"), str) or not isinstance(answer, dict):
        return False
    texts = all(isinstance(answer.get(name), str) for name in ("id", "question", "answer"))
    understood = answer.get("understood")
    read_as = isinstance(understood, dict) and all(
        isinstance(understood.get(name), str) for name in ("intent", "standalone_question")
    )
    refused = answer.get("refusal") in (None, *Refusal) and "refusal" in answer and "answered" in answer
    return texts and read_as and refused and all(_are_citations(answer.get(name)) for name in ("citations", "related"))


def _are_citations(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(item, dict) and isinstance(item.get("unit_id"), str) and isinstance(item.get("quote"), str)
        for item in found
    )
