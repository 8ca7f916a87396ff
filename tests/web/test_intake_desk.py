"""The desk's handlers over a shelf that keeps documents in memory, and the shared service."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import gradio as gr
import pytest

from answering.service import Service
from index.published import Remark, Severity
from ingest.readers.source import ReadError
from web.intake import Checked, Outcome
from web.intake_desk import NEW, NOT_ALLOWED, OCCUPIED, IntakeDesk
from web.loading import Loading
from web.login import Accounts

ADMIN, VISITOR = gr.Request(username="wang"), gr.Request(username=None)
FILE = "/somewhere/夜市措施.docx"
ERROR = Remark(Severity.ERROR, "第3行", "有文字没有归属", "")


class Shelf:
    """An intake that keeps what it is told, and waits or fails when told to."""

    def __init__(self, service: Service) -> None:
        self._plan = service.documents["plan"]
        self.done: list[tuple[str, ...]] = []
        self.known = ""
        self.remarks: tuple[Remark, ...] = ()
        self.failure: Exception | None = None
        self.may_go_on = Event()
        self.may_go_on.set()
        self.begun = Event()

    def check(self, file: Path, region: str | None = None) -> Checked:
        if self.failure:
            raise self.failure
        document = replace(self._plan, slug="night", title="《夜市措施》", region="岭南市")
        return Checked(document, 3, 4, 200, self.remarks, (), self.known)

    def add(self, file: Path, region: str | None = None) -> Outcome:
        return self._did("add", file.name, str(region))

    def update(self, slug: str, file: Path, region: str | None = None) -> Outcome:
        return self._did("update", slug, file.name, str(region))

    def remove(self, slug: str) -> Outcome:
        return self._did("remove", slug)

    def _did(self, *what: str) -> Outcome:
        self.begun.set()
        assert self.may_go_on.wait(10)
        if self.failure:
            raise self.failure
        self.done.append(what)
        return Outcome(self._plan, ("《夜市措施》第1项",), (), (), 2)


@pytest.fixture
def shelf(service: Service) -> Shelf:
    return Shelf(service)


@pytest.fixture
def desk(loaded: Loading, shelf: Shelf) -> IntakeDesk:
    async def make() -> IntakeDesk:
        with gr.Blocks():
            return IntakeDesk(loaded, shelf, Accounts({"wang": "geheim"}))

    return asyncio.run(make())


def last(steps: Iterator[Any]) -> Any:
    *_, step = steps
    return step


def checked(desk: IntakeDesk) -> Checked:
    found: Checked = last(desk._checked(FILE, ADMIN))[0]
    return found


def test_only_who_logged_in_sees_the_desk_and_is_served(desk: IntakeDesk, shelf: Shelf) -> None:
    assert [update["visible"] for update in (desk.admitted(ADMIN)[0], desk.admitted(VISITOR)[0])] == [True, False]  # type: ignore[index]
    assert desk.admitted(VISITOR)[1]["choices"] == []  # type: ignore[index]
    found = checked(desk)
    for refused in (
        last(desk._checked(FILE, VISITOR))[-1],
        last(desk._taken(FILE, found, "", NEW, VISITOR))[1],
        last(desk._removed("plan", VISITOR))[1],
    ):
        assert NOT_ALLOWED in refused
    assert desk._asked("plan", VISITOR)[1] == ""
    assert shelf.done == []


def test_a_checked_file_is_shown_with_its_region_and_may_be_taken_in(desk: IntakeDesk) -> None:
    found, html, decide, region, target, take, said = last(desk._checked(FILE, ADMIN))
    assert isinstance(found, Checked)
    assert "《夜市措施》" in html
    assert (decide["visible"], region, target["value"], take["value"], said) == (True, "岭南市", NEW, "收录", "")
    assert ("更新：《天津市推动跨境电商高质量发展实施方案》（天津市）", "plan") in target["choices"]


def test_an_edition_of_a_known_document_is_offered_as_an_update(desk: IntakeDesk, shelf: Shelf) -> None:
    shelf.known = "plan"
    _, html, decide, _, target, take, _ = last(desk._checked(FILE, ADMIN))
    assert (decide["visible"], target["value"], take["value"]) == (True, "plan", "更新")
    assert "新版本" in html


def test_what_was_not_read_whole_cannot_be_taken_in(desk: IntakeDesk, shelf: Shelf) -> None:
    shelf.remarks = (ERROR,)
    _, html, decide, *_ = last(desk._checked(FILE, ADMIN))
    assert not decide["visible"]
    assert "不能收录" in html


def test_a_file_that_cannot_be_read_is_declined(desk: IntakeDesk, shelf: Shelf) -> None:
    shelf.failure = ReadError(f"{FILE}: encrypted; save it without a password")
    found, *_, said = last(desk._checked(FILE, ADMIN))
    assert found is None
    assert "“夜市措施.docx”加了密码" in said


@pytest.mark.parametrize(
    ("region", "target", "done"),
    [
        ("岭南市", NEW, ("add", "夜市措施.docx", "None")),  # as it was read
        (" 岭北市 ", NEW, ("add", "夜市措施.docx", "岭北市")),
        ("", NEW, ("add", "夜市措施.docx", "")),  # the whole country
        ("岭南市", "plan", ("update", "plan", "夜市措施.docx", "None")),
    ],
)
def test_what_is_decided_is_done_and_reported(
    desk: IntakeDesk, shelf: Shelf, region: str, target: str, done: tuple[str, ...]
) -> None:
    *_, (decide, said, shown, file) = desk._taken(FILE, checked(desk), region, target, ADMIN)
    assert shelf.done == [done]
    assert (shown, file) == ("", None)
    assert not decide["visible"]  # type: ignore[index]
    assert "新增 1 项，其余 2 项不变" in str(said)


def test_a_document_is_removed_after_a_question(desk: IntakeDesk, shelf: Shelf) -> None:
    confirm, question = desk._asked("plan", ADMIN)
    assert confirm["visible"]  # type: ignore[index]
    assert "确定移除吗" in str(question)
    assert "已移除" in last(desk._removed("plan", ADMIN))[1]
    assert shelf.done == [("remove", "plan")]
    assert "请先选择" in last(desk._removed("gone", ADMIN))[1]


def test_while_one_is_at_it_another_is_told(desk: IntakeDesk, shelf: Shelf) -> None:
    shelf.may_go_on.clear()
    one = desk._removed("plan", ADMIN)
    assert "正在移除" in str(next(one)[1])
    going = str(next(one)[1])  # after a second
    assert shelf.begun.is_set()
    assert "已用 1 秒" in going
    assert OCCUPIED in last(desk._removed("task-table", ADMIN))[1]
    shelf.may_go_on.set()
    last(one)
    assert shelf.done == [("remove", "plan")]
    last(desk._removed("plan", ADMIN))
    assert len(shelf.done) == 2


def test_a_failure_is_told_and_leaves_the_desk_free(desk: IntakeDesk, shelf: Shelf) -> None:
    found = checked(desk)
    shelf.failure = RuntimeError("secret")
    said = last(desk._taken(FILE, found, "岭南市", NEW, ADMIN))[1]
    assert "没有预料到" in said
    assert "secret" not in said
    shelf.failure = None
    last(desk._taken(FILE, found, "岭南市", NEW, ADMIN))
    assert len(shelf.done) == 1
