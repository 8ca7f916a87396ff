"""Where who logged in takes documents in and out: a file is checked, then taken in, and the service answers from it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import gradio as gr

from index.records import Document
from web.intake import Checked, Intake, Outcome
from web.intake_failure import declined
from web.intake_html import checked_html, done_html, failed_html, going_html
from web.limits import DOCUMENTS, LARGEST_FILE
from web.loading import Loading
from web.login import Accounts
from web.working import working

NEW = ""  # the choice of taking a file in as a document of its own
CHECKING, TAKING, REMOVING = "正在检查文件", "正在收录，其间照常可以提问", "正在移除，其间照常可以提问"
OCCUPIED = "另一位管理员正在收录或移除文件，请等他完成后再试。"
NOT_ALLOWED = "只有登录的管理员可以收录、更新和移除文件。"
UNSEEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_ONCE: dict[str, Any] = UNSEEN | {"trigger_mode": "once", "concurrency_limit": 2}

_log = logging.getLogger(__name__)

_KEPT = (gr.skip(), gr.skip())

Updates = tuple[object, ...]
T = TypeVar("T")


class _OccupiedError(Exception):
    """Another visitor is at it."""


class IntakeDesk:
    """The desk in the block that is open, hidden until :meth:`admitted` says that its visitor may use it.

    Args:
        loading: gives the service, and is told when there is a new index.
        intake: the library.
        accounts: tell who may use it.

    Attributes:
        parts: what :meth:`admitted` updates.
        done: the event that follows when something was taken in or out.
    """

    def __init__(self, loading: Loading, intake: Intake, accounts: Accounts) -> None:
        self._loading = loading
        self._intake = intake
        self._accounts = accounts
        self._at_work = Lock()
        found = gr.State(None)
        with gr.Accordion("收录、更新、移除文件", open=False, visible=False, elem_id="intake") as desk:
            with gr.Row():
                with gr.Column(min_width=280):
                    file = gr.File(
                        label=f"选择文件：docx、pdf、网页、md、txt 或图片，最多 {LARGEST_FILE >> 20} MB",
                        file_types=list(DOCUMENTS),
                        height=120,
                        elem_id="intake-file",
                    )
                    check = gr.Button("检查", variant="primary", interactive=False, elem_id="intake-check")
                with gr.Column(min_width=280):
                    gone = gr.Dropdown(label="要移除的文件", choices=[], value=None, elem_id="intake-gone")
                    remove = gr.Button("移除", elem_id="intake-remove")
                    with gr.Row(visible=False, elem_id="intake-confirm") as confirm:
                        sure = gr.HTML()
                        yes = gr.Button("确认移除", variant="stop", elem_id="intake-yes")
                        no = gr.Button("取消", elem_id="intake-no")
            shown = gr.HTML(elem_id="intake-found")
            with gr.Row(visible=False, elem_id="intake-decide") as decide:
                region = gr.Textbox(
                    label="适用地区", info="读得不对可以改，如 武汉市；全国性文件请留空", max_length=30, max_lines=1
                )
                target = gr.Dropdown(label="收录为", choices=[("新文件", NEW)], value=NEW, elem_id="intake-target")
                take = gr.Button("收录", variant="primary", elem_id="intake-take")
            said = gr.HTML(elem_id="intake-said")

        self.parts: list[Any] = [desk, gone]
        reading = [found, shown, decide, region, target, take, said]
        gr.on([file.upload, file.clear], self._chosen, file, [check, *reading], queue=False, **UNSEEN)
        check.click(self._checked, file, reading, **_ONCE)
        target.change(_verb, target, take, queue=False, **UNSEEN)
        taken = take.click(self._taken, [file, found, region, target], [decide, said, shown, file], **_ONCE)
        remove.click(self._asked, gone, [confirm, sure], queue=False, **UNSEEN)
        no.click(lambda: gr.update(visible=False), None, confirm, queue=False, **UNSEEN)
        removed = yes.click(self._removed, gone, [confirm, said, shown, file], **_ONCE)
        self.done = [event.then(self.admitted, None, self.parts, **UNSEEN) for event in (taken, removed)]

    def admitted(self, request: gr.Request) -> Updates:
        """The desk for who may use it, with the documents that can be removed; for others nothing of it."""
        if not self._may(request):
            return gr.update(visible=False), gr.update(choices=[])
        return gr.update(visible=True), gr.update(choices=_choices(self._documents()), value=None)

    def _may(self, request: gr.Request | None) -> bool:
        return self._accounts.may_administer(getattr(request, "username", None))

    def _why_not(self, request: gr.Request | None, missing: str) -> str:
        return missing if self._may(request) else NOT_ALLOWED

    def _documents(self) -> Mapping[str, Document]:
        service = self._loading.settled().service
        return service.documents if service else {}

    def _chosen(self, path: str | None) -> Updates:
        """Another file, or none: what was found of the one before counts no more."""
        return gr.update(interactive=bool(path)), *_nothing_found("")

    def _checked(self, path: str | None, request: gr.Request) -> Iterator[Updates]:
        """Read the file and show how it would be taken in."""
        if not self._may(request) or path is None:
            yield _nothing_found(failed_html(self._why_not(request, "请先选择文件。")))
            return
        file = Path(path)
        try:
            steps = working(lambda: self._intake.check(file))
            found = yield from _told(steps, CHECKING, lambda words: (*(gr.skip(),) * 6, words))
        except Exception as error:  # noqa: BLE001 - whatever is in a file, its sender must hear of it
            _log.warning("cannot check %s", file.name, exc_info=True)
            yield _nothing_found(failed_html(declined(file.name, error)))
            return
        yield self._laid_out(found)

    def _laid_out(self, found: Checked) -> Updates:
        documents = self._documents()
        known = documents.get(found.known)
        choices = [("新文件", NEW), *((f"更新：{name}", slug) for name, slug in _choices(documents))]
        verb = "更新" if known else "收录"
        return (
            found,
            checked_html(found, known),
            gr.update(visible=not (found.errors or found.held)),
            found.document.region or "",
            gr.update(choices=choices, value=known.slug if known else NEW),
            gr.update(value=verb),
            "",
        )

    def _taken(
        self, path: str | None, found: Checked | None, region: str, target: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Take the file in, or put it in the place of the document chosen."""
        if not self._may(request) or path is None or found is None:
            words = self._why_not(request, "请先选择文件并检查。")
            yield gr.update(visible=False), failed_html(words), *_KEPT
            return
        file, place = Path(path), " ".join(region.split())
        given = None if place == (found.document.region or "") else place

        def work() -> Outcome:
            return self._intake.update(target, file, given) if target else self._intake.add(file, given)

        yield from self._changed(work, file.name, TAKING, "已更新" if target else "已收录")

    def _asked(self, slug: str | None, request: gr.Request) -> Updates:
        """Ask whether the document chosen is to be removed indeed."""
        document = self._documents().get(slug or "")
        if not self._may(request) or document is None:
            return gr.update(visible=False), ""
        return gr.update(visible=True), failed_html(
            f"移除后，提问不再引用{document.title}。原文件留存在服务器上。确定移除吗？"
        )

    def _removed(self, slug: str | None, request: gr.Request) -> Iterator[Updates]:
        """Take the document chosen out."""
        document = self._documents().get(slug or "")
        if not self._may(request) or document is None:
            words = self._why_not(request, "请先选择要移除的文件。")
            yield gr.update(visible=False), failed_html(words), *_KEPT
            return
        yield from self._changed(lambda: self._intake.remove(document.slug), document.title, REMOVING, "已移除")

    def _changed(self, work: Callable[[], Outcome], name: str, going: str, done: str) -> Iterator[Updates]:
        """Do ``work``, one at a time of all visitors, and serve from what it made.

        The updates are of what to decide, what is said, what was found of a file, and the file.
        """

        def alone() -> Outcome:
            if not self._at_work.acquire(blocking=False):
                raise _OccupiedError
            try:
                outcome = work()
                self._loading.renew()
                return outcome
            finally:
                self._at_work.release()

        hidden = gr.update(visible=False)
        yield hidden, going_html(going), *_KEPT
        try:
            outcome = yield from _told(working(alone), going, lambda words: (hidden, words, *_KEPT))
        except _OccupiedError:
            yield gr.update(visible=True), failed_html(OCCUPIED), *_KEPT
            return
        except Exception as error:  # noqa: BLE001 - whatever it was, the visitor must hear of it
            _log.warning("%s: not done", name, exc_info=True)
            yield hidden, failed_html(declined(name, error)), *_KEPT
            return
        yield hidden, done_html(done, outcome), "", None


def _told(
    steps: Generator[int, None, T], words: str, as_updates: Callable[[str], Updates]
) -> Generator[Updates, None, T]:
    """The signs of life of ``steps`` as updates, and what it returns."""
    while True:
        try:
            seconds = next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
        yield as_updates(going_html(words, seconds))


def _nothing_found(words: str) -> Updates:
    """No file found: what was found, its HTML, what to decide, region, target, button, and what is said."""
    return None, "", gr.update(visible=False), "", gr.skip(), gr.skip(), words


def _choices(documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """Documents as choices; those that people call alike told apart by region."""
    return [
        (f"{document.title}（{document.region}）" if document.region else document.title, slug)
        for slug, document in documents.items()
    ]


def _verb(target: str) -> str:
    return "更新" if target else "收录"
