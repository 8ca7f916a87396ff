"""A reader's own test set: xlsx, csv or jsonl with Chinese or English columns, and its template."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answering.service import LONGEST_QUESTION
from eval.cases import OWN, Case, CaseError, Fact, FactType
from eval.facts import facts_in, unit_word
from index.agencies import AgencyRegistry
from index.catalogue import Catalogue
from index.numbering import find_mentions
from index.records import Document, PolicyUnit, Refusal
from index.text import normalise

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("编号", "题号", "id", "no"),
    "question": ("问题", "提问", "question", "user_input", "query"),
    "history": ("前文", "历史", "历史问题", "history"),
    "reference": ("标准答案", "参考答案", "答案", "reference", "answer", "ground_truth"),
    "gold": ("依据条款", "依据", "出处", "条款", "引用", "gold", "citations", "reference_contexts"),
    "also_ok": ("也可引用", "also_ok"),
    "agencies": ("责任单位", "责任部门", "agencies", "agency"),
    "facts": ("关键事实", "关键数据", "facts"),
    "refusal": ("应拒答", "拒答", "拒答类型", "refusal"),
    "kind": ("类型", "题型", "kind", "type"),
    "asker": ("提问者", "角色", "asker"),
    "note": ("备注", "说明", "note"),
}
_REFUSALS: dict[str, Refusal | None] = {
    "是": None,
    "yes": None,
    "true": None,
    "1": None,
    "范围外": Refusal.OUT_OF_SCOPE,
    "超范围": Refusal.OUT_OF_SCOPE,
    "不在范围内": Refusal.OUT_OF_SCOPE,
    "未写明": Refusal.NOT_STATED,
    "没有写明": Refusal.NOT_STATED,
    "不存在": Refusal.NONEXISTENT,
    **{refusal.value: refusal for refusal in Refusal},
}
_NOT_REFUSED = ("", "否", "no", "false", "0")
SUFFIXES = (".xlsx", ".csv", ".jsonl")
_ROW_IN_LABEL = re.compile(r"第[^条\s]{1,5}条\s*\(\s*(序号\s*[^)]+)\)")
_SEPARATORS = re.compile(r"[;|\n]")
_ITEMS = re.compile(r"[、,，;；|\n]")

TEMPLATE_ROWS: tuple[tuple[str, ...], ...] = (
    ("编号", "问题", "标准答案", "依据条款", "责任单位", "关键事实", "应拒答", "前文", "备注"),
    (
        "1", "2027年要建成多少家海外仓企业？", "70家，海外仓面积60万平方米。", "实施方案第14项", "市商务局",
        "70家；60万平方米", "", "", "依据条款可写“第3条”“序号7”“实施方案第14项”“三、保障措施（二）”，多个用分号隔开",
    ),
    ("2", "任务分工表序号27归谁管？", "", "序号27", "市金融局", "", "", "", "关键事实、责任单位可不填"),
    ("3", "那由谁负责？", "", "实施方案第14项", "", "", "", "实施方案第14项讲什么？", "前文是同一对话里先问的问题"),
    ("4", "住房公积金怎么提取？", "", "", "", "", "范围外", "", "应拒答：是、范围外、未写明或不存在"),
)  # fmt: skip


_SAYS_NOTHING = re.compile(
    r"(?:两?[份个]?(?:文件|资料|政策|文|材料|文档)[中里内]?)?[都均也并]*(?:没有|未|无)(?:明确|直接)?"
    r"(?:提及|提到|写明|规定|说明|涉及|列出|载明|相关|有关|包含|给出|明确)"
)


class TestSetError(CaseError):
    """A test set can't be read at all; the message names the file and the remedy, ``chinese`` says it for the page."""

    __test__ = False  # not a test, for all that its name says

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese


class RowError(ValueError):
    """A row can't be scored; the message gives the reason and the remedy, ``chinese`` says it for the page."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is left out: its number as a spreadsheet shows it, and the reason for both kinds of reader."""

    file: str
    row: int
    english: str
    chinese: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.english}"


@dataclass(frozen=True, slots=True)
class TestSet:
    """What was read of a reader's test set.

    Attributes:
        cases: rows that can be scored.
        problems: one for every row that can't.
        notes: what the reader should know of how the rest is scored.
    """

    __test__ = False

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def is_test_set(path: Path) -> bool:
    """True for a file name that :func:`read_test_set` can read."""
    return path.suffix.lower() in SUFFIXES


class TestSetReader:
    """Reads test sets over one corpus.

    Args:
        units: all units, in document order.
        documents: by slug.
        registry: names of bodies.
    """

    __test__ = False

    def __init__(
        self, units: Sequence[PolicyUnit], documents: Mapping[str, Document], registry: AgencyRegistry
    ) -> None:
        self._units = tuple(units)
        self._documents = documents
        self._registry = registry
        self._catalogue = Catalogue(documents.values(), units)

    def read(self, path: Path) -> TestSet:
        """Cases of a file; bad rows are left out and named.

        A row without 依据条款 but with 标准答案 is scored on the figures, dates and bodies found in that answer, not on
        citations, and is to be refused when that answer says that the documents tell nothing (文件未提及…); a row with
        neither must say 应拒答.

        Raises:
            TestSetError: the file is of another kind, unreadable, or has no column with questions.
        """
        cases: list[Case] = []
        problems: list[Problem] = []
        unmeasured = 0
        taken: set[str] = set()
        for number, row in _rows(path):
            try:
                case = self._case(path, number, row)
                if case.id in taken:
                    raise RowError(
                        f"编号 {case.id} is used twice; ids must differ",
                        f"编号“{case.id}”用了两次；请改成不同的编号，或把编号都留空",
                    )
            except RowError as error:
                problems.append(Problem(path.name, number, str(error), error.chinese))
                continue
            taken.add(case.id)
            cases.append(case)
            unmeasured += case.answerable and not (case.gold or case.facts or case.agencies)
        notes = (
            (f"{unmeasured} rows give no unit, figure or body: scored only on whether an answer comes",)
            if unmeasured
            else ()
        )
        return TestSet(tuple(cases), tuple(problems), notes)

    def _case(self, path: Path, number: int, row: Mapping[str, str]) -> Case:
        question = row.get("question", "")
        if not question:
            raise RowError("the question (问题) is empty", "“问题”是空的；请填写问题，或删除这一行")
        if len(question) > LONGEST_QUESTION:
            raise RowError(
                f"the question has {len(question)} characters; at most {LONGEST_QUESTION} can be asked",
                f"问题有 {len(question)} 个字；请缩短到 {LONGEST_QUESTION} 字以内",
            )
        refuse, refusal = _refusal(row.get("refusal", ""))
        gold = self.units_named(row.get("gold", ""))
        reference = row.get("reference", "")
        if not gold and not row.get("refusal") and _SAYS_NOTHING.match(normalise(reference)):
            refuse = True
        if refuse and gold:
            raise RowError(
                "a row that is to be refused (应拒答) can't have 依据条款",
                "既填了“应拒答”又填了“依据条款”；两者只能填一个",
            )
        if not (refuse or gold or reference or row.get("agencies") or row.get("facts")):
            raise RowError(
                "nothing to score: fill in 标准答案, 依据条款, 责任单位 or 关键事实, or say 应拒答",
                "没有可以对照的内容；请填写标准答案、依据条款、责任单位、关键事实中的一项，或在“应拒答”填“是”",
            )
        return Case(
            id=row.get("id") or f"{path.stem}-{number}",
            split=OWN,
            kind=row.get("kind") or OWN,
            asker=row.get("asker") or "evaluator",
            history=tuple(turn.strip() for turn in row.get("history", "").splitlines() if turn.strip()),
            question=question,
            gold=gold,
            also_ok=tuple(unit for unit in self.units_named(row.get("also_ok", "")) if unit not in gold),
            agencies=() if refuse else self._agencies(row.get("agencies", ""), reference),
            facts=() if refuse else _facts(row.get("facts", ""), reference),
            answerable=not refuse,
            refusal=refusal,
            note=row.get("note", ""),
            reference=reference,
            gold_known=bool(gold) or refuse,
        )

    def units_named(self, written: str) -> tuple[str, ...]:
        """Ids of the units that free text names: ``第3条``, ``序号7``, ``实施方案第14项``, a label, a heading or an id.

        Parts are separated by semicolons or line ends; a part that names no document means those that have the number.

        Raises:
            RowError: a part names no unit.
        """
        found: list[str] = []
        for part in filter(None, (part.strip() for part in _SEPARATORS.split(_fold(written)))):
            units = self._units_of(part)
            if not units:
                raise RowError(
                    f"依据条款 {part!r} names no unit; write 第3条, 序号7, 实施方案第14项, 保障措施（二） "
                    f"or an id such as {self._units[0].unit_id}",
                    f"依据条款“{part}”在文件里找不到；请写成“第3条”“序号7”“实施方案第14项”或“保障措施（二）”",
                )
            found += units
        return tuple(dict.fromkeys(found))

    def _units_of(self, part: str) -> list[str]:
        if any(part == unit.unit_id for unit in self._units):
            return [part]
        labelled = [unit.unit_id for unit in self._units if _fold(unit.label) == part]
        if labelled:
            return labelled
        documents, rest = self._documents_in(part)
        mentions = find_mentions(_ROW_IN_LABEL.sub(r"\1", rest))
        if mentions:
            resolved = [self._catalogue.resolve(mention, documents) for mention in mentions]
            for mention, units in zip(mentions, resolved, strict=True):
                if not units:
                    raise RowError(
                        f"依据条款 {mention.phrase!r} names no unit; there is no such number",
                        f"依据条款“{mention.phrase}”在文件里没有这个编号；请对照原文改正",
                    )
            return [unit.unit_id for units in resolved for unit in units]
        return [
            unit.unit_id
            for unit in self._units
            if (not documents or unit.document in documents)
            and any(_is_named(heading, rest) for heading in (unit.heading, *unit.section))
        ]

    def _documents_in(self, part: str) -> tuple[tuple[str, ...], str]:
        """Slugs of the documents that ``part`` names, and ``part`` without their names."""
        found: list[str] = []
        for slug, document in self._documents.items():
            names = sorted((document.title, document.short_title, *document.aliases, slug), key=len, reverse=True)
            for name in map(_fold, names):
                if name in part:
                    found.append(slug)
                    part = part.replace(name, " ")
        return tuple(dict.fromkeys(found)), part

    def _agencies(self, written: str, reference: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in _ITEMS.split(written) if name.strip())
        unknown = [name for name in names if not self._registry.printed_so(name) and not self._found(name)]
        if unknown:
            raise RowError(
                f"责任单位 {'、'.join(unknown)} is no body of these documents",
                f"责任单位“{'、'.join(unknown)}”不在文件里；请按原文写，或留空",
            )
        return names or tuple(dict.fromkeys(self._found(reference)))

    def _found(self, text: str) -> list[str]:
        mentions = (mention for mention in self._registry.find(normalise(text)) if not mention.weak)
        return [self._registry[mention.agency_ids[0]].name for mention in mentions]


def _is_named(heading: str, part: str) -> bool:
    """The heading less its number stands in the text."""
    words = re.sub(r"^[(（]?[一二三四五六七八九十]+[)）、]\s*", "", heading)
    return len(words) > 2 and normalise(words) in part


def _fold(text: str) -> str:
    return normalise(text).strip()


def _refusal(written: str) -> tuple[bool, Refusal | None]:
    key = written.strip().lower()
    if key in _NOT_REFUSED:
        return False, None
    if key not in _REFUSALS:
        raise RowError(
            f"应拒答 {written!r} is unknown; use 是, 否, 范围外, 未写明 or 不存在",
            f"“应拒答”填的“{written}”认不出来；请填 是、否、范围外、未写明 或 不存在",
        )
    return True, _REFUSALS[key]


def _facts(written: str, reference: str) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for item in filter(None, (item.strip() for item in re.split(r"[;；\n|]", written))):
        figures = [fact for fact in facts_in(item) if _is_whole(fact, item)]
        facts += figures or [Fact(FactType.TERM, item)]
    return tuple(facts) or facts_in(reference)


def _is_whole(fact: Fact, item: str) -> bool:
    """The fact is a figure and nothing but: 70家 is, 5G专网 or 前3家示范企业 are words."""
    if fact.type is not FactType.QUANTITY:
        return len(item) <= 12
    return len(re.sub(r"[\d.,\s千万亿]", "", item).replace(unit_word(fact.unit), "")) <= 4


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a file with their number as a spreadsheet shows it, by our own names of columns."""
    readers: dict[str, Callable[[Path], Iterator[tuple[int, dict[str, Any]]]]] = {
        ".xlsx": _xlsx_rows,
        ".csv": _csv_rows,
        ".jsonl": _jsonl_rows,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise TestSetError(
            f"{path}: can't read {path.suffix or 'a file without a suffix'}; use {', '.join(SUFFIXES)}",
            f"读不了“{path.suffix or '没有后缀'}”的文件；请另存为 {'、'.join(SUFFIXES)}",
        )
    if not path.is_file():
        raise TestSetError(
            f"{path}: no such file; python -m eval template writes one to fill in", "文件不见了；请重新上传"
        )
    names = {normalise(alias): field for field, aliases in COLUMNS.items() for alias in aliases}
    seen = False
    for number, row in reader(path):
        known = {
            names[key]: _cell(value) for name, value in row.items() if (key := normalise(str(name).strip())) in names
        }
        if not seen and "question" not in known:
            raise TestSetError(
                f"{path}: no column with questions; name it {' or '.join(COLUMNS['question'])} "
                f"(found {', '.join(str(name) for name in row) or 'none'})",
                "第一行没有叫“问题”的列；请把题目所在的列命名为“问题”，或照模板填写",
            )
        seen = True
        if any(known.values()):
            yield number, known
    if not seen:
        raise TestSetError(
            f"{path}: no rows; python -m eval template writes a file to fill in", "文件里没有题目；请从第二行开始填写"
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value).strip()


def _xlsx_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    from zipfile import BadZipFile

    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, OSError, KeyError, ValueError) as error:
        raise TestSetError(
            f"{path}: not a workbook ({error}); save it as .xlsx",
            "这不是能打开的 Excel 文件；请用 Excel 或 WPS 另存为 .xlsx",
        ) from error
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        head = [str(name or "") for name in next(rows, ())]
        for number, row in enumerate(rows, 2):
            yield number, dict(zip(head, row, strict=False))
    finally:
        book.close()


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")  # what Excel in China saves as csv
    reader = csv.reader(io.StringIO(text, newline=""))
    head = next(reader, [])
    for number, row in enumerate(reader, 2):
        yield number, dict(zip(head, row, strict=False))


def _jsonl_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise TestSetError(
                f"{path}, line {number}: not JSON ({error})", f"第 {number} 行不是 JSON；请每行写一个 JSON 对象"
            ) from error
        if not isinstance(record, dict):
            raise TestSetError(
                f"{path}, line {number}: expected an object, not {type(record).__name__}",
                f'第 {number} 行不是一个 JSON 对象；请写成 {{"question": "…"}} 的样子',
            )
        yield number, record


def write_template(path: Path) -> None:
    """Write a test set to fill in, as xlsx or csv.

    Raises:
        TestSetError: the file exists, or is to be of another kind.
    """
    if path.exists():
        raise TestSetError(f"{path}: exists already; name another file", "文件已经存在；请换个文件名")
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(TEMPLATE_ROWS)
    elif path.suffix.lower() == ".xlsx":
        from eval.export import write_sheets

        write_sheets(path, {"测试集": TEMPLATE_ROWS})
    else:
        raise TestSetError(f"{path}: a template is .xlsx or .csv", "模板只有 .xlsx 和 .csv 两种")
