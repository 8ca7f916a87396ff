"""Questions in English, or in Chinese mixed with it, rewritten in the Chinese that the understanding knows.

Not a translation: the terms of the documents, the names of bodies, numbers and the wording that tells what is asked
for, in an order that the rules can read (Who is in charge of bonded maintenance? → 保税维修由谁负责). The terms belong
to the corpus (``corpus/glossary.tsv``), the language of questions to ``english_words.tsv`` beside this file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.glossary import GlossaryError, Term, rows
from index.records import Refusal

_WORDS = Path(__file__).with_name("english_words.tsv")
_GAP = "…"
_FIRST_MARK = 0xE000  # while it is worked on, finished Chinese stands in a sentence as one private-use character
_MARK = re.compile("[\ue000-\uf8ff]")
_LEFT_OUT = "\x00"  # where a word that says nothing stood
_SHORTEST_SLIP = 5  # letters from which a word that no table has is taken for a misspelt one
_LEAST_KNOWN = 0.5  # share of the Latin words that must be known; of pinyin hardly one is

_LATIN = re.compile("[A-Za-z]")
_HAN = re.compile("[\u4e00-\u9fff]")
_OTHER = r"[^\x00-\x7f。？！；]"  # of another script than Latin: stays as it is
_TOKEN = re.compile(
    rf"(?:\d+(?={_OTHER}))?{_OTHER}+(?:[\d ]*{_OTHER}+)*|[。？！；]|"
    r"[A-Za-z0-9]+(?:[.&][A-Za-z0-9]+)*|[,:;()\"/+]|[.?!](?=\s|$)"
)
_SENTENCE_ENDS = ".?!;。？！；"
_INVERTED = re.compile(
    "^(?P<head>.* )?(?P<a>[\ue000-\uf8ff]) (?:of|in|under|within|from)(?: the| that| this)? (?P<b>[\ue000-\uf8ff])(?= )"
)
_EXPANDED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"[’‘`´]", "'"),
        (r"\b(who|what|where|how|when|that|there|it)'s\b|\b(who|what)s\b", r"\1\2 is"),
        (r"\bcan'?t\b|\bcannot\b", "can not"),
        (r"n't\b", " not"),
        (r"'(?:re|ll|ve|d|m|s)?\b|(?<=s)'", ""),
        (r"(?<=[a-z])[-–](?=[a-z0-9])|(?<=[0-9])[-–](?=[a-z])", " "),  # overseas-warehouse, but 3-5
    )
)


@dataclass(frozen=True, slots=True)
class Translation:
    """A question after translation.

    Attributes:
        text: the question for the Chinese understanding; the text itself where there was nothing to translate.
        english: most of the question is English, so that its answer wants a line in English before it.
        unknown: content words that no table has, as written; they stay in ``text`` and so count as not found.
    """

    text: str
    english: bool = False
    unknown: tuple[str, ...] = ()


class Translator:
    """Rewrites English questions in Chinese; keeps nothing between questions.

    Args:
        terms: the corpus' glossary.
        words: the language of questions.

    Raises:
        GlossaryError: ``words`` can't be used.
    """

    def __init__(self, terms: Iterable[Term], words: Path = _WORDS) -> None:
        self._frames, phrases = _question_language(words)
        self._terms = _Phrases((term.english, term.chinese) for term in terms)
        self._words = _Phrases(phrases)
        framed = {word for frame in self._frames for word in frame.words}
        self._spelling = _Spelling(self._terms.vocabulary | self._words.vocabulary | framed)

    def translate(self, text: str) -> Translation:
        """``text`` in Chinese as far as the tables go; a text without Latin letters is returned as it is."""
        if not _LATIN.search(text):
            return Translation(text)
        sheet = _Sheet(self._spelling)
        tokens = list(sheet.tokens(text))
        latin = sum(token[0].isalpha() and token.isascii() for token in tokens) + sheet.numbers
        mostly = latin > len(_HAN.findall(text))
        written = [self._sentence(sentence, sheet) + end for sentence, end in _split(tokens)]
        unknown = tuple(dict.fromkeys(sheet.unknown))
        if latin - len(unknown) < _LEAST_KNOWN * latin:
            return Translation(text)
        chinese = "".join(written).strip("。")
        same = not chinese or "".join(chinese.split()) == "".join(text.split())
        return Translation(text if same else chinese, mostly, unknown)

    def _sentence(self, tokens: Sequence[str], sheet: _Sheet) -> str:
        tokens = self._terms.replaced(tokens, sheet, unless=self._words)
        text = _inverted(f" {' '.join(tokens)} ", sheet)
        for frame in self._frames:
            text = frame.applied(text, sheet)
        tokens = text.split(" ")
        return sheet.joined(self._words.replaced([token for token in tokens if token], sheet))


class _Sheet:
    """What one question is worked out on: the Chinese behind the marks, and words as they were written."""

    def __init__(self, spelling: _Spelling) -> None:
        self._spelling = spelling
        self._chinese: list[str] = []
        self._written: dict[str, str] = {}
        self.numbers = 0
        self.unknown: list[str] = []

    def mark(self, chinese: str) -> str:
        """A character that stands for ``chinese``; nothing leaves the mark of a word left out."""
        if not chinese:
            return _LEFT_OUT
        self._chinese.append(chinese)
        return chr(_FIRST_MARK + len(self._chinese) - 1)

    def chinese(self, mark: str) -> str:
        """What a mark stands for."""
        return self._chinese[ord(mark) - _FIRST_MARK]

    def tokens(self, text: str) -> Iterator[str]:
        """Words in lower case, punctuation, and marks for numbers and for what is in another script."""
        for pattern, full in _EXPANDED:
            text = pattern.sub(full, text)
        end = 0
        for start, stop, chinese in _numbers(text):
            yield from self._words(text[end:start])
            self.numbers += 1
            yield self.mark(chinese)
            end = stop
        yield from self._words(text[end:])

    def _words(self, text: str) -> Iterator[str]:
        for match in _TOKEN.finditer(text):
            token = match.group()
            if not token.isascii():
                yield token if token in _SENTENCE_ENDS else self.mark(token)
                continue
            word = self._spelling.corrected(token.lower())
            self._written[word] = token
            yield word

    def joined(self, tokens: Sequence[str]) -> str:
        """The sentence: neighbours stand together, a blank where a word was left out, unknown words as written."""
        out = ""
        for place, token in enumerate(tokens):
            if _MARK.fullmatch(token):
                out += self.chinese(token)
            elif token == "," and _stands_between(tokens, place):
                out += "、"
            elif token == _LEFT_OUT or token in _BLANK:
                out += " "
            elif token[0].isalnum():
                out += f" {self._written[token]}" if out[-1:].isascii() and out[-1:].isalnum() else self._written[token]
                if not token.isdecimal():
                    self.unknown.append(self._written[token])
            else:
                out += token
        return _TIGHT.sub(r"\1", re.sub(r"\s+", " ", out)).strip(" 、")


def _stands_between(tokens: Sequence[str], place: int) -> bool:
    """True for a mark of punctuation between two pieces of Chinese."""
    around = tokens[max(place - 1, 0) : place + 2]
    return len(around) == 3 and all(_MARK.fullmatch(token) for token in around[::2])


_BLANK = frozenset(",:;()")
_TIGHT = re.compile("[ 、]*([和或、，。？！]) ?")


class _Phrases:
    """Wordings and their Chinese, looked up longest first, as written or by their stems.

    Args:
        pairs: an English wording and its Chinese, which may be nothing.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[tuple[str, ...], str] = {}
        self._stems: dict[tuple[str, ...], str] = {}
        for english, chinese in pairs:
            words = tuple(english.lower().replace("-", " ").replace("'s", "").replace("'", "").split())
            self._exact.setdefault(words, chinese)
            self._stems.setdefault(tuple(map(_stem, words)), chinese)
        self._longest = max(map(len, self._exact), default=0)
        self.vocabulary = frozenset(word for words in self._exact for word in words)

    def replaced(self, tokens: Sequence[str], sheet: _Sheet, unless: _Phrases | None = None) -> list[str]:
        """``tokens`` with a mark for every wording; none where ``unless`` has a longer one, or the very word."""
        out: list[str] = []
        place = 0
        while place < len(tokens):
            length, chinese, exact = self._at(tokens, place)
            if unless and length:
                other, _, very = unless._at(tokens, place)
                if other > length or (other == length == 1 and very and not exact):
                    out += tokens[place : place + other]
                    place += other
                    continue
            out.append(sheet.mark(chinese) if length else tokens[place])
            place += length or 1
        return out

    def _at(self, tokens: Sequence[str], place: int) -> tuple[int, str, bool]:
        """Length and Chinese of the longest wording at ``place``, and whether it stands there as the table has it."""
        if not tokens[place][0].isascii() or not tokens[place][0].isalnum():
            return 0, "", False
        words = tuple(tokens[place : place + self._longest])
        for length in range(len(words), 0, -1):
            if (key := words[:length]) in self._exact:
                return length, self._exact[key], True
            if (stems := tuple(map(_stem, key))) in self._stems:
                return length, self._stems[stems], False
        return 0, "", False


@dataclass(frozen=True, slots=True)
class _Frame:
    """A wording with gaps, and the Chinese that its gaps are put into."""

    pattern: re.Pattern[str]
    pieces: tuple[str, ...]
    words: frozenset[str]

    def applied(self, text: str, sheet: _Sheet) -> str:
        """``text`` with the frame in Chinese where it fits, else as it is."""
        match = self.pattern.search(text)
        if not match:
            return text
        parts = [text[: match.start()]]
        for piece, gap in zip(self.pieces, (*match.groups(), ""), strict=True):
            parts += [sheet.mark(piece) if piece else "", gap]
        return " ".join(" ".join((*parts, text[match.end() :])).split(" ")).join("  ")


def _frame(english: str, chinese: str, sets: dict[str, str]) -> _Frame:
    """A line of the table, compiled; ``re.error`` or ``ValueError`` when it can't be."""
    for name, words in sets.items():
        english = english.replace(name, f"(?:{words})")
    parts = [part.strip() for part in english.split(_GAP)]
    pieces = tuple(chinese.split(_GAP))
    if len(parts) != len(pieces):
        raise ValueError(f"{len(parts) - 1} gaps in English and {len(pieces) - 1} in Chinese")
    pattern = "(.*?)".join(map(_part, parts))
    if not parts[-1]:
        pattern = pattern.removesuffix("(.*?)") + "(.*)"
    if not parts[0]:
        pattern = "^" + pattern
    return _Frame(re.compile(pattern), pieces, frozenset(re.findall(r"[a-z]{4,}", english)))


def _part(part: str) -> str:
    """What stands between two gaps: whole words, at the sentence's beginning (^) or end ($) where it says so."""
    first = "^ +" if part.startswith("^") else "(?<= )"
    last = "(?= *$)" if part.endswith("$") else "(?= )"
    return f"{first}(?:{part.removeprefix('^').removesuffix('$')}){last}" if part else ""


def _question_language(path: Path) -> tuple[tuple[_Frame, ...], tuple[tuple[str, str], ...]]:
    """Frames and phrases of the table at ``path``."""
    sets: dict[str, str] = {}
    frames: list[_Frame] = []
    phrases: dict[str, str] = {}
    for place, english, chinese in rows(path):
        if english.startswith("<") and english.endswith(">"):
            sets[english] = chinese
        elif _GAP in english:
            try:
                frames.append(_frame(english, chinese, sets))
            except (re.error, ValueError) as error:
                raise GlossaryError(f"{place}: {english!r} is no frame ({error}); correct the line") from error
        else:
            for variant in english.split("|"):
                if variant in phrases:
                    raise GlossaryError(f"{place}: {variant!r} is given twice; keep one of the two")
                phrases[variant] = chinese
    return tuple(frames), tuple(phrases.items())


def _split(tokens: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """Sentences, each with the mark that ends it in Chinese."""
    sentence: list[str] = []
    for token in (*tokens, "."):
        if token not in _SENTENCE_ENDS:
            sentence.append(token)
        elif sentence:
            yield sentence, "。" if token.isascii() else token
            sentence = []


def _inverted(text: str, sheet: _Sheet) -> str:
    """``A of B`` as ``B A`` where both are Chinese already, from the last one on: 第3行 of 第9条 → 第9条第3行."""
    while match := _INVERTED.search(text):
        both = sheet.mark(sheet.chinese(match["b"]) + sheet.chinese(match["a"]))
        text = f"{match['head'] or ''}{both}{text[match.end() :]}"
    return text


# Stems

_SUFFIXES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), stem)
    for pattern, stem in (
        (r"(?<=\w{3})is(?=(?:e|es|ed|er|ing|ation|ations)$)", "iz"),  # organisation
        (r"(?<=\w{3})our(?=s?$|ed$|ing$)", "or"),  # harbour
        (r"(?<=\w{2}[tb])re(?=s?$)", "er"),  # centre, fibre
        (r"(?<=gram)mes?$", ""),  # programme
        (r"(?<=\w{2})ies$", "y"),
        (r"(?<=ss|sh|ch|.x|zz)es$", ""),
        (r"(?<=\w[^sui])s$", ""),
        (r"(?<=[aeiouy]\w)([b-df-hj-km-np-rtv-z])\1(?:ing|ed)$", r"\1"),  # shipping, netted
        (r"(?<=[aeiouy])([b-df-hj-km-np-rtv-z])\1(?:ing|ed)$", r"\1"),
        (r"(?<=[aeiouy]\w)(?:ing|ed)$|(?<=[aeiouy]\w\w)(?:ing|ed)$|(?<=[aeiouy]\w\w\w)(?:ing|ed)$", ""),
        (r"(?<=\w{2})e$", ""),
        (r"(?<=\w{2})y$", "i"),
    )
)


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """A word without plural, -ing and -ed, in American spelling; only ever compared with another stem."""
    if len(word) < 4 or not word.isalpha():
        return word
    for pattern, stem in _SUFFIXES:
        word = pattern.sub(stem, word)
    return word


# Slips


class _Spelling:
    """Finds the one known word that is a slip away: a letter too many, too few, wrong, or two in the wrong order."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        self._stems = frozenset(map(_stem, self._known))
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if len(word) >= _SHORTEST_SLIP and word.isalpha():
                for shape in _shapes(word):
                    self._near[shape].add(word)

    def corrected(self, word: str) -> str:
        """``word``, or the known word it is a slip of."""
        if len(word) < _SHORTEST_SLIP or not word.isalpha() or word in self._known or _stem(word) in self._stems:
            return word
        found = {near for shape in _shapes(word) for near in self._near.get(shape, ()) if _one_slip(word, near)}
        return found.pop() if len(found) == 1 else word


def _shapes(word: str) -> Iterator[str]:
    """The word and what is left of it without one of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(word: str, other: str) -> bool:
    """True when one insertion, omission, replacement or exchange of neighbours turns ``word`` into ``other``."""
    if word[0] != other[0]:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    a, b = word[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


# Numbers

_NUMBER_WORDS = (
    "one first i, two second ii, three third iii, four fourth iv, five fifth v, six sixth vi, seven seventh vii, "
    "eight eighth viii, nine ninth ix, ten tenth x, eleven eleventh xi, twelve twelfth xii, thirteen thirteenth xiii, "
    "fourteen fourteenth xiv, fifteen fifteenth xv, sixteen sixteenth xvi, seventeen seventeenth xvii, "
    "eighteen eighteenth xviii, nineteen nineteenth xix, twenty twentieth xx"
)
_VALUES = {word: str(value) for value, words in enumerate(_NUMBER_WORDS.split(", "), 1) for word in words.split()}
_CARDINAL, _ORDINAL, _ROMAN = (
    "|".join(words.split()[kind] for words in reversed(_NUMBER_WORDS.split(", "))) for kind in range(3)
)
_N = rf"(?:\d{{1,3}}(?!\d)|(?:{_CARDINAL})\b)"
_LIST = rf"(?P<n>{_N}(?:\s*(?:,? and|,|&|to|through|until|[-–])\s*{_N})*)"
_NTH = rf"(?P<n>\d{{1,2}}(?:st|nd|rd|th)|(?:{_ORDINAL})\b)"
_KIND = "(?P<c>articles?|items?|tasks?|points?|projects?|rows?|lines?|entr(?:y|ies)|serials?|measures?)"
_COUNTERS = {"art": "条", "mea": "条", "ite": "项", "tas": "项", "poi": "项", "pro": "项"}
_NO = r"\.?(?: no\.?| number)? ?"
_YEAR = r"(?:year )?(?P<n>20\d\d)\b"
_SAFEGUARD = "(?:safeguards?(?: measures?)?|supporting measures?)"

# English shapes and their Chinese, in order of precedence: {n} the number or numbers, {c} what they count.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), chinese)
    for pattern, chinese in (
        (rf"\b(?:(?:by|until|till|before|at) )?(?:the )?end of (?:the )?{_YEAR}", "{n}年底"),
        (rf"\b(?:(?:by|until|till|before|in|for) )?(?:the )?{_YEAR}", "{n}年"),
        (rf"\b(?:last|final) {_SAFEGUARD}", "保障措施最后一条"),
        (rf"\b{_NTH} {_SAFEGUARD}", "保障措施第{n}条"),
        (rf"\b{_SAFEGUARD}{_NO}{_LIST}", "保障措施第{n}条"),
        (rf"\bfirst (?P<n>{_N}) {_KIND}\b", "前{n}{c}"),
        (rf"\blast (?P<n>{_N}) {_KIND}\b", "最后{n}{c}"),
        (rf"\b(?:second (?:to )?last|penultimate|last but one) {_KIND}\b", "倒数第2{c}"),
        (rf"\b(?:very )?(?:last|final) {_KIND}\b", "最后一{c}"),
        (rf"\b{_NTH} {_KIND}\b", "第{n}{c}"),
        (rf"\b(?:articles?|art){_NO}{_LIST}", "第{n}条"),
        (rf"\barticles? (?P<n>{_ROMAN})\b", "第{n}条"),
        (rf"(?:\b(?:serials?|rows?|lines?|entry|entries|nos?|numbers?|task numbers?){_NO}|#){_LIST}", "序号{n}"),
        (rf"\b(?:items?|tasks?|points?|projects?){_NO}{_LIST}", "第{n}项"),
        (rf"\bmeasures?{_NO}{_LIST}", "第{n}个措施"),
        (rf"\b(?:part|section|chapter) (?P<n>{_N})", "第{n}部分"),
    )
)
_AMOUNT = re.compile(
    r"(?P<sign>us\$|[$¥])? ?\b(?P<n>\d[\d,]*(?:\.\d+)?) ?(?P<scale>thousand|million|billion|trillion|bn|[km])?\b ?"
    r"(?P<unit>us dollars?|dollars?|usd|yuan|rmb|cny|square met(?:er|re)s?|sqm|%|per ?cent)?",
    re.IGNORECASE,
)
_SCALES = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_MEASURED = (
    (re.compile(r"\$|dollar|usd"), "美元"),
    (re.compile("¥|yuan|rmb|cny"), "元"),
    (re.compile("^sq"), "平方米"),
    (re.compile("%|cent"), "%"),
)


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Spans of numbers that count or name something and their Chinese, left to right, none overlapping another."""
    found: list[tuple[int, int, str]] = []
    for pattern, chinese in _SHAPES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            counter = _COUNTERS.get((parts.get("c") or "")[:3].lower(), "行")
            _add(found, match, chinese.format(n=_figures(parts.get("n") or ""), c=counter))
    for match in _AMOUNT.finditer(text):
        if match["scale"] or match["unit"] or match["sign"] or "," in match["n"].rstrip(","):
            _add(found, match, _amount(match))
    return sorted(found)


def _add(found: list[tuple[int, int, str]], match: re.Match[str], chinese: str) -> None:
    start, end = match.span()
    if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
        found.append((start, end, chinese))


def _figures(written: str) -> str:
    """``3, 5 and 7`` → 3、5、7; ``three to five`` → 3至5; ``2nd`` → 2."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", written.lower())
    text = re.sub("[a-z]+", lambda match: _VALUES.get(match.group(), match.group()), text)
    return re.sub(r"\s*(?:to|through|until|[-–])\s*", "至", re.sub(r"\s*(?:,? ?and|,|&)\s*", "、", text))


def _amount(match: re.Match[str]) -> str:
    """``$200,000`` → 20万美元, ``100 billion yuan`` → 1000亿元."""
    value = float(match["n"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
    size, name = next((pair for pair in ((10**8, "亿"), (10**4, "万")) if value >= pair[0]), (1, ""))
    counted = (match["sign"] or match["unit"] or "").lower()
    unit = next((chinese for pattern, chinese in _MEASURED if pattern.search(counted)), "")
    return f"{value / size:g}{name}{unit}"


# The line in English

_LEADS: dict[Refusal | None, str] = {
    None: "The documents do not answer this.",
    Refusal.OUT_OF_SCOPE: "This question is outside what the documents cover.",
    Refusal.NOT_STATED: "The documents do not state this.",
    Refusal.NONEXISTENT: "The documents have no such number, or no task for the body you name.",
}
_IN_CHINESE = "The details below are in Chinese."


def english_lead(refusal: Refusal | None, count: int) -> str:
    """The line in English that stands before a Chinese answer.

    Args:
        refusal: why there is no answer; ``None`` when there is one.
        count: how many units the answer cites.
    """
    if refusal is not None:
        return f"{_LEADS[refusal]} {_IN_CHINESE}"
    if count == 1:
        return "One passage of the documents answers this; it is quoted below in Chinese, as published."
    return f"{count} passages of the documents answer this; they are quoted below in Chinese, as published."
