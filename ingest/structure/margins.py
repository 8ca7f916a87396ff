"""Lines that carry numbers or text but no measures: contents pages, lists of attachments, explanations at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.kinds import kind_of
from ingest.structure.marks import Style, read_mark

_CONTENTS = re.compile("目录|目次")
_PAGE = re.compile(r"(?:[.．…·—-]{2,}|[…\t])*[0-9]{0,3}$")
_EXPLAINED = re.compile(
    "[（(]?(?:《.{2,60}》)?(?:相关)?(?:政策|文件)?(?:名词|术语|专有名词|缩略语|政策|文字|图文)?(?:解释|解读|注释|释义)(?:材料|说明)?[）)]?"
)
_ATTACHED = re.compile(r"附[件录表](?P<number>[0-9０-９一二三四五六七八九十]*)(?P<colon>[：:]?)(?P<title>.*)")
_LONGEST_TITLE = 50  # characters of an attachment's title


def contents(lines: Sequence[str]) -> frozenset[int]:
    """Places of the lines of a table of contents: they follow 目录, and each is printed again further down."""
    bare = [_PAGE.sub("", _squash(line)) for line in lines]
    head = next((place for place, text in enumerate(bare) if _CONTENTS.fullmatch(text)), None)
    if head is None:
        return frozenset()
    found = {head}
    for place in range(head + 1, len(bare)):
        text = bare[place]
        if text and not any(other.startswith(text) for other in bare[place + 1 :]):
            break
        found.add(place)
    return frozenset(found)


def is_explanation(line: str) -> bool:
    """True for the heading of what explains the measures and is none: 名词解释, 政策解读."""
    return bool(_EXPLAINED.fullmatch(_squash(line)))


def attachments(lines: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Places where attachments begin, and places of lines that merely list them (附件：1.任务分工表)."""
    starts: set[int] = set()
    listed: set[int] = set()
    places = [place for place, line in enumerate(lines) if line.strip()]
    for at, place in enumerate(places):
        found = _ATTACHED.fullmatch(_squash(lines[place]))
        if place in listed or not found or not _is_title(found):
            continue
        following = [lines[other].strip() for other in places[at + 1 :]]
        run = _run_of_titles(following)
        alone = not found["title"]
        if alone and not (found["colon"] and run > 1):
            starts.add(place)
        elif (found["colon"] and not found["number"]) or run or _ends_letter(following):
            listed.update(places[at : at + 1 + run])
        else:
            starts.add(place)
    return frozenset(starts), frozenset(listed)


def _is_title(found: re.Match[str]) -> bool:
    """True when what follows 附件 is a number, a title behind one or behind a colon, or nothing."""
    title = found["title"]
    if not title:
        return True
    return bool(found["number"] or found["colon"]) and len(title) <= _LONGEST_TITLE and not title.endswith(("。", "；"))


def _run_of_titles(lines: Sequence[str]) -> int:
    """How many of ``lines`` go on with a list of attachments: 2.名词解释, 附件2：名词解释."""
    count = 0
    for line in lines:
        squashed = _squash(line)
        mark = read_mark(line)
        attached = _ATTACHED.fullmatch(squashed)
        titled = bool(attached and attached["title"] and _is_title(attached))
        numbered = mark is not None and mark.style is Style.ARABIC and len(squashed) <= _LONGEST_TITLE
        if not titled and not (numbered and not squashed.endswith(("。", "；", "）"))):
            break
        count += 1
    return count


def _ends_letter(lines: Sequence[str]) -> bool:
    """True when a signature or date comes next, or nothing."""
    return not lines or kind_of(lines[0], opening=False) in ("signature", "date", "publication mark", "notice")


def _squash(text: str) -> str:
    return "".join(text.split())
