"""What the documents' tab shows: few documents all in one page, of many the list or one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from web.documents_html import contents, document
from web.documents_list import hits_html, listed
from web.documents_search import Marker, Reader, Wanted, found_html, wanted
from web.escape import escaped
from web.links import to_document
from web.sources import Sources

if TYPE_CHECKING:
    from answering.service import Service

TOGETHER = 2  # documents that are read as one page
FILTERED = 10  # documents from which on the list has a filter


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tab shows at one moment.

    Attributes:
        edition: of the service that it was made of, see :class:`web.loading.State`; 0 for nothing yet.
        slug: of the one document shown; empty for the list, or all in one page.
        html: of the documents.
        found: how many hits there are, as HTML; empty when nothing was looked for.
        many: there is a list, with a filter.
    """

    edition: int = 0
    slug: str = ""
    html: str = ""
    found: str = ""
    many: bool = False


class DocumentsPage:
    """Makes what is shown of one service.

    Args:
        service: open.
        edition: of it.
    """

    def __init__(self, service: Service, edition: int) -> None:
        self._service = service
        self._edition = edition
        self._sources = Sources.of(service.units, service.documents)
        self._library = {published.document.slug: published for published in service.library}
        self._text = lru_cache(maxsize=None)(self._folded)

    @property
    def together(self) -> bool:
        """True when all documents are one page."""
        return len(self._library) <= TOGETHER

    def start(self, filtered: str = "") -> Shown:
        """The list of documents whose title, region or year ``filtered`` names; or all documents."""
        if self.together:
            return self.document("", "")
        html = listed(tuple(self._library.values()), self._sources, filtered)
        return Shown(self._edition, html=html, many=len(self._library) >= FILTERED)

    def document(self, slug: str, typed: str = "") -> Shown:
        """A document with its contents beside it and ``typed`` marked; all of them where they are one page."""
        if not self.together and slug not in self._library:
            return self.start()
        looked_for = wanted(typed, self._service.registry)
        shown = tuple(self._library.values()) if self.together else (self._library[slug],)
        marked = {published.document.slug: Marker(looked_for) for published in shown}
        texts = "".join(document(one, self._sources, marked[one.document.slug]) for one in shown)
        counts = {one.document.short_title: marked[one.document.slug].hits for one in shown}
        back = "" if self.together else f'<p class="back"><a href="{escaped(to_document(""))}">← 全部文件</a></p>'
        beside = contents(shown, self._sources)
        html = (
            '<div class="library">'
            f'<nav class="beside" aria-label="目录">{back}{beside}</nav>'
            f'<details class="above"><summary>目录</summary><nav aria-label="目录">{back}{beside}</nav></details>'
            f'<div class="texts">{texts}</div></div>'
        )
        found = found_html(looked_for, counts) if typed.strip() else ""
        return Shown(self._edition, "" if self.together else slug, html, found)

    def search(self, typed: str) -> Shown:
        """Every document with its hits; where all are one page, the hits marked in it."""
        looked_for = wanted(typed, self._service.registry)
        if self.together:
            return self.document("", typed)
        if not looked_for.spellings:
            return self.start()
        counts = {slug: self._hits(slug, looked_for) for slug in self._library}
        if not any(counts.values()):
            return Shown(self._edition, found=found_html(looked_for, {}), html=self.start().html)
        held = {self._library[slug].document.title: count for slug, count in counts.items() if count}
        total = f'<p role="status"><b>{len(held)} 份文件，共 {sum(held.values())} 处</b></p>'
        return Shown(
            self._edition, html=hits_html(tuple(self._library.values()), counts, looked_for.typed), found=total
        )

    def _hits(self, slug: str, looked_for: Wanted) -> int:
        """How often a document holds what is looked for, as :meth:`document` marks it."""
        spellings = sorted(looked_for.spellings, key=len, reverse=True)
        return len(re.findall("|".join(map(re.escape, spellings)), self._text(slug)))

    def _folded(self, slug: str) -> str:
        """All that is marked of a document, normalised; made when first looked into."""
        from index.text import normalise

        reader = Reader()
        document(self._library[slug], self._sources, reader)
        return normalise("\n".join(reader.texts))
