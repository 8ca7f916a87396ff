"""A system that answers every case perfectly, and ways to spoil its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from answering.citations import cite
from eval.cases import OWN, Case, Fact, FactType
from eval.grade import Grade, Grader
from eval.system import Attempt
from index.records import Answer, Citation, Document, Evidence, PolicyUnit, Refusal, Understood
from index.text import sentences

Spoiler = Callable[[Answer], Answer]


def case(key: str, question: str, gold: Sequence[str] = (), **fields: object) -> Case:
    """A case with what most of them have in common."""
    values: dict[str, object] = {
        "also_ok": (), "agencies": (), "facts": (), "history": (), "refusal": None, "kind": "fact",
        "asker": "official", "split": OWN, **fields,
    }  # fmt: skip
    return Case(id=key, question=question, gold=tuple(gold), answerable=values["refusal"] is None, **values)  # type: ignore[arg-type]


CASES = (
    case(
        "target", "2027年海外仓企业要有多少家？", ["plan/14"],
        agencies=("市商务局",),
        facts=(
            Fact(FactType.QUANTITY, 70.0, "家"),
            Fact(FactType.QUANTITY, 60.0, "万平方米"),
            Fact(FactType.DATE, "2027"),
        ),
    ),
    case("body", "津心融平台归谁管？", ["task-table/27"], agencies=("市金融局",), kind="agency"),
    case(
        "bodies", "离岸贸易创新由哪些单位负责？", ["task-table/17"], kind="agency",
        agencies=("市商务局", "市金融局", "天津自贸试验区管委会", "人民银行天津分行", "国家外汇管理局天津市分局"),
    ),
    case(
        "list", "第9条有哪些内容？", [f"task-table/{row}" for row in range(23, 28)],
        kind="list", facts=(Fact(FactType.COUNT, 5.0),),
    ),
    case("outside", "公积金怎么提取？", refusal=Refusal.OUT_OF_SCOPE, kind="out_of_scope"),
    case("unstated", "海外仓补贴多少钱？", refusal=Refusal.NOT_STATED, kind="not_stated"),
)  # fmt: skip


class Perfect:
    """Answers the cases it is given exactly as they want it, then lets ``spoil`` change the answer."""

    def __init__(
        self,
        cases: Sequence[Case],
        units: Sequence[PolicyUnit],
        documents: Mapping[str, Document],
        spoil: Spoiler = lambda answer: answer,
    ) -> None:
        self._cases = {item.question: item for item in cases}
        self._units = {unit.unit_id: unit for unit in units}
        self._documents = documents
        self._spoil = spoil
        self.asked: list[str] = []

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:
        self.asked.append(question)
        item = self._cases[question]
        units = [self._units[unit_id] for unit_id in item.gold]
        citations = tuple(cite(Evidence(unit, sentences(unit.text)), self._documents) for unit in units)
        return self._spoil(answer(item, citations, text(units, self._documents), answer_id or "1"))


def answer(item: Case, citations: tuple[Citation, ...], words: str, key: str) -> Answer:
    return Answer(
        id=key,
        question=item.question,
        answered=item.answerable,
        refusal=item.refusal,
        answer=words if item.answerable else "文件中没有相关内容，无法回答。",
        citations=citations,
        related=(),
        understood=Understood("content", (), (), (), item.question),
        latency_ms=2.0,
    )


def text(units: Sequence[PolicyUnit], documents: Mapping[str, Document]) -> str:
    rows = [f"共 **{len(units)} 项**。"] if len(units) > 1 else []
    for number, unit in enumerate(units, 1):
        place = unit.label.removeprefix(documents[unit.document].title)
        rows.append(f"{number}. **{place}** {unit.text}  \n   责任单位：{'、'.join(unit.agencies) or '（没有写明）'}")
    return "\n\n".join(rows)


def graded(system: Perfect, grader: Grader, cases: Sequence[Case] = CASES) -> dict[str, Grade]:
    """Grades by case id."""
    return {item.id: grader.grade(item, attempted(system, item)) for item in cases}


def attempted(system: Perfect, item: Case) -> Attempt:
    given = system.ask(item.question, item.history, answer_id=item.id)
    return Attempt(given, ranking=tuple(citation.unit_id for citation in given.citations))


def mean(grades: Mapping[str, Grade], name: str) -> float:
    """Mean of a metric over the cases it applies to."""
    scores = [grade.scores[name] for grade in grades.values() if name in grade.scores]
    return sum(scores) / len(scores)


def refuse(given: Answer) -> Answer:
    return replace(given, answered=False, refusal=Refusal.OUT_OF_SCOPE, citations=(), answer="无法回答。")
