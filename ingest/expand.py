"""Expected questions for units that have few (doc2query), written by a chat model and sieved by code.

The model is believed in nothing that code can check: a question is kept only with a sentence that the unit prints.
What it writes goes to ``corpus/questions/expanded.jsonl``, for people to read and for the next build to index.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from index.chat_model import open_chat_model
from index.prompts import fence, fill
from index.records import ExpectedQuestion, PolicyUnit
from index.settings import ChatSettings, Settings
from index.text import plain, sentences
from ingest.balance import require_balanced
from ingest.corpus import LEAST, read_corpus, short_units
from ingest.documents import read_units

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

SHORTEST, LONGEST = 4, 60  # characters of a question; 84 of the 5,760 written by people are longer
FILE = "expanded.jsonl"

_ASKS = 2  # a second time when too few questions of the first reply could be kept
_SPARE = 4  # asked for beyond those missing: some are always dropped
_MOST = 30  # asked for at once: more don't fit into a reply
_LISTED = 60  # known questions that a prompt lists
_READ = 20_000  # characters of a reply that are looked at
_QUOTE = 8  # letters and digits of a quote that is less than a sentence
_COPY = 12  # letters and digits in a row that a question may share with the text as a search term; more is a copy
_NEAR = (
    0.8  # Dice of character bigrams; 1 of 2,000 pairs that people wrote of one unit reaches it, all the same question
)

_BARS = re.compile(r"[|｜│┃¦丨\t]+")
_MARKS = re.compile(r"(?:[\s*•·●>#-]|\d{1,3}\s?[.．、)）:：](?!\d)|[（(【\[]\d{1,3}[)）】\]]|[①-⑳])+")
_LABEL = re.compile(r"(?:问题|提问|问|句子|原句|原文|依据|[Qq])[*\s]{0,3}\d{0,3}[*\s]{0,3}[:：][*\s]*")
_SENTENCE_BELOW = re.compile(r"\n[ \t*•-]{0,8}(?=(?:句子|原句|原文|依据)[* \t]{0,3}[:：])")
_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|「([^「」]*)」|『([^『』]*)』")
_MARKUP = re.compile(r"[<>{}`\\]|https?:|www\.", re.IGNORECASE)
_POINTS = re.compile("本条|该条|本措施|该措施|本项|该项措施|上述|上文|下文|文中|这句话|这段|该政策|本政策|[本该]文件")


class ExpandError(ValueError):
    """Questions can't be written; the message names what is missing or unknown, and the remedy."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What came of one unit.

    Attributes:
        unit_id: the unit.
        known: expected questions that it had before.
        kept: those written for it now, already in the file.
        dropped: reason → lines of the replies that were not kept for it.
        trouble: why the chat model could not be asked or nothing of its replies was of use; empty when all went well.
    """

    unit_id: str
    known: int
    kept: tuple[ExpectedQuestion, ...]
    dropped: dict[str, int]
    trouble: str = ""


class Expander:
    """Writes the questions that units lack.

    Args:
        settings: its corpus is read, and its chat model asked; the index is not looked at.
        least: expected questions that every unit should have.

    Raises:
        ExpandError: no chat model is configured.
        CorpusError, AgencyTableError, ReadError, UnitError, BalanceError: the corpus can't be used as it stands.
    """

    def __init__(self, settings: Settings, least: int = LEAST) -> None:
        if settings.chat is None:
            raise ExpandError(
                "no chat model is configured; set LLM_BASE_URL (where its OpenAI-compatible API begins, "
                "like http://localhost:8000/v1) and LLM_MODEL (its name there) in the environment or in .env"
            )
        corpus = read_corpus(settings.corpus_dir)
        balances, self.units = read_units(corpus)
        require_balanced(balances, strict=False)
        self.path = corpus.folder / "questions" / FILE
        self._slugs = tuple(document.slug for document in corpus.documents)
        self._questions = list(corpus.questions)
        self._askers = {plain(question.question): question.unit_id for question in corpus.questions}
        self._model = settings.chat.model
        self._chain = _chain(settings.chat)
        self._least = least

    def short(self, unit_ids: Sequence[str] = (), slugs: Sequence[str] = ()) -> tuple[PolicyUnit, ...]:
        """The units that lack questions: of those named and of the documents named, of all when nothing is named.

        Raises:
            ExpandError: there is no such unit or document.
        """
        known = {unit.unit_id for unit in self.units}
        for slug in slugs:
            if slug not in self._slugs:
                raise ExpandError(f"no document {slug!r}; give one of {', '.join(self._slugs)}")
        for unit_id in unit_ids:
            if unit_id not in known:
                raise ExpandError(f"no unit {unit_id!r}; give one of {self._extents()}")
        chosen = [
            unit for unit in self.units if unit.unit_id in unit_ids or unit.document in slugs or not (unit_ids or slugs)
        ]
        return short_units(chosen, self._questions, self._least)

    def run(self, units: Iterable[PolicyUnit]) -> Iterator[Expansion]:
        """Ask for one unit after the other; what is kept of a unit is in the file before the next is asked for.

        Raises:
            ExpandError: the file can't be written.
        """
        for unit in units:
            expansion = self._expand(unit)
            if expansion.kept:
                _append(self.path, expansion.kept, self._model)
                self._questions += expansion.kept
                self._askers |= {plain(question.question): unit.unit_id for question in expansion.kept}
            yield expansion

    def _expand(self, unit: PolicyUnit) -> Expansion:
        known = [question.question for question in self._questions if question.unit_id == unit.unit_id]
        sieve = _Sieve(unit, known, self._askers)
        trouble = ""
        for _ in range(_ASKS):
            missing = self._least - len(known) - len(sieve.kept)
            if missing <= 0:
                break
            prompt = _prompt(unit, [*known, *(question.question for question in sieve.kept)], missing)
            try:
                reply = self._chain.invoke(prompt)
            except Exception as error:  # noqa: BLE001 - a batch is a door: one unit's error is told, the rest go on
                trouble = _told(error)
                break
            sieve.take(reply, missing)
        if not sieve.kept and not trouble:
            trouble = f"nothing usable in {_ASKS} replies; try again, or set LLM_MODEL to a more able model"
        return Expansion(unit.unit_id, len(known), tuple(sieve.kept), dict(sieve.dropped), trouble)

    def _extents(self) -> str:
        """First and last unit of every document, as ``plan/1 … plan/3.3``."""
        of = {slug: [unit.unit_id for unit in self.units if unit.document == slug] for slug in self._slugs}
        return ", ".join(f"{ids[0]} … {ids[-1]}" for ids in of.values() if ids)


def parse(reply: str) -> Iterator[tuple[str, str]]:
    """Question and quote of every line of a reply; the quote is empty where a line has none.

    Understood besides ``问题 | 句子``: full-width bars, tables, bullets, numbers, labels, code fences, quotation marks,
    a sentence on the line below, and thoughts before the reply. Blank lines, fences and rules are no lines.
    """
    said = reply.rpartition("</think>")[2][:_READ]
    for line in _SENTENCE_BELOW.sub(" | ", said).splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            continue
        fields = [field for field in map(_bare, _BARS.split(line)) if any(map(str.isalpha, field))]
        if fields:
            yield fields[0], fields[1] if len(fields) > 1 else ""


class _Sieve:
    """What can be kept of the replies for one unit, and why the rest can't."""

    def __init__(self, unit: PolicyUnit, known: Sequence[str], askers: dict[str, str]) -> None:
        self.kept: list[ExpectedQuestion] = []
        self.dropped: Counter[str] = Counter()
        self._unit = unit
        self._askers = askers
        self._text = plain(unit.text)
        # By lines first: what the splitter takes for a blank may be a line end to those who read the file.
        self._sentences = {part: plain(part) for line in unit.text.splitlines() for part in sentences(line)}
        self._taken = [plain(question) for question in known]

    def take(self, reply: str, most: int) -> None:
        """Keep at most ``most`` questions of ``reply``."""
        wanted = len(self.kept) + most
        for question, quote in parse(reply):
            reason = self._refused(question, quote) or ("beyond those wanted" if len(self.kept) == wanted else "")
            if reason:
                self.dropped[reason] += 1
                continue
            self.kept.append(ExpectedQuestion(self._unit.unit_id, question, self._sentence(plain(quote))))
            self._taken.append(plain(question))

    def _refused(self, question: str, quote: str) -> str:
        """Why the question can't be kept, empty when it can."""
        if not quote:
            return "without question and sentence"
        asked, quoted = plain(question), plain(quote)
        if not (len(asked) >= SHORTEST and len(question) <= LONGEST):
            return f"not of {SHORTEST} to {LONGEST} characters"
        if _MARKUP.search(question) or not question.isprintable():
            return "with markup, an address or control characters"
        if quoted not in self._text or (len(quoted) < _QUOTE and quoted not in self._sentences.values()):
            return "sentence not in the unit"
        if _POINTS.search(question):
            return "not understood without the text"
        if (len(asked) > _COPY and asked in self._text) or (len(quoted) > _COPY and quoted in asked):
            return "copied from the text"
        if asked in self._taken:
            return "known already"
        if asked in self._askers:
            return "asked of another unit"
        if any(_likeness(asked, other) >= _NEAR for other in self._taken):
            return "nearly the same as another"
        return ""

    def _sentence(self, quoted: str) -> str:
        """The sentence of the unit that has most of the quote in one run."""

        def shared(sentence: str) -> int:
            whole = self._sentences[sentence]
            if quoted in whole:
                return len(quoted)
            return SequenceMatcher(None, quoted, whole, autojunk=False).find_longest_match().size

        return max(self._sentences, key=shared)


def _chain(chat: ChatSettings) -> Runnable[str, str]:
    from langchain_core.output_parsers import StrOutputParser

    return open_chat_model(chat) | StrOutputParser()


def _prompt(unit: PolicyUnit, known: Sequence[str], missing: int) -> str:
    """The prompt, with the texts fenced in."""
    listed = "\n".join(known[-_LISTED:]) or "（还没有）"
    return fill(
        "expand",
        fence=fence(unit.text, listed),
        label=unit.label,
        text=unit.text,
        known=listed,
        count=str(min(missing + _SPARE, _MOST)),
    )


def _bare(field: str) -> str:
    """A field without bullet, number, label and outer quotation marks, its white space in single blanks."""
    text = " ".join(field.split())
    for mark in (_MARKS, _LABEL):
        found = mark.match(text)
        text = text[found.end() :] if found else text
    text = text.strip("* ")
    quoted = _QUOTED.fullmatch(text)
    return next(group for group in quoted.groups() if group is not None).strip() if quoted else text


def _likeness(left: str, right: str) -> float:
    """Dice coefficient of the character bigrams of two texts, 0–1."""
    pairs, others = ({text[start : start + 2] for start in range(len(text) - 1)} for text in (left, right))
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs or others else 0.0


def _told(error: Exception) -> str:
    """An error in one line: a server's message may be a whole page."""
    return f"{type(error).__name__}: {' '.join(str(error)[:_READ].split())[:200]}"


def _append(path: Path, questions: Sequence[ExpectedQuestion], model: str) -> None:
    """Add questions to the file, all or none: a copy with them takes its place."""
    lines = "".join(
        json.dumps(
            {"unit_id": item.unit_id, "question": item.question, "sentence": item.sentence, "model": model},
            ensure_ascii=False,
        )
        + "\n"
        for item in questions
    )
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        broken = b"\n" if before and not before.endswith(b"\n") else b""
        with part.open("wb") as file:
            file.write(before + broken + lines.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ExpandError(f"{path}: can't be written ({error.strerror}); make its folder writable") from error
