"""Documents named in questions: by title or alias, by number (国发〔2018〕39号), or by its title's words (就业意见)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answering.understanding.lexis import blank
from index.names import Names
from index.records import Document
from index.text import Segmenter, normalise

_NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{0,10})(?:[〔\[【(﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】)﹞]|(?P<bare>(?:19|20)\d\d)年?)\s*第?\s*(?P<number>\d{1,4})\s*号"
)
_OFFICE = re.compile("[发字办函令规政委]$")  # how the sign of an office ends: 国发, 赣市府办字
_KIND = re.compile("文件|方案|意见|措施|办法|通知|计划|规划|条例|规定|细则|分工表")
_LINKS = frozenset(
    ("的", "那", "那个", "那份", "这个", "这份", "个", "份", "关于", "年")
)  # between title words and 方案
_REACH = 16  # characters before 方案 that may name its document
_FEW = 2  # so many documents are told apart by their aliases

Span = tuple[int, int, tuple[str, ...]]


class Titles:
    """Finds names of documents.

    Args:
        documents: the corpus.
        segmenter: the index's own.
    """

    def __init__(self, documents: Sequence[Document], segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._slugs: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, set[str]] = {}
        self._titles = {document.slug: normalise(document.title) for document in documents}
        self._years = {document.slug: (document.date or "")[:4] for document in documents}
        self._numbers: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for document in documents:
            for name in dict.fromkeys(map(normalise, (document.title, document.short_title, *document.aliases))):
                self._slugs[name] = (*self._slugs.get(name, ()), document.slug)
            for office, year, number in _numbers(normalise(document.number or "")):
                self._numbers.setdefault((year, number), []).append((office, document.slug))
            if len(documents) > _FEW:
                for word in segmenter.words(document.short_title):
                    self._words.setdefault(word, set()).add(document.slug)
        self._names = Names(sorted(self._slugs, key=len, reverse=True))

    def find(self, text: str) -> list[Span]:
        """Where a normalised text names documents, and the slugs of those that each name may mean, in order."""
        found: list[Span] = [(start, end, self._slugs[text[start:end]]) for start, end in self._names.longest(text)]
        rest = blank(text, ((start, end) for start, end, _ in found if end - start > _REACH))
        found = self._with(found, self._numbered(rest))
        rest = blank(text, ((start, end) for start, end, _ in found if end - start > 2))
        found = self._with(found, self._described(rest))
        return sorted(found)

    def unknown(self, text: str) -> tuple[str, ...]:
        """Document numbers in a normalised text, whole ones with office and brackets, that no document has."""
        numbers = (match for match in _NUMBER.finditer(text) if match["year"] and _OFFICE.search(match["office"]))
        return tuple(match.group().strip() for match in numbers if not any(self._numbered(match.group())))

    @staticmethod
    def _with(found: Sequence[Span], more: Iterator[Span]) -> list[Span]:
        """``found`` and ``more``, without those inside one of the latter."""
        added = list(more)
        kept = [span for span in found if not any(start < span[1] and span[0] < end for start, end, _ in added)]
        return [*kept, *added]

    def _numbered(self, text: str) -> Iterator[Span]:
        """国发〔2018〕39号, [2018]39号, 国发2018年39号."""
        for match in _NUMBER.finditer(text):
            for office, slug in self._numbers.get((match["year"] or match["bare"], match["number"]), ()):
                if match["office"].endswith(office) or not _OFFICE.search(match["office"]):
                    start = match.start() + max(0, len(match["office"]) - len(office))
                    yield start, match.end(), (slug,)
                    break

    def _described(self, text: str) -> Iterator[Span]:
        """就业那个意见, 个体工商户的措施, 2018年的就业文件: words that only titles of some documents hold."""
        if not self._words:
            return
        for kind in _KIND.finditer(text):
            before = text[max(0, kind.start() - _REACH) : kind.start()]
            start, slugs, year = kind.start(), set(self._titles), ""
            place = start
            for token in reversed(self._segmenter.tokens(before)):
                place -= len(token)
                words = self._segmenter.words(token)
                if token in self._years.values():
                    year = token
                elif words and all(word in self._words for word in words) and token not in _LINKS:
                    held = slugs.intersection(*(self._words[word] for word in words))
                    if not held:
                        break
                    slugs = held
                elif token not in _LINKS:
                    break
                else:
                    continue
                start = place
            if kind.group() != "文件":
                slugs = {slug for slug in slugs if kind.group() in self._titles[slug]}
            slugs = {slug for slug in slugs if not year or self._years[slug] == year}
            if start < kind.start() and slugs and len(slugs) < len(self._titles):
                yield start, kind.end(), tuple(slug for slug in self._titles if slug in slugs)


def _numbers(text: str) -> Iterator[tuple[str, str, str]]:
    """Office, year and number of each document number in a normalised text."""
    return ((match["office"], match["year"] or match["bare"], match["number"]) for match in _NUMBER.finditer(text))
