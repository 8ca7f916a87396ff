"""What the stages hand on, in flow order: documents → units → chunks → query → hits → evidence → answer.

Everything here is a frozen fact. A stage that changes something returns a copy.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from index.failure import Failure

if TYPE_CHECKING:
    from index.chat_stream import Tokens


@dataclass(frozen=True, slots=True)
class Document:
    """One published policy document.

    Attributes:
        slug: ASCII name used in unit ids, unique in the corpus.
        title: full title, as a citation prints it.
        short_title: what people call it in a sentence (任务分工表, 实施方案).
        aliases: other names that people use for it.
        issuer, number, date: as the text states them, ``None`` where it doesn't (``date`` is ISO 8601).
        path: file below ``corpus/documents``.
        sha256: hash of that file.
        region: place whose bodies it means by 市商务局, such as 天津市; ``None`` for the whole country, or unknown.
        version: counts the editions of the document that were taken in, from 1.
    """

    slug: str
    title: str
    short_title: str
    aliases: tuple[str, ...]
    issuer: str | None
    number: str | None
    date: str | None
    path: str
    sha256: str
    region: str | None = None
    version: int = 1

    def place(self, unit: PolicyUnit) -> str:
        """Where ``unit`` stands in this document, as a citation prints it: 第3条（序号7）."""
        return unit.label.removeprefix(self.title)


@dataclass(frozen=True, slots=True)
class Role:
    """Bodies of a unit in one role.

    Attributes:
        name: as printed: 责任单位, 牵头单位, 按职责分工负责.
        bodies: as printed, in order.
        leads: true where the document marks them as leading.
    """

    name: str
    bodies: tuple[str, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class PolicyUnit:
    """One measure or task: the smallest thing a citation can name.

    Attributes:
        unit_id: document slug + position, e.g. ``task-table/7`` or ``plan/3.2``.
        measure: number as printed in the source (``第3条``, ``14``, ``三（一）``).
        serial: printed row number of a table, ``None`` elsewhere.
        ordinal: ``measure`` as integers, outermost first: ``(3,)``, ``(3, 1)``.
        label: what a citation shows, document title included.
        section: headings above the unit, outermost first.
        heading: the unit's own heading sentence, empty for table rows.
        text: full text as printed, without number and responsibility note.
        agencies: responsible bodies as printed, in order.
        agency_ids: canonical ids of ``agencies``, same order.
        start, end: span of the unit in the source file, in characters.
        roles: the same bodies by role, in printed order.
        deadline: when it is to be done, as printed; ``None`` where the responsibility gives none.
    """

    unit_id: str
    document: str
    measure: str
    serial: int | None
    ordinal: tuple[int, ...]
    label: str
    section: tuple[str, ...]
    heading: str
    text: str
    agencies: tuple[str, ...]
    agency_ids: tuple[str, ...]
    start: int
    end: int
    roles: tuple[Role, ...] = ()
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a unit as it is embedded: a passage of its text, or a question that it answers."""

    chunk_id: str
    unit_id: str
    document: str
    text: str
    embedding_text: str


@dataclass(frozen=True, slots=True)
class ExpectedQuestion:
    """A question people would ask of a unit, and the sentence that answers it (doc2query)."""

    unit_id: str
    question: str
    sentence: str


class Intent(StrEnum):
    """What kind of answer a question asks for."""

    LOOKUP = "number_lookup"
    AGENCY_TASKS = "agency_tasks"
    OVERVIEW = "overview"
    MENTIONS = "mentions"
    COMPARISON = "comparison"
    RESPONSIBLE = "responsible"
    CONTENT = "content"


SEARCHED = frozenset({Intent.COMPARISON, Intent.RESPONSIBLE, Intent.CONTENT})  # the others are looked up


class Cue(StrEnum):
    """A sign in the wording of a question."""

    WHO = "who"
    LIST = "list"
    EVERY = "every"
    TASKS = "tasks"
    PARTNERS = "partners"
    LEAD = "lead"
    MENTION = "mention"
    BOTH_DOCUMENTS = "both documents"
    EARLIER_AND_LATER = "earlier and later"
    OTHER_DOCUMENT = "other document"
    BACKWARD = "backward"
    WITHIN = "within"
    DIFFERENCE = "difference"
    VERIFIES = "verifies"
    SCOPE = "scope"
    JOINED = "joined"


class Combination(StrEnum):
    """How the bodies named in a question belong together."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class AgencyFilter:
    """A set expression over canonical agency ids.

    Attributes:
        included: the bodies named, each as the ids that its name may stand for (区政府 is 各区 or 有关区).
        combination: whether a unit needs all of them or any.
        excluded: bodies a unit must not have.
        exclusive: the unit must have no other body than those included.
        count: how many bodies the unit must have, when the question says so.
    """

    included: tuple[tuple[str, ...], ...] = ()
    combination: Combination = Combination.ANY
    excluded: tuple[str, ...] = ()
    exclusive: bool = False
    count: int | None = None

    def __bool__(self) -> bool:
        return bool(self.included or self.excluded or self.count is not None)

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids included, in order."""
        return tuple(dict.fromkeys(agency_id for group in self.included for agency_id in group))

    def matches(self, agency_ids: tuple[str, ...]) -> bool:
        """True when a unit with these responsible bodies is in the set."""
        held = set(agency_ids)
        if held & set(self.excluded) or (self.count is not None and len(agency_ids) != self.count):
            return False
        if self.excluded and not held:
            return False  # without a body there is no task that some body keeps out of
        if self.exclusive and not held <= set(self.ids):
            return False
        found = [bool(held & set(group)) for group in self.included]
        return all(found) if self.combination is Combination.ALL or not found else any(found)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    Attributes:
        question: as asked.
        text: normalised, without the names of documents.
        standalone: as it reads on its own, with what the conversation adds.
        intent: kind of answer wanted.
        cues: signs in its wording that shape the answer.
        documents: slugs the question is restricted to; empty for all.
        unit_ids: units it names by number, section or the conversation; ``None`` when it names none.
        numbers: the words by which it names them.
        unknown_numbers: numbers it names that no document has.
        suggested: units that a number means in another document: near one that no document has, or another reading.
        single: it names one number only, which may still mean several units (第9条).
        agencies: bodies it names.
        unknown_agencies: bodies it names that hold no task, as written.
        topic: its runs of content words, the part to search with; empty when it asks for a number or a list only.
        parts: the runs of ``topic`` by clause and by member of an enumeration: what may be asked of different units.
        asking: for each part whether its clause asks something.
        subject: the part of ``topic`` that narrows a list: without bodies, numbers and names of sections.
        region: another place than the documents' own, when the question is about that place.
        places: regions of documents that it is about, ``None`` for the whole country; empty for all.
        instead: the place that it is about, where other documents answer because none of that place does.
        context: units that the conversation is about, and ``context_topic`` the words it was about.
        years: years it names.
    """

    question: str
    text: str
    standalone: str
    intent: Intent
    cues: frozenset[Cue]
    documents: tuple[str, ...]
    unit_ids: tuple[str, ...] | None
    numbers: tuple[str, ...]
    unknown_numbers: tuple[str, ...]
    agencies: AgencyFilter
    unknown_agencies: tuple[str, ...]
    topic: tuple[str, ...]
    subject: tuple[str, ...]
    years: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    asking: tuple[bool, ...] = ()
    region: str = ""
    places: tuple[str | None, ...] = ()
    instead: str = ""
    suggested: tuple[str, ...] = ()
    single: bool = False
    context: tuple[str, ...] = ()
    context_topic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartMatch:
    """How well a unit matches one part of a question.

    Attributes:
        score: BM25 as z-score over all units, plus the weight of coverage times ``coverage``.
        coverage, printed: share of the part's words that the unit holds, and that its text prints.
    """

    score: float
    coverage: float
    printed: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found by search: its fused score and what each leg said of it.

    Attributes:
        score: fused score, see :mod:`answering.retrieval`.
        coverage: share of the topic's terms, weighted by rarity, that the unit's text or its questions hold, 0–1.
        figure: share that a clause of the unit holds which states a figure, for a question that seeks one, else 0.
        asked: number of different words that the topic has.
        similarity: cosine to the nearest expected question of the unit.
        sentence: sentence that this nearest question points at.
        row: place of the unit in the index.
        parts: how well it matches each part of the question, see :attr:`Query.parts`.
    """

    unit: PolicyUnit
    score: float
    coverage: float
    figure: float
    asked: int
    similarity: float
    sentence: str
    row: int
    parts: tuple[PartMatch, ...] = ()


class Refusal(StrEnum):
    """Why a question is not answered."""

    OUT_OF_SCOPE = "out_of_scope"
    NOT_STATED = "not_stated"
    NONEXISTENT = "nonexistent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit that an answer rests on or stands near to, with the sentences of it that matter, verbatim."""

    unit: PolicyUnit
    sentences: tuple[str, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Findings:
    """What the evidence amounts to: the units that the answer rests on and those near it, or a refusal.

    ``unsaid`` names the kind of fact that was asked for and is not stated; ``alternative`` is the first of ``related``
    when the question may well have meant it instead.
    """

    evidence: tuple[Evidence, ...]
    related: tuple[Evidence, ...] = ()
    refusal: Refusal | None = None
    unsaid: str = ""
    alternative: PolicyUnit | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A unit as an answer names it; every field is printed from the stored record."""

    document: str
    measure: str
    serial: int | None
    label: str
    agencies: tuple[str, ...]
    quote: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read, for the asker to check."""

    intent: str
    agencies: tuple[str, ...]
    documents: tuple[str, ...]
    numbers: tuple[str, ...]
    standalone_question: str


@dataclass(frozen=True, slots=True)
class Generated:
    """What a chat model had to do with an answer.

    Attributes:
        model: its name, as configured.
        verified: sentences of it that the answer shows, all of them verified; 0 when the answer is verbatim instead.
        dropped: sentences of it that the answer doesn't show.
        repaired: sentences shown as the model corrected them.
        tokens: of all requests made, a rewriting of the question included, as the server counts them.
        first_verified_ms: milliseconds from asking it to its first verified sentence, ``None`` when there was none.
        failure: why its reply could not be used, or not all of it.
        rewritten: the question was answered as it read it, see :mod:`answering.rewrite`.
        rewritings_dropped: its readings of the question that were not used.
    """

    model: str
    verified: int
    dropped: int
    repaired: int
    tokens: Tokens
    first_verified_ms: float | None
    failure: Failure | None
    rewritten: bool = False
    rewritings_dropped: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The contract of every door: Python, JSON, streaming end event and batch.

    ``generation`` is there when a chat model was asked, and only then a field of the JSON.
    """

    id: str
    question: str
    answered: bool
    refusal: Refusal | None
    answer: str
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    understood: Understood
    latency_ms: float
    generation: Generated | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values, fields in the order of the contract."""
        fields = {name: _plain(value) for name, value in asdict(self).items()}
        if self.generation is None:
            del fields["generation"]
        return fields


def _plain(value: Any) -> Any:
    """``value`` with lists for tuples, all the way down."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
