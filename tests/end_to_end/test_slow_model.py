"""Twenty askers wait for a slow chat model; who asks what needs none is answered meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from tests.chat_server import Hang, Served, begun, chat_server, streamed
from tests.end_to_end.conftest import running
from tests.end_to_end.test_http import call

ASKERS = 20
PROSE, LIST = "实施方案第14项讲什么？", "外管局有哪些任务？"
SENTENCE = "支持多元企业主体建设海外仓[1]。"


def test_one_slow_model_holds_up_no_answer_that_needs_none(tmp_path: Path) -> None:
    go_on = Event()

    def parts() -> Iterator[bytes | Hang]:
        yield from begun(SENTENCE)
        go_on.wait(60)
        yield from streamed().parts

    with chat_server(lambda _: Served(parts())) as server, ThreadPoolExecutor(ASKERS) as pool:
        model = {"LLM_BASE_URL": server.settings.base_url, "LLM_MODEL": "scripted", "LLM_TIMEOUT": "60"}
        with running(tmp_path, **model) as address:
            assert call(address, LIST, [])[0] == "complete"
            waiting: list[Future[tuple[str, Any]]] = [pool.submit(call, address, PROSE, []) for _ in range(ASKERS)]
            try:
                while len(server.asked) < ASKERS:
                    assert not any(each.done() for each in waiting)
                    go_on.wait(0.05)
                event, data = call(address, LIST, [])
                assert (event, "generation" in data[0]) == ("complete", False)
                assert not any(each.done() for each in waiting)
            finally:
                go_on.set()
            told = [each.result() for each in waiting]
    assert [event for event, _ in told] == ["complete"] * ASKERS
    assert {data[0]["generation"]["verified"] for _, data in told} == {1}
