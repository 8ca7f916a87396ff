"""Documents, units, bodies and tasks as plain JSON values; the field names are those of the Answer contract.

``document`` is the full title and ``agencies`` are as printed, as in a citation; ``document_id`` and ``agency_ids`` are
the ids behind them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from answering.service import Service
from duties.selection import Selection, chosen
from index.agencies import Agency
from index.records import AgencyFilter, Combination, Document, PolicyUnit
from index.text import normalise, plain

Json = dict[str, Any]


class NoSuchError(LookupError):
    """A name stands for nothing here.

    Attributes:
        kind: what was looked for: ``unit``, ``document``, ``measure`` or ``agency``.
        message: which name, and where those that exist are listed, in Chinese.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class Catalogue:
    """Looks things up in what a service answers from.

    Args:
        service: open.
    """

    def __init__(self, service: Service) -> None:
        self._documents = service.documents
        self._units = service.units
        self._registry = service.registry

    def documents(self) -> list[Json]:
        """All documents, in order, each with the number of its units."""
        counted = Counter(unit.document for unit in self._units)
        return [_document(document, counted[slug]) for slug, document in self._documents.items()]

    def unit(self, unit_id: str) -> Json:
        """The unit of this id.

        Raises:
            NoSuchError: there is none.
        """
        for unit in self._units:
            if unit.unit_id == unit_id:
                return self._unit(unit)
        raise NoSuchError("unit", f"没有编号为“{unit_id}”的条目，全部编号见条目清单（units）。")

    def units(self, document: str = "", measure: str = "", agency: str = "", words: str = "") -> list[Json]:
        """Units in document order that all of these hold of; what is empty asks nothing.

        Args:
            document: id, title or any other name of a document.
            measure: number as printed, or without 第, 条 and 项.
            agency: id or any name of a body that is responsible.
            words: each must stand in the heading or the text.

        Raises:
            NoSuchError: there is no such document or body.
        """
        slug = self._slug(document) if document else ""
        held = set(self.resolve(agency)) if agency else set()
        number, sought = _number(measure), [normalise(word) for word in words.split()]
        return [
            self._unit(unit)
            for unit in self._units
            if (not slug or unit.document == slug)
            and (not number or _number(unit.measure) == number)
            and (not held or held & set(unit.agency_ids))
            and all(word in normalise(f"{unit.heading} {unit.text}") for word in sought)
        ]

    def agencies(self, name: str = "") -> list[Json]:
        """Bodies in the order of their table: those that ``name`` may stand for, or all.

        Raises:
            NoSuchError: there is no such body.
        """
        wanted = self.resolve(name) if name else tuple(agency.agency_id for agency in self._registry.agencies)
        counted = Counter(agency_id for unit in self._units for agency_id in unit.agency_ids)
        return [_agency(self._registry[agency_id], counted[agency_id]) for agency_id in wanted]

    def tasks(self, agencies: Sequence[str], match: str = "any", excluded: Sequence[str] = ()) -> Json:
        """The tasks of bodies, how many they are, and who shares them.

        Args:
            agencies: ids or names of bodies; none for those of every body.
            match: ``all`` when a task must be of all of them, ``any`` when of one.
            excluded: ids or names of bodies that a task must not be of.

        Raises:
            NoSuchError: there is no such body.
        """
        included = tuple(self.resolve(name) for name in agencies)
        without = tuple(dict.fromkeys(agency_id for name in excluded for agency_id in self.resolve(name)))
        bodies = AgencyFilter(included, Combination(match), without)
        found = chosen((unit for unit in self._units if unit.agency_ids), Selection(bodies))
        shared = Counter(each for duty in found for each in duty.unit.agency_ids if each not in bodies.ids)
        return {
            "agencies": self._named(bodies.ids),
            "match": match,
            "not": self._named(without),
            "count": len(found),
            "tasks": [{**self._unit(duty.unit), "partners": list(duty.shared)} for duty in found],
            "partners": [{**named, "count": shared[named["agency_id"]]} for named in self._named(_ranked(shared))],
        }

    def resolve(self, name: str) -> tuple[str, ...]:
        """Ids that a body's id or any of its names may stand for (区政府: 各区 or 有关区).

        Raises:
            NoSuchError: there is no such body.
        """
        written = normalise(name).strip()
        for agency in self._registry.agencies:
            if agency.agency_id == written:
                return (written,)
        for mention in self._registry.find(written):
            if mention.phrase == written:
                return mention.agency_ids
        raise NoSuchError("agency", f"没有叫“{name}”的责任单位，全部单位见单位清单（agencies）。")

    def _slug(self, name: str) -> str:
        """Id of the document of this name."""
        written = plain(name)
        for slug, document in self._documents.items():
            if written in map(plain, (slug, document.title, document.short_title, *document.aliases)):
                return slug
        raise NoSuchError("document", f"没有叫“{name}”的文件，全部文件见文件清单（documents）。")

    def _unit(self, unit: PolicyUnit) -> Json:
        return {
            "unit_id": unit.unit_id,
            "document": self._documents[unit.document].title,
            "document_id": unit.document,
            "measure": unit.measure,
            "serial": unit.serial,
            "label": unit.label,
            "section": list(unit.section),
            "heading": unit.heading,
            "text": unit.text,
            "agencies": list(unit.agencies),
            "agency_ids": list(unit.agency_ids),
            "roles": [{"name": role.name, "bodies": list(role.bodies), "leads": role.leads} for role in unit.roles],
            "deadline": unit.deadline,
        }

    def _named(self, agency_ids: Sequence[str]) -> list[Json]:
        return [{"agency_id": each, "name": self._registry[each].name} for each in agency_ids]


def _document(document: Document, units: int) -> Json:
    return {
        "document_id": document.slug,
        "title": document.title,
        "short_title": document.short_title,
        "issuer": document.issuer,
        "number": document.number,
        "date": document.date,
        "region": document.region,
        "version": document.version,
        "sha256": document.sha256,
        "units": units,
    }


def _agency(agency: Agency, tasks: int) -> Json:
    return {
        "agency_id": agency.agency_id,
        "name": agency.name,
        "kind": agency.kind,
        "printed": list(agency.printed),
        "aliases": list(agency.aliases),
        "tasks": tasks,
    }


def _ranked(shared: Counter[str]) -> list[str]:
    return [agency_id for agency_id, _ in shared.most_common()]


def _number(measure: str) -> str:
    """A measure's number without what stands around it: 第3条 and 3 are the same."""
    return plain(measure).removeprefix("第").removesuffix("条").removesuffix("项")
