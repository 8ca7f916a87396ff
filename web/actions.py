"""What can be done with an answer: copy it, link to its question, judge it, have it made again.

A button with ``data-copy`` puts that text on the clipboard, one with ``data-link`` that address of the page; one with
``data-to`` puts its ``data-value`` into the page's box of that id, and so does a form, with its fields: ``page.js``.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from feedback.store import Verdict
from index.records import Answer
from web.bilingual import both
from web.escape import escaped
from web.links import to_question
from web.transcript import Bodies, markdown, plain
from web.turn import Turn

REASONS = ("没答到点上", "引用不对", "不完整", "看不明白")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an asker says of the answer with this id; the verdict is ``None`` when what came is no judgement."""

    answer_id: str
    verdict: Verdict | None
    reason: str

    @classmethod
    def read(cls, value: str) -> Judgement:
        """The judgement that the page sent."""
        values = parse_qs(value.rpartition("#")[0])
        verdict = values.get("verdict", [""])[0]
        reason = "：".join(word.strip() for word in values.get("reason", []) if word.strip())
        known = Verdict(verdict) if verdict in list(Verdict) else None
        return cls(values.get("answer", [""])[0], known, reason)


def actions(turn: Turn, last: bool) -> str:
    """The buttons under a reply, as HTML; only the last one can be made again. Empty while there is nothing to do."""
    answer = turn.reply.answer
    parts = [*_taking(turn.question, answer, turn.reply.bodies), *_judging(turn, answer)] if answer else []
    if last and turn.reply.ended:
        parts.append(_button("again", "1", "重新回答", "Ask again"))
    return f'<div class="actions" role="group" aria-label="这个回答">{"".join(parts)}</div>' if parts else ""


def _taking(question: str, answer: Answer, bodies: Bodies) -> list[str]:
    link = to_question(answer.understood.standalone_question or question)
    return [
        _copying(plain(question, answer, bodies), "复制", "Copy"),
        _copying(markdown(question, answer, bodies), "复制 Markdown", "Copy Markdown"),
        f'<button type="button" data-link="{escaped(link)}">{both("复制链接", "Copy link")}</button>',
    ]


def _copying(text: str, chinese: str, english: str) -> str:
    return f'<button type="button" data-copy="{escaped(text)}">{both(chinese, english)}</button>'


def _judging(turn: Turn, answer: Answer) -> list[str]:
    if not turn.fresh:
        return []
    useful = urlencode({"answer": answer.id, "verdict": Verdict.USEFUL.value})
    useless = urlencode({"answer": answer.id, "verdict": Verdict.USELESS.value})
    choices = "".join(
        f'<label><input type="radio" name="reason" value="{escaped(reason)}">{escaped(reason)}</label>'
        for reason in REASONS
    )
    said = ' class="said"' if turn.verdict == Verdict.USELESS else ""
    return [
        _button("judge", useful, "有用", "Useful", pressed=turn.verdict == Verdict.USEFUL),
        f"<details{said}><summary>{both('没用', 'Not useful')}</summary>"
        f'<form data-to="judge" data-value="{escaped(useless)}">'
        f"<fieldset><legend>{both('哪里没用？', 'What is wrong?')}</legend>{choices}</fieldset>"
        f'<label class="words">{both("补充（可不填）", "In your words (optional)")}'
        f'<input type="text" name="reason" maxlength="200" autocomplete="off"></label>'
        f"<button>{both('提交', 'Send')}</button></form></details>",
    ]


def _button(box: str, value: str, chinese: str, english: str, pressed: bool | None = None) -> str:
    state = "" if pressed is None else f' aria-pressed="{"true" if pressed else "false"}"'
    return (
        f'<button type="button" data-to="{box}" data-value="{escaped(value)}"{state}>{both(chinese, english)}</button>'
    )
