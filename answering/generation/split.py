"""A streamed reply becomes sentences, each as soon as it is complete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_CHARACTERS = 4000  # of a reply that are read, thinking aside
LONGEST_SENTENCE = 400  # characters; a longer one is left out whole

_TAG = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_TAG_BEGUN = re.compile(r"</?[a-z]{0,9}$", re.IGNORECASE)
_ENDS = "。！？；!?;"
_CLAUSE_ENDS = "；;"
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "(": ")"}
_CLOSING |= {"【": "】", "[": "]", "［": "］", '"': '"'}
_CLOSED = frozenset(_CLOSING.values())
_GOES_ON = "，、,：:）)"
_HANDLE = re.compile(r"[ \t]*[\[［【]\s*\d[\d\s,，、;；-]{0,20}[\]］】]")
_HANDLE_BEGUN = re.compile(r"[ \t]*[\[［【][\d\s,，、;；-]{0,20}$")
_STRAY = re.compile(rf"[\s{_ENDS}”’」』）)\]］】]+")
_LEFT_OVER = re.compile(rf"(?:[ \t{_ENDS}”’」』）)\]］】]|{_HANDLE.pattern})+")  # of the sentence before, on its line
_LIST_MARK = re.compile(r"(?:[-*•·#>]+[ \t]+|\d{1,2}[.、)）](?!\d)[ \t]*|[（(]\d{1,2}[)）][ \t]*)+")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it, and whether it begins a paragraph."""

    text: str
    opens: bool


class Splitter:
    """Takes a reply in pieces of any size and gives its sentences.

    A sentence ends at 。！？ or the line's end, at ； when it names its evidence by then; never within quotation marks,
    brackets or a number. Handles that follow the mark still belong to it. What is thought aloud in ``<think>`` tags,
    marks of lists and of bold print, and characters that nobody can see are left out.

    Attributes:
        overlong: sentences left out for their length.
        full: more than :data:`MOST_CHARACTERS` came; the rest isn't read.
    """

    def __init__(self) -> None:
        self.overlong = 0
        self.full = False
        self._read = 0
        self._held = ""  # may be the beginning of a tag
        self._buffer = ""  # the sentence so far
        self._thinking = self._skipping = False
        self._opens = True

    @property
    def empty(self) -> bool:
        """True while nothing but thoughts and blanks has come."""
        return self._read == 0 and not (self._buffer + self._held).strip()

    def feed(self, piece: str) -> Iterator[Written]:
        """Sentences that are complete with this piece."""
        text = self._held + _visible(piece)
        begun = _TAG_BEGUN.search(text)
        cut = begun.start() if begun else len(text)
        text, self._held = text[:cut], text[cut:]
        start = 0
        for tag in _TAG.finditer(text):
            if not self._thinking:
                yield from self._take(text[start : tag.start()])
            if tag.group(1):
                self._buffer = ""  # the end of thoughts whose beginning the server kept to itself
            self._thinking = not tag.group(1)
            start = tag.end()
        if not self._thinking:
            yield from self._take(text[start:])

    def finish(self) -> Iterator[Written]:
        """The last sentence, of a reply that is complete: it may lack its mark."""
        if not self._thinking:
            yield from self._take(self._held)
            yield from self._sentences(final=True)
        self.overlong += self._skipping
        self._held = self._buffer = ""

    def _take(self, text: str) -> Iterator[Written]:
        kept = text[: MOST_CHARACTERS - self._read]
        self.full = self.full or len(kept) < len(text)
        self._read += len(kept) if self._read else len(kept.lstrip())
        self._buffer += kept
        yield from self._sentences(final=False)

    def _sentences(self, *, final: bool) -> Iterator[Written]:
        while self._buffer:
            if not self._opens and (left_over := _LEFT_OVER.match(self._buffer)):
                self._buffer = self._buffer[left_over.end() :]
            end = _end(self._buffer, final)
            if end is None and len(self._buffer) > LONGEST_SENTENCE:
                end = _end(self._buffer, final, nested=False) or len(self._buffer)  # a bracket that is never closed
                self._skipping = self._skipping or end == len(self._buffer)
            if end is None and not final:
                return
            yield from self._written(self._buffer[:end])
            self._buffer = self._buffer[end:] if end is not None else ""

    def _written(self, raw: str) -> Iterator[Written]:
        ended = raw.endswith("\n")
        opens = self._opens or "\n" in raw[: len(raw) - len(raw.lstrip())]
        text = _bare(raw, opens)
        if self._skipping:
            self._skipping = not (ended or raw.rstrip()[-1:] in _ENDS)
            self.overlong += not self._skipping
        elif len(text) > LONGEST_SENTENCE:
            self.overlong += 1
        elif text:
            yield Written(text, opens)
            opens = False
        self._opens = opens or ended


def _visible(text: str) -> str:
    """``text`` without control, format and unassigned characters; other line ends become \\n."""
    joined = text.replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        character for character in joined if character == "\n" or not unicodedata.category(character).startswith("C")
    )


def _bare(raw: str, opens: bool) -> str:
    """A sentence without marks that belong to none, and without the marks of a list and of bold print."""
    text = raw.replace("**", "").strip()
    stray = _STRAY.match(text)
    text = text[stray.end() :] if stray else text
    mark = _LIST_MARK.match(text) if opens else None
    return text[mark.end() :].strip() if mark else text.strip()


def _end(text: str, final: bool, *, nested: bool = True) -> int | None:
    """Where the first sentence ends, ``None`` when that can't be told yet."""
    open_until: list[str] = []
    for place, character in enumerate(text):
        if character == "\n":
            if text[:place].strip() or final:
                return place + 1
            continue
        if nested and open_until and character == open_until[-1]:
            open_until.pop()
            if not open_until and place and text[place - 1] in _ENDS:
                after = _after(text, place + 1, final)
                if after is None or (after == len(text) and not final):
                    return None
                if text[after] not in _GOES_ON if after < len(text) else True:
                    return after
            continue
        if nested and character in _CLOSING:
            open_until.append(_CLOSING[character])
            continue
        if open_until or not _is_end(text, place):
            continue
        if character in _CLAUSE_ENDS and not _HANDLE.search(text, 0, place):
            continue
        return _after(text, place + 1, final)
    return None


def _is_end(text: str, place: int) -> bool:
    """True for a mark that ends a sentence; a Latin full stop only does behind a Chinese character or a bracket."""
    if text[place] != ".":
        return text[place] in _ENDS
    before = text[place - 1] if place else " "
    return "\u4e00" <= before <= "\u9fff" or before in _CLOSED


def _after(text: str, place: int, final: bool) -> int | None:
    """The place behind further marks, and behind handles when there was none before.

    ``None`` when a handle may still come; one is enough: the sentence isn't held back for a second.
    """
    cited = bool(_HANDLE.search(text, 0, place))
    while True:
        if place < len(text) and (text[place] in _ENDS or text[place] in "”’」』"):
            place += 1
        elif not cited and (handle := _HANDLE.match(text, place)):
            place = handle.end()
        else:
            break
    awaited = place == len(text) or _HANDLE_BEGUN.match(text, place)
    return None if awaited and not final and not _HANDLE.search(text, 0, place) else place
