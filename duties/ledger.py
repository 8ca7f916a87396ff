"""All tasks of the corpus, what they can be chosen by, and the report of a choice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from duties.bodies import Bodies
from duties.matrix import Matrix, matrices
from duties.partners import Tie, ties
from duties.selection import Duty, Selection, chosen, measure_key
from duties.targets import Target, targets
from index.agencies import AgencyRegistry
from index.records import Combination, Document, PolicyUnit

_MOST_NAMES = 3  # bodies that a title names; of more, it names the first and says how many
_ROW = re.compile(r"（序号\d+）$")


@dataclass(frozen=True)  # without slots, for what is made when first asked for
class Report:
    """What a choice amounts to: everything that is shown of it or written into a file.

    Attributes:
        title: names the bodies chosen.
        conditions: what else was asked for, a line each: 文件：实施方案.
        sources: the documents that the tasks come from, with issuer and date where these are known.
        day: when the report was made.
    """

    title: str
    selection: Selection
    conditions: tuple[str, ...]
    sources: tuple[str, ...]
    day: date
    duties: tuple[Duty, ...]

    @cached_property
    def matrices(self) -> tuple[Matrix, ...]:
        """Bodies × measures of each document."""
        return matrices(self.duties)

    @cached_property
    def partners(self) -> tuple[Tie, ...]:
        """Pairs of bodies that share tasks; with bodies chosen, only pairs with one of these."""
        return ties(self.duties, self.selection.bodies.ids)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The quantified targets."""
        return targets(duty.unit for duty in self.duties)


class Ledger:
    """The tasks of all documents.

    Args:
        units: all units of the corpus, in order.
        documents: by slug.
        registry: knows every name of every body.
    """

    def __init__(
        self, units: Sequence[PolicyUnit], documents: Mapping[str, Document], registry: AgencyRegistry
    ) -> None:
        self.units = {unit.unit_id: unit for unit in units}
        self.documents = documents
        self.bodies = Bodies(registry, units)
        self.regions = tuple(dict.fromkeys(document.region for document in documents.values()))
        self.measures: dict[str, str] = {}
        for unit in units:
            self.measures.setdefault(measure_key(unit), _ROW.sub("", self.place(unit)))

    def sections(self, documents: Collection[str] = ()) -> tuple[str, ...]:
        """Headings of the documents, by slug; of all without any."""
        units = (unit for unit in self.units.values() if not documents or unit.document in documents)
        return tuple(dict.fromkeys(heading for unit in units for heading in unit.section))

    def place(self, unit: PolicyUnit) -> str:
        """A unit's number as a citation shows it, without the title: 第3条（序号7）."""
        return self.documents[unit.document].place(unit)

    def document(self, unit: PolicyUnit) -> str:
        """The short title of a unit's document."""
        return self.documents[unit.document].short_title

    def report(self, selection: Selection, day: date) -> Report:
        """What ``selection`` amounts to on ``day``."""
        places = {slug for slug, document in self.documents.items() if document.region in selection.regions}
        held = (unit for unit in self.units.values() if not selection.regions or unit.document in places)
        duties = chosen(held, selection)
        slugs = dict.fromkeys(duty.unit.document for duty in duties)
        return Report(
            self.title(selection),
            selection,
            tuple(self._conditions(selection)),
            tuple(_source(self.documents[slug]) for slug in slugs),
            day,
            duties,
        )

    def title(self, selection: Selection) -> str:
        """What to call the tasks of ``selection``: 天津海关、天津市税务局共同任务清单."""
        names = [self.bodies[agency_id].name for agency_id in selection.bodies.ids]
        if not names:
            return "任务清单"
        shown = "、".join(names) if len(names) <= _MOST_NAMES else f"{names[0]}等 {len(names)} 家单位"
        together = len(names) > 1 and selection.bodies.combination is Combination.ALL
        return f"{shown}{'共同' if together else ''}任务清单"

    def _conditions(self, selection: Selection) -> list[str]:
        bodies = selection.bodies
        word = "（同时负责）" if bodies.combination is Combination.ALL else "（任一负责）"
        asked = {
            "责任单位": [self.bodies[agency_id].name for agency_id in bodies.ids],
            "不含单位": [self.bodies[agency_id].name for agency_id in bodies.excluded],
            "地区": [region or "全国" for region in selection.regions],
            "文件": [self.documents[slug].short_title for slug in selection.documents],
            "章节": list(selection.sections),
            "条目": [
                f"{self.documents[key.partition('/')[0]].short_title}{self.measures[key]}" for key in selection.measures
            ],
            "关键词": list(selection.words),
        }
        ends = {"责任单位": word if len(bodies.ids) > 1 else ""}
        return [f"{name}：{'、'.join(values)}{ends.get(name, '')}" for name, values in asked.items() if values]


def _source(document: Document) -> str:
    known = "，".join(filter(None, (document.issuer, document.number, document.date)))
    return f"{document.title}（{known}）" if known else document.title
