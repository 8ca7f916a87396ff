"""The MCP server: what can be seen without its package, and the real one where `make mcp` made its environment."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from answering.service import Service
from connect.mcp_server import main
from index.settings import ROOT, Settings

PYTHON = ROOT / ".venv" / "mcp" / "bin" / "python"
CLIENT = """
import asyncio, json, os, sys
from mcp import Client, StdioServerParameters

async def talk():
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "connect.mcp_server"], cwd=os.getcwd(), env=dict(os.environ)
    )
    told = {}
    async with Client(server) as client:
        told["tools"] = {tool.name: tool.description for tool in (await client.list_tools()).tools}
        for name, tool, arguments in json.loads(sys.argv[1]):
            result = await client.call_tool(tool, arguments)
            told[name] = {"error": result.is_error, "text": result.content[0].text, "data": result.structured_content}
    print(json.dumps(told))

asyncio.run(talk())
"""
CALLS = [
    ("answer", "ask", {"question": "那归谁管？", "history": ["实施方案第14项讲什么？"]}),
    ("no question", "ask", {"question": " "}),
    ("unit", "unit", {"unit_id": "plan/14"}),
    ("no unit", "unit", {"unit_id": "plan/99"}),
    ("tasks", "tasks", {"agencies": ["外管局", "海关"], "match": "all"}),
    ("no body", "tasks", {"agencies": ["外星局"]}),
]


def test_without_its_package_the_way_to_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 2
    assert "run `make mcp`" in capsys.readouterr().err


def test_what_both_environments_need_is_pinned_alike() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    product, own = pins("requirements.txt"), pins("requirements-mcp.txt")
    assert own.pop("mcp")
    assert own.items() <= product.items()
    assert set(product) - set(own) == {"torch", "sentence-transformers", "gradio", "openpyxl"}


@pytest.mark.mcp
@pytest.mark.skipif(not PYTHON.exists(), reason=f"no {PYTHON.relative_to(ROOT)}; make it with `make mcp`")
def test_a_client_asks_the_real_server(index_settings: Settings, service: Service, tmp_path: Path) -> None:
    done = subprocess.run(
        [PYTHON, "-c", CLIENT, json.dumps(CALLS)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "HF_HUB_OFFLINE": "1",
            "INDEX_DIR": str(index_settings.index_dir),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told["tools"]) == {"ask", "unit", "tasks"}
    assert all(told["tools"].values())

    answer = told["answer"]["data"]
    expected = service.ask("那归谁管？", ["实施方案第14项讲什么？"]).as_json()
    assert {**answer, "id": "", "latency_ms": 0} == {**expected, "id": "", "latency_ms": 0}
    assert json.loads(told["answer"]["text"]) == answer
    assert told["unit"]["data"]["label"] == "《天津市推动跨境电商高质量发展实施方案》第14项"
    assert [task["unit_id"] for task in told["tasks"]["data"]["tasks"]] == ["task-table/1"]
    assert [told[name]["error"] for name in ("no question", "no unit", "no body")] == [True, True, True]
    assert "问题是空的" in told["no question"]["text"]
    assert "没有叫“外星局”的责任单位" in told["no body"]["text"]
