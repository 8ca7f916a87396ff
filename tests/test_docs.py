"""What the documents of the repository say is there, is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DOCS = [
    *READMES,
    *sorted(file for file in ROOT.glob("*/**/*.md") if not {".venv", "runs", "node_modules"} & {*file.parts}),
]
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
VERB = re.compile(r"\bmake ([a-z][a-z-]*)")


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def links(file: Path) -> list[str]:
    """Relative targets of a Markdown file's links and pictures."""
    text = FENCE.sub("", file.read_text(encoding="utf-8"))
    found = ["".join(groups) for groups in LINK.findall(text)]
    return [link for link in found if not re.match(r"[a-z]+:|//", link)]


def heading_anchors(file: Path) -> set[str]:
    """Anchors that the headings of a Markdown file get: lower case, punctuation dropped, blanks as hyphens."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def layout(file: Path) -> list[str]:
    """First column of the fenced block that draws the layout: the one with lines for ``app.py`` and ``index/``."""
    for block in FENCE.findall(file.read_text(encoding="utf-8")):
        paths = [line.split()[0] for line in block.splitlines() if line.strip() and not line.startswith((" ", "#"))]
        if {"app.py", "index/", "ingest/"} <= set(paths):
            return paths
    return []


def verbs(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


@pytest.mark.parametrize("file", DOCS, ids=name)
def test_relative_links_lead_somewhere(file: Path) -> None:
    for link in links(file):
        path, _, anchor = link.partition("#")
        target = file.parent / path if path else file
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in heading_anchors(target), link


@pytest.mark.parametrize("file", READMES, ids=name)
def test_the_layout_drawing_matches_the_tree(file: Path) -> None:
    drawn = layout(file)
    assert drawn, f"{name(file)}: no fenced block draws the layout"
    assert [path for path in drawn if not (ROOT / path).exists()] == []
    assert [path for path in drawn if path.endswith("/") != (ROOT / path).is_dir()] == []
    packages = {f"{init.parent.name}/" for init in ROOT.glob("*/__init__.py")}
    assert packages <= set(drawn)


@pytest.mark.parametrize("file", READMES, ids=name)
def test_the_verbs_named_are_in_the_makefile(file: Path) -> None:
    named = {verb for code in re.findall(r"`[^`]+`", _code_only(file)) for verb in VERB.findall(code)}
    assert named
    assert named <= verbs((ROOT / "Makefile").read_text(encoding="utf-8"))


def _code_only(file: Path) -> str:
    """The text with its fenced lines as inline code, so that prose (make sure …) names no verb."""
    return FENCE.sub(
        lambda match: "\n".join(f"`{line}`" for line in match.group(1).splitlines()), file.read_text(encoding="utf-8")
    )


def test_the_makefile_has_its_verbs() -> None:
    assert {"setup", "run", "test", "lint", "eval", "bench"} <= verbs((ROOT / "Makefile").read_text(encoding="utf-8"))
