"""The journal of a run that is under way: what has been asked is not asked again."""

from __future__ import annotations

import json
from pathlib import Path

from eval.attempts import attempt_from_json, attempt_to_json
from eval.system import Attempt


class Journal:
    """Attempts of a run that is under way, kept line by line; that of another fingerprint is begun anew.

    Args:
        folder: of the run, ``None`` to keep nothing.
        fingerprint: of code, cases and systems.
    """

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        self._path = folder / "progress.jsonl" if folder else None
        self._kept: dict[str, dict[str, Attempt]] = {}
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"fingerprint": fingerprint})
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        if lines[:1] == [head]:
            for line in lines[1:]:
                self._keep(line)
        self._path.write_text("", encoding="utf-8")
        self._write(head)
        for system, found in self._kept.items():
            for case_id, kept in found.items():
                self._write(_line(system, case_id, kept))

    def _keep(self, line: str) -> None:
        try:
            record = json.loads(line)
            self._kept.setdefault(record["system"], {})[record["id"]] = attempt_from_json(record)
        except (ValueError, KeyError, TypeError):
            return  # the line that a kill cut short: its case is asked again

    def attempts(self, system: str) -> dict[str, Attempt]:
        """Those of one system that are kept, by id of the case."""
        return dict(self._kept.get(system, {}))

    def add(self, system: str, case_id: str, found: Attempt) -> None:
        """Keep one more."""
        self._write(_line(system, case_id, found))

    def _write(self, line: str) -> None:
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def _line(system: str, case_id: str, found: Attempt) -> str:
    return dump({"system": system, "id": case_id, **attempt_to_json(found)})


def dump(value: object) -> str:
    """``value`` as one line of JSON, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
