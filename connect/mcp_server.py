"""An MCP server over stdio: ``python -m connect.mcp_server``, in an environment of ``requirements-mcp.txt``.

Three tools: ``ask``, ``unit`` and ``tasks``. This module is a door: it makes the index right and opens the service.
"""

from __future__ import annotations

import logging
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from answering.service import QuestionError, Service
from connect.catalogue import Catalogue, NoSuchError
from index.settings import Settings, SettingsError
from ingest.build import build

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

_INSTRUCTIONS = (
    "天津外贸政策问答：只依据所收文件回答，每个答案都引用条号、序号和责任单位。"
    "引用时照抄 label 和 quote；answered 为 false 时文件里没有答案，不要自行补充。"
)


def server(service: Service) -> MCPServer:
    """The server over an open service; its tools' docstrings and types are their published descriptions.

    Raises:
        ModuleNotFoundError: the package ``mcp`` is not in this environment.
    """
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError

    catalogue = Catalogue(service)
    mcp = MCPServer("jince", title="津策", instructions=_INSTRUCTIONS, log_level="WARNING")

    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """用中文提问，得到带引用的答案。history 是同一对话中先前的问题，从早到晚。"""
        try:
            return service.ask(question, history or ()).as_json()
        except QuestionError as error:
            raise ToolError(str(error)) from error

    def unit(unit_id: str) -> dict[str, Any]:
        """按 unit_id（如 plan/14、task-table/7）取一个条目的全文和责任单位。"""
        try:
            return catalogue.unit(unit_id)
        except NoSuchError as error:
            raise ToolError(error.message) from error

    def tasks(
        agencies: list[str], match: Literal["all", "any"] = "any", excluded: list[str] | None = None
    ) -> dict[str, Any]:
        """列出责任单位（任何叫法）的全部任务和共同责任单位；match 为 all 时须共同负责；不要 excluded 参与的。"""
        try:
            return catalogue.tasks(agencies, match, excluded or ())
        except NoSuchError as error:
            raise ToolError(error.message) from error

    for title, tool in (("提问", ask), ("一个条目", unit), ("责任单位的任务", tasks)):
        mcp.add_tool(tool, title=title)
    return mcp


def main() -> int:
    """Serve on standard input and output until they end; returns the exit status."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)  # standard output is the protocol's
    try:
        settings = Settings.read()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if find_spec("mcp") is None:
        sys.stderr.write("no package mcp here; run `make mcp`, then .venv/mcp/bin/python -m connect.mcp_server\n")
        return 2
    build(settings)
    service = Service(settings)
    try:
        server(service).run("stdio")
    finally:
        service.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
