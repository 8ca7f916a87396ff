"""How building and answering grow with the corpus; every size in processes of its own, for their memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.corpus import UNITS_A_DOCUMENT, write_corpus
from index.settings import ROOT, Settings

SIZES = (1_000, 10_000, 100_000)  # units
_QUESTIONS = 200
_WARM_UP = 5
_AMONG = 5


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured at one size.

    Attributes:
        rate: units built into the index a second, reading included.
        update: seconds until a build is done after one unit of one document has changed.
        embedded: texts that it embedded for that.
        nothing: seconds of a build that has nothing to do.
        disk: MiB of one version of the index.
        build_memory, memory: most resident MiB of the build, and of the process that answers.
        start: seconds until a service is open.
        search50, search95, answer50, answer95: milliseconds.
        recall: share of questions made from a unit that find it among the first five.
    """

    rate: float
    update: float
    embedded: float
    nothing: float
    disk: float
    build_memory: float
    memory: float
    start: float
    search50: float
    search95: float
    answer50: float
    answer95: float
    recall: float


def measure(sizes: Sequence[int] = SIZES, chroma_url: str = "") -> dict[int, Growth]:
    """Measure every size; figures by number of units."""
    found: dict[int, Growth] = {}
    for size in sizes:
        with TemporaryDirectory() as folder:
            built = _apart("build", size, folder, chroma_url)
            found[size] = Growth(**built, **_apart("ask", size, folder, chroma_url))
    return found


def _apart(step: str, size: int, folder: str, chroma_url: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.scale", step, str(size), folder, chroma_url]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def build_figures(size: int, folder: Path, chroma_url: str = "") -> dict[str, float]:
    """Build a corpus of ``size`` units below ``folder`` and change one unit of it."""
    from ingest.build import build

    settings = _settings(folder, chroma_url)
    known = write_corpus(settings.corpus_dir, max(1, size // UNITS_A_DOCUMENT))
    (folder / "known.json").write_text(json.dumps([asdict(each) for each in known]), encoding="utf-8")
    began = time.perf_counter()
    report = build(settings)
    built = time.perf_counter() - began
    peak = _peak()
    version = settings.index_dir / "versions" / (settings.index_dir / "CURRENT").read_text(encoding="utf-8")
    disk = sum(path.stat().st_size for path in version.rglob("*") if path.is_file())
    _change(settings.corpus_dir)
    began = time.perf_counter()
    updated = build(settings)
    update = time.perf_counter() - began
    began = time.perf_counter()
    build(settings)
    return {
        "rate": report.units / built,
        "update": update,
        "embedded": updated.embedded,
        "nothing": time.perf_counter() - began,
        "disk": disk / 2**20,
        "build_memory": peak,
    }


def answer_figures(folder: Path, chroma_url: str = "") -> dict[str, float]:
    """Open a service on what :func:`build_figures` built, and ask."""
    from answering.service import Service

    began = time.perf_counter()
    service = Service(_settings(folder, chroma_url))
    start = time.perf_counter() - began
    known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
    step = max(1, len(known) // _QUESTIONS)
    searches: list[float] = []
    answers: list[float] = []
    found: list[bool] = []
    for each in known[::step][:_QUESTIONS]:
        began = time.perf_counter()
        _, hits = service.search(each["question"])
        searches.append(time.perf_counter() - began)
        began = time.perf_counter()
        service.ask(each["question"])
        answers.append(time.perf_counter() - began)
        found.append(each["unit_id"] in [hit.unit.unit_id for hit in hits[:_AMONG]])
    service.close()
    searched, answered = ([x * 1000 for x in seconds[_WARM_UP:] or seconds] for seconds in (searches, answers))
    return {
        "memory": _peak(),
        "start": start,
        "search50": float(np.percentile(searched, 50)),
        "search95": float(np.percentile(searched, 95)),
        "answer50": float(np.percentile(answered, 50)),
        "answer95": float(np.percentile(answered, 95)),
        "recall": sum(found) / len(found),
    }


def _settings(folder: Path, chroma_url: str) -> Settings:
    return replace(Settings(), corpus_dir=folder / "corpus", index_dir=folder / "index", chroma_url=chroma_url)


def _change(corpus: Path) -> None:
    """Another sentence in the first unit of the first document."""
    sources = (corpus / "sources.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(sources[0])
    path = corpus / "documents" / first["path"]
    path.write_text(path.read_text(encoding="utf-8").replace("管理办法。", "管理办法和台账。", 1), encoding="utf-8")
    from ingest.readers.files import read_source

    first["sha256"] = read_source(path).sha256
    sources[0] = json.dumps(first, ensure_ascii=False)
    (corpus / "sources.jsonl").write_text("\n".join(sources) + "\n", encoding="utf-8")


def _peak() -> float:
    """Most resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    step, size, folder, chroma_url = sys.argv[1:]
    below = Path(folder)
    figures = build_figures(int(size), below, chroma_url) if step == "build" else answer_figures(below, chroma_url)
    print(json.dumps(figures))
