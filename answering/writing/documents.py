"""What documents are called in answers, where there are several of them, and of several places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.places import short_name
from index.records import Document, Evidence, Query

MOST_TITLES = 3  # documents that a sentence names


class DocumentNames:
    """Names the documents of one corpus.

    Args:
        documents: by slug.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._several = len({document.region for document in documents.values()}) > 1

    def title(self, document: Document) -> str:
        """A document's short title, with its place where documents of several places are loaded."""
        place = document.region or ""
        tells = not self._several or (place and short_name(place) in document.short_title)
        return document.short_title if tells else f"{place or document.issuer or '全国'}{document.short_title}"

    def instead(self, query: Query, evidence: Sequence[Evidence]) -> str:
        """That not the documents of the place asked about answer, and which do."""
        if not query.instead:
            return ""
        regions = dict.fromkeys(self._documents[item.unit.document].region for item in evidence)
        whose = "、".join(f"{region}的文件" if region else "全国性文件" for region in regions)
        return f"所收文件里没有{query.instead}自己的规定写到这一点，下面出自{whose}。"

    def searched(self, query: Query) -> tuple[str, ...]:
        """Slugs of the documents that a refusal says were searched: all of few, of many those asked about."""
        few = len(self._documents) <= MOST_TITLES
        return tuple(self._documents) if few or not query.documents else query.documents

    def titles(self, slugs: Sequence[str]) -> str:
        """The titles of documents; of many, some of them, how many there are and of which places."""
        documents = tuple(self._documents[slug] for slug in slugs)
        if len(documents) <= MOST_TITLES:
            return "和".join(document.title for document in documents)
        regions = tuple(dict.fromkeys(document.region or "全国" for document in documents))
        places = "、".join(regions[:MOST_TITLES]) + (f"等 {len(regions)} 个地方" if len(regions) > MOST_TITLES else "")
        named = "、".join(_quoted(document.title) for document in documents[:MOST_TITLES])
        return f"{named}等 {len(documents)} 份文件（{places}）"


def _quoted(title: str) -> str:
    return title if "》" in title else f"《{title}》"
