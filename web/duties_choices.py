"""What the responsibility list lets choose from: bodies, documents, regions, sections and measures, as many as fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import TYPE_CHECKING

import gradio as gr

if TYPE_CHECKING:
    from duties.ledger import Ledger

NATION = "全国"  # the region of documents that hold everywhere
MOST_CHOICES = 120  # bodies or documents to tick; a name typed finds the others
MOST_DIVIDED = 5  # documents whose sections and measures are offered together

Choices = list[tuple[str, str]]


def body_choices(ledger: Ledger, ids: Iterable[str]) -> Choices:
    """Bodies as choices, each once and not more than fit: name as printed and number of tasks.

    Where documents are of several places, by full names: each place has its 市商务局.
    """
    several = len(ledger.regions) > 1
    bodies = (ledger.bodies[agency_id] for agency_id in islice(dict.fromkeys(ids), MOST_CHOICES))
    return [(f"{body.name if several else body.printed}（{body.tasks}）", body.agency_id) for body in bodies]


def document_choices(ledger: Ledger, slugs: Iterable[str]) -> Choices:
    """Documents as choices, each once and not more than fit."""
    documents = (ledger.documents[slug] for slug in islice(dict.fromkeys(slugs), MOST_CHOICES))
    several = len(ledger.regions) > 1
    return [
        (f"{document.region or '全国'}：{document.short_title}" if several else document.short_title, document.slug)
        for document in documents
    ]


def region_choices(ledger: Ledger) -> Choices:
    """Regions of the documents."""
    return [(region or "全国", region or NATION) for region in ledger.regions]


def places_of(regions: Iterable[str]) -> tuple[str | None, ...]:
    """Regions as documents have them."""
    return tuple(None if region == NATION else region for region in regions)


def parts_of(ledger: Ledger, slugs: Collection[str]) -> tuple[object, object]:
    """Sections and measures of documents as choices; of many documents none, until one is chosen."""
    if len(slugs) > MOST_DIVIDED:
        hint = "先选文件"
        return gr.update(choices=[], value=[], info=hint), gr.update(choices=[], value=[], info=hint)
    measures = [
        (f"{ledger.documents[slug].short_title} {label}", key)
        for key, label in ledger.measures.items()
        if (slug := key.partition("/")[0]) in slugs
    ]
    return (
        gr.update(choices=list(ledger.sections(slugs)), value=[], info=None),
        gr.update(choices=measures, value=[], info=None),
    )
