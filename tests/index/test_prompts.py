"""Prompts are files whose names are all given and all used."""

from __future__ import annotations

from pathlib import Path
from string import Template

import pytest

from index.prompts import PromptError, fence, fill
from index.settings import ROOT

PROMPTS = sorted((ROOT / "prompts").glob("*.txt"))


def names(path: Path) -> set[str]:
    return set(Template(path.read_text(encoding="utf-8")).get_identifiers())


def test_there_are_prompts() -> None:
    assert {"not_stated", "out_of_scope", "nonexistent_number", "nonexistent_task"} <= {path.stem for path in PROMPTS}


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_every_name_is_filled(path: Path) -> None:
    text = fill(path.stem, **{name: f"⟨{name}⟩" for name in names(path)})
    assert "$" not in text
    assert text == text.strip()
    assert all(f"⟨{name}⟩" in text for name in names(path))


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_every_missing_name_is_told(path: Path) -> None:
    with pytest.raises(PromptError) as caught:
        fill(path.stem)
    assert all(repr(name) in str(caught.value) for name in names(path))


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_an_unused_name_is_an_error(path: Path) -> None:
    with pytest.raises(PromptError, match=r"unused \['weather'\]"):
        fill(path.stem, weather="晴", **dict.fromkeys(names(path), "值"))


@pytest.mark.parametrize("name", ["no_such_prompt", "../pyproject"])
def test_an_unknown_prompt_names_those_there_are(name: str) -> None:
    with pytest.raises(PromptError, match=r"there are .*not_stated"):
        fill(name)


def test_values_are_not_read_as_names() -> None:
    assert "$titles" in fill("out_of_scope", titles="$titles", count="77")


def test_a_fence_is_longer_than_any_within() -> None:
    assert fence() == fence("plain", "`code`") == "```"
    assert fence("a ```` b", "`") == "`````"
