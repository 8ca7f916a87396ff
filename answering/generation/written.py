"""A sentence as a chat model wrote it, taken apart: the evidence it points at, and its words without any markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Every repetition is bounded or over one class of characters, so that any input is read in linear time.
_HANDLE = re.compile(r"[\[【［〔]\s{0,3}\d{1,4}(?:\s{0,3}[,，、;；]\s{0,3}\d{1,4}){0,20}\s{0,3}[\]】］〕]")
_LINK = re.compile(r"!?\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)")
_TAG = re.compile(r"<[^<>]{0,500}>")
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,32};")
_OTHER_MARKUP = re.compile(
    r"[`|\\$^{}<>\[\]【】［］〔〕&]"
)  # removed, and the sentence fails: what was meant is not known
_EMPHASIS = re.compile(r"[*_#]|~~+")  # removed: it changes nothing of what is said
_OPENING = re.compile(r"(?:(?:[-+•·]+|\d{1,2}[.、)）](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[、)）]|[①-⑳])[ ]*)+")
_TILDE = re.compile(r"(?<=\d)[~～](?=\d)")
_BLANKS = re.compile(r"\s+")
_INNER_BLANK = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_VARIATION = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence taken apart.

    Attributes:
        text: what a reader would be shown, on one line, without handles, markup and invisible characters.
        handles: numbers of evidence cited, each once, in order; nothing says that there is such evidence.
        marked_up: it held HTML, links, code, tables or brackets that are no handle.
    """

    text: str
    handles: tuple[int, ...]
    marked_up: bool


def read_sentence(raw: str) -> Written:
    """Take a sentence apart; linear in its length, never fails.

    Handles are numbers in square brackets of any width: ``[1]``, ``[1][2]``, ``[1,2]``, ``【1】``, ``［１］``.
    Emphasis, list marks and headings are dropped silently; what could hide or alter words makes it ``marked_up``.
    """
    visible = "".join(_visible(character) for character in raw)
    without_links = _LINK.sub("", visible)
    without_tags = _TAG.sub("", without_links)
    without_entities = _ENTITY.sub("", without_tags)
    handles = dict.fromkeys(
        int(number) for match in _HANDLE.finditer(without_entities) for number in re.findall(r"\d+", match.group())
    )
    words = _HANDLE.sub("", without_entities)
    marked_up = len(without_entities) != len(visible) or bool(_OTHER_MARKUP.search(words.lstrip("> ")))
    bare = _EMPHASIS.sub("", _OTHER_MARKUP.sub("", words))
    line = _INNER_BLANK.sub("", _BLANKS.sub(" ", bare)).strip()
    return Written(_TILDE.sub("至", line[_end_of_opening(line) :]).strip(), tuple(handles), marked_up)


def _visible(character: str) -> str:
    """A character as shown: blanks for line ends, nothing for controls, bidirectional marks and selectors."""
    if character.isspace():
        return " "
    if ord(character) in _VARIATION or unicodedata.category(character) in _DROPPED:
        return ""
    return character


def _end_of_opening(line: str) -> int:
    """Where the words begin after list marks and numbers of items."""
    match = _OPENING.match(line)
    return match.end() if match else 0
