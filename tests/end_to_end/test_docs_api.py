"""Every example of ``docs/api.md``, run as it stands against the running app; what follows it is in what it prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from tests.end_to_end.conftest import ROOT

BLOCK = re.compile(r"^```(bash|python)\n(.*?)^```\n\n```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = [pytest.param(*example, id=f"{example[0]}-{number}") for number, example in enumerate(BLOCK.findall(TEXT))]


def test_no_example_is_left_out() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^```(?:bash|python)$", TEXT, re.MULTILINE)) == 7


@pytest.mark.parametrize(("language", "code", "printed"), EXAMPLES)
def test_an_example_prints_what_it_says(language: str, code: str, printed: str, address: str) -> None:
    if language == "bash" and not shutil.which("curl"):
        pytest.skip("no curl; install it")
    command = ["bash", "-ec"] if language == "bash" else [sys.executable, "-c"]
    done = subprocess.run(
        [*command, code.replace("http://127.0.0.1:7860", address)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line in printed.splitlines():
        assert line in done.stdout
