"""A test set that somebody uploaded: within limits, read, and what is wrong with it said by row."""

from __future__ import annotations

import logging
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answering.service import Service
    from eval.cases import Case

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024  # bytes of a workbook's parts; a small file can unpack to gigabytes
MOST_CASES = 1000
TYPES = (".xlsx", ".csv", ".jsonl")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was read of an uploaded file.

    Attributes:
        name: the file's name, without its folder.
        cases: rows that can be scored.
        problems: number of each row that can't and the reason, in Chinese.
        unmeasured: cases that are scored only on whether an answer comes.
        refused: why the file can't be used at all, in Chinese; empty when it can.
    """

    name: str
    cases: tuple[Case, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    unmeasured: int = 0
    refused: str = ""


def read_upload(path: Path, service: Service) -> Upload:
    """Read the file at ``path`` as a test set over the service's documents; never raises for what is in it."""
    refused = _refused(path)
    if refused:
        return Upload(path.name, refused=refused)
    from eval.testset import TestSetError, TestSetReader  # with its libraries, which the page need not wait for

    try:
        found = TestSetReader(service.units, service.documents, service.registry).read(path)
    except TestSetError as error:
        return Upload(path.name, refused=error.chinese)
    except Exception:  # noqa: BLE001 - a broken workbook breaks its library in many ways, and the person at the page must hear of it
        _log.exception("cannot read the uploaded %s", path.name)
        return Upload(path.name, refused="文件读不出来，可能已损坏；请用 Excel 或 WPS 重新保存，或照模板另填一份")
    if len(found.cases) > MOST_CASES:
        return Upload(path.name, refused=f"有 {len(found.cases)} 道题，一次最多 {MOST_CASES} 道；请分成几份上传")
    return Upload(
        path.name,
        found.cases,
        tuple((problem.row, problem.chinese) for problem in found.problems),
        sum(case.answerable and not (case.gold or case.facts or case.agencies) for case in found.cases),
    )


def _refused(path: Path) -> str:
    """Why a file is not even opened; empty when it may be."""
    if path.suffix.lower() not in TYPES:
        return f"“{path.suffix or '没有后缀'}”不是能读的文件；请上传 {'、'.join(TYPES)}"
    size = path.stat().st_size
    if size > MOST_BYTES:
        return f"文件有 {size / 2**20:.1f} MB，最多 {MOST_BYTES // 2**20} MB；请删去无关的内容，或分成几份"
    if path.suffix.lower() == ".xlsx" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
                return "这个 Excel 文件展开后太大；请只留下题目，另存一份再上传"
    return ""
