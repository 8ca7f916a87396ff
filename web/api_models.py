"""What the JSON API takes and gives, for checking requests and for its description; the Answer contract as a schema."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

MOST_HISTORY = 100  # questions; the last few count


class Ask(BaseModel):
    """A question."""

    question: str = Field(description="问题，中文，最多 1000 字", examples=["2027年海外仓面积目标是多少？"])
    history: list[str] = Field(default=[], max_length=MOST_HISTORY, description="同一对话中先前的问题，从早到晚")


class CitationModel(BaseModel):
    """A unit that an answer rests on, or one that is near."""

    document: str = Field(description="文件全称")
    measure: str = Field(description="文件上印的编号")
    serial: int | None = Field(description="任务分工表的序号，其他文件为 null")
    label: str = Field(description="完整出处")
    agencies: list[str] = Field(description="责任单位，照原文，按原顺序")
    quote: str = Field(description="原文，逐字")
    unit_id: str


class UnderstoodModel(BaseModel):
    """How the question was read."""

    intent: str
    agencies: list[str]
    documents: list[str]
    numbers: list[str]
    standalone_question: str


class AnswerModel(BaseModel):
    """The Answer contract."""

    id: str
    question: str
    answered: bool
    refusal: Literal["out_of_scope", "not_stated", "nonexistent"] | None
    answer: str = Field(description="Markdown")
    citations: list[CitationModel] = Field(description="答案的全部依据")
    related: list[CitationModel] = Field(description="相近内容，不是依据")
    understood: UnderstoodModel
    latency_ms: float
    generation: dict[str, Any] | None = Field(default=None, description="只在用了语言模型时有")


class RoleModel(BaseModel):
    """Bodies of a unit in one role."""

    name: str = Field(description="文件上的写法，如 牵头单位")
    bodies: list[str] = Field(description="照原文，按原顺序")
    leads: bool = Field(description="文件标明牵头")


class UnitModel(BaseModel):
    """A measure or task."""

    unit_id: str
    document: str = Field(description="文件全称")
    document_id: str
    measure: str
    serial: int | None
    label: str
    section: list[str]
    heading: str
    text: str
    agencies: list[str] = Field(description="责任单位，照原文")
    agency_ids: list[str]
    roles: list[RoleModel] = Field(description="同样的单位，按职责")
    deadline: str | None = Field(description="完成时限，照原文；没有写明为 null")


class TaskModel(UnitModel):
    """A task with the other bodies that share it."""

    partners: list[str] = Field(description="其他责任单位，照原文")


class NamedModel(BaseModel):
    """A body."""

    agency_id: str
    name: str


class PartnerModel(NamedModel):
    """A body and how many of the tasks it shares."""

    count: int


class AgencyModel(NamedModel):
    """A body with all its names."""

    kind: str
    printed: list[str] = Field(description="文件里的写法")
    aliases: list[str] = Field(description="其他叫法")
    tasks: int = Field(description="任务数")


class TasksModel(BaseModel):
    """The tasks of bodies."""

    agencies: list[NamedModel]
    match: Literal["all", "any"]
    not_: list[NamedModel] = Field(alias="not")
    count: int
    tasks: list[TaskModel]
    partners: list[PartnerModel] = Field(description="共同责任单位，任务多的在前")


class DocumentModel(BaseModel):
    """A document."""

    document_id: str
    title: str
    short_title: str
    issuer: str | None
    number: str | None
    date: str | None
    region: str | None = Field(description="地区；全国的为 null")
    version: int = Field(description="第几版")
    sha256: str
    units: int


class UnitsModel(BaseModel):
    """Units found."""

    count: int
    units: list[UnitModel]


class AgenciesModel(BaseModel):
    """Bodies found."""

    count: int
    agencies: list[AgencyModel]


class DocumentsModel(BaseModel):
    """All documents."""

    count: int
    documents: list[DocumentModel]


class HealthModel(BaseModel):
    """Whether questions can be asked."""

    status: Literal["ready", "loading", "failed"]


class ErrorModel(BaseModel):
    """What went wrong."""

    code: str
    message: str


class ProblemModel(BaseModel):
    """The body of every response that is no success."""

    error: ErrorModel
