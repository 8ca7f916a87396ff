"""The house: who may import whom, what importing does, and what lies where."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("answering", "bench", "connect", "duties", "eval", "feedback", "index", "ingest", "train", "web")
FILES = [*sorted(file for package in PACKAGES for file in (ROOT / package).glob("**/*.py")), ROOT / "app.py"]

# What each may import of the others. The doors are app.py, the MCP server and the __main__ modules.
MAY_IMPORT = {
    "index": set[str](),
    "ingest": {"index"},
    "answering": {"index"},
    "duties": {"index", "answering"},
    "connect": {"index", "answering", "duties"},
    "feedback": {"index"},
    "web": {"index", "answering", "connect", "duties", "eval", "feedback"},
    "eval": {"index", "answering", "feedback"},
    "train": {"index", "ingest", "answering", "eval"},
    "bench": {"index", "ingest", "answering", "eval"},
}
DOORS = {
    "app.py": {"index", "ingest", "answering", "feedback", "web"},
    "connect/mcp_server.py": {"index", "ingest", "answering"},
    "eval/__main__.py": {"index", "ingest", "answering", "feedback"},
}
# The one place that imports it, anywhere in the file.
ONLY_IN = {
    "gradio": "web/",
    "fastapi": "web/",
    "starlette": "web/",
    "mcp": "connect/mcp_server.py",
    "chromadb": "index/vectors.py",
    "jieba": "index/text.py",
    "opencc": "index/text.py",
    "dotenv": "index/settings.py",
    "pypinyin": "index/pinyin.py",
    "langchain_openai": "index/chat_model.py",
    "sqlite3": "feedback/store.py",
    "pdfplumber": "ingest/readers/",
    "pypdfium2": "ingest/readers/",
    "rapidocr": "ingest/readers/scan.py",
    "markdown_it": "ingest/readers/markdown.py",
}
# Seconds and hundreds of megabytes: never at module level where questions are answered.
HEAVY = {"torch", "sentence_transformers", "transformers", "datasets", "pandas", "sklearn"}
LIGHT = ("index", "ingest", "answering", "connect", "duties", "feedback", "web", "eval", "app.py")


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def package(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


def imported(node: ast.AST) -> Iterator[str]:
    """Modules that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module


def imports(file: Path) -> set[str]:
    """Top names of all modules that a file imports, at any depth."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {module.split(".")[0] for node in ast.walk(tree) for module in imported(node)}


def imports_at_load(file: Path) -> set[str]:
    """Top names of the modules that importing a file imports: not those in functions or under TYPE_CHECKING."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        found.update(module.split(".")[0] for module in imported(node))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for child in ast.iter_child_nodes(node):
                visit(child)

    visit(ast.parse(file.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_arrow_runs_upward(file: Path) -> None:
    allowed = DOORS.get(name(file)) or {package(file), *MAY_IMPORT[package(file)]}
    allowed = allowed | {package(file)}
    assert imports(file) & {*PACKAGES, "app", "tests"} <= allowed


def test_the_modules_of_a_package_import_each_other_in_no_circle() -> None:
    needs = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): {
            module
            for node in ast.parse(file.read_text(encoding="utf-8")).body
            for module in imported(node)
            if module.split(".")[0] in PACKAGES
        }
        for file in FILES
    }
    while needs:
        free = {module for module, needed in needs.items() if not needed & needs.keys()}
        assert free, f"in a circle: {sorted(needs)}"
        needs = {module: needed for module, needed in needs.items() if module not in free}


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_has_one_home(library: str) -> None:
    compared_with = {"bench/empty_chat.py"}  # the empty chat page that the start of app.py is measured beside
    users = {name(file) for file in FILES if library in imports(file)} - compared_with
    assert users
    assert all(user.startswith(ONLY_IN[library]) for user in users)


@pytest.mark.parametrize("file", [file for file in FILES if package(file) in LIGHT], ids=name)
def test_heavy_libraries_are_not_imported_at_load(file: Path) -> None:
    assert not imports_at_load(file) & HEAVY


def test_packages_hold_no_logic() -> None:
    for file in (file for file in FILES if file.name == "__init__.py"):
        body = ast.parse(file.read_text(encoding="utf-8")).body
        assert [type(node) for node in body] == [ast.Expr], f"{name(file)}: a docstring and nothing else"


SNIFFER = """
import importlib, os, sys
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
seen = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & writing and arguments[0] != os.devnull:
        seen.append(f"{event} {arguments[0]}")
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "socket.connect"):
        seen.append(f"{event} {arguments[0]}")
sys.addaudithook(hook)
for module in sys.argv[1:]:
    importlib.import_module(module)
print("\\n".join(seen))
"""


def test_importing_does_nothing(tmp_path: Path) -> None:
    """No file written, no folder made, no connection: in an empty home, all modules but the web app's."""
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in FILES
        if package(file) in {"index", "ingest", "answering", "connect", "duties", "eval", "feedback", "bench"}
        and file.name != "__init__.py"
    ]
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "SYSTEMROOT"}}
    home = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SNIFFER, *modules],
        cwd=tmp_path,
        env=kept | home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "app.py",
        "corpus/documents",
        "corpus/sources.jsonl",
        "corpus/agencies.tsv",
        "corpus/lexicon.txt",
        "corpus/questions",
        "ingest/readers",
        *(f"ingest/{module}.py" for module in ("units", "chunks", "build", "__main__")),
        *(
            f"index/{module}.py"
            for module in ("records", "text", "numbering", "agencies", "embedding", "lexical", "store", "settings")
        ),
        *(
            f"answering/{module}.py"
            for module in ("question", "retrieval", "evidence", "extract", "citations", "service")
        ),
        "web",
        "eval/cases",
        "eval/__main__.py",
        "models",
        "train",
        "tests",
        "bench",
        "Makefile",
        "pyproject.toml",
        "requirements.txt",
        "LICENSE",
    ],
)
def test_the_layout_of_the_house(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_test_file_stands_where_its_source_does() -> None:
    """``tests/index/test_text.py`` tests ``index/text.py``; those directly below ``tests`` and end to end are free."""
    for test in sorted((ROOT / "tests").glob("*/**/test_*.py")):
        folder, stem = test.parent.relative_to(ROOT / "tests"), test.stem.removeprefix("test_")
        if folder.parts[0] in PACKAGES:
            assert any((ROOT / folder / f"{source}.py").is_file() for source in (stem, f"__{stem}__")), name(test)
