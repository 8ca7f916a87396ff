"""Texts kept as files in ``prompts/``, one a file, with ``$names`` that must all be given and all be used."""

from __future__ import annotations

import re
from functools import cache
from string import Template

from index.settings import ROOT

_FOLDER = ROOT / "prompts"
_RUN_OF_FENCE = re.compile("`+")


class PromptError(ValueError):
    """A prompt and the values for it don't fit; the message lists every missing and every unused name."""


def fill(name: str, **values: str) -> str:
    """The text of ``prompts/<name>.txt`` with ``values`` for its ``$names``.

    Raises:
        PromptError: there is no such prompt, a name has no value, or a value has no name.
    """
    template = _template(name)
    wanted = set(template.get_identifiers())
    missing, unused = sorted(wanted - set(values)), sorted(set(values) - wanted)
    if missing or unused:
        raise PromptError(f"prompt {name!r}: missing {missing or 'nothing'}, unused {unused or 'nothing'}")
    return template.substitute(values)


def fence(*texts: str) -> str:
    """A line to put before and after quoted ``texts``: longer than any run of its mark within, which can't close it."""
    runs = (run for text in texts for run in _RUN_OF_FENCE.findall(text))
    return "`" * max(3, 1 + max(map(len, runs), default=0))


@cache
def _template(name: str) -> Template:
    path = _FOLDER / f"{name}.txt"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in _FOLDER.glob("*.txt")))
        raise PromptError(f"no prompt {name!r}; there are {known}")
    return Template(path.read_text(encoding="utf-8").strip())
