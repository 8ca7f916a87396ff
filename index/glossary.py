"""The documents' terms in English: a table of wordings, and how such tables are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class GlossaryError(ValueError):
    """A table of English wordings can't be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Term:
    """An English wording, lower case, and the Chinese one."""

    english: str
    chinese: str


def read_glossary(path: Path) -> tuple[Term, ...]:
    """Read a glossary: ``english|variant`` TAB ``chinese`` a line; ``#`` starts a comment line.

    Raises:
        GlossaryError: a line has not these two fields, or gives a wording that another line has.
    """
    terms: dict[str, Term] = {}
    for place, english, chinese in rows(path):
        if not chinese:
            raise GlossaryError(f"{place}: {english!r} has no Chinese; write it behind the tab or remove the line")
        for variant in english.split("|"):
            if variant in terms:
                raise GlossaryError(
                    f"{place}: {variant!r} already stands for {terms[variant].chinese}; keep one of the two"
                )
            terms[variant] = Term(variant, chinese)
    return tuple(terms.values())


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """``file:line`` and the two fields of every line that is no comment."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GlossaryError(f"{path}: can't be read ({error}); restore it as a UTF-8 text file") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 2 or not fields[0].strip():
            raise GlossaryError(
                f"{path}:{number}: expected English, one tab and Chinese, not {line[:60]!r}; correct it"
            )
        yield f"{path}:{number}", fields[0].strip(), fields[1].strip()
