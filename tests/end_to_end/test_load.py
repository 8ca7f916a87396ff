"""Ten clients at once over HTTP: everybody gets the answer that one caller alone gets."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import Request, urlopen

from answering.service import Service
from bench.answers import questions

CLIENTS = 10
ASKED = questions()[::12]  # a few of every kind, with conversations among them


def ask(address: str, question: str, history: list[str]) -> dict[str, Any]:
    body = json.dumps({"question": question, "history": history}).encode()
    with urlopen(Request(f"{address}/api/ask", body, {"Content-Type": "application/json"}), timeout=300) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def test_ten_clients_at_once_get_what_one_gets_alone(address: str, service: Service) -> None:
    expected = [service.ask(each.question, each.history).as_json() for each in ASKED]

    def client(number: int) -> list[dict[str, Any]]:
        """All questions, each client beginning with another."""
        turned = [*ASKED[number:], *ASKED[:number]]
        given = [ask(address, each.question, list(each.history)) for each in turned]
        return [*given[-number:], *given[:-number]] if number else given

    with ThreadPoolExecutor(CLIENTS) as pool:
        everybody = list(pool.map(client, range(CLIENTS)))
    assert any(each.history for each in ASKED)
    own = {"id": "", "latency_ms": 0}
    for given in everybody:
        assert [{**answer, **own} for answer in given] == [{**answer, **own} for answer in expected]
    assert len({answer["id"] for given in everybody for answer in given}) == CLIENTS * len(ASKED)
