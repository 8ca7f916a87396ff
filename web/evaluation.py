"""Evaluation at the page: the questions that come with the tool or one's own, run, shown and taken away as a report."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.settings import Settings
from web.escape import escaped
from web.evaluation_html import progress_html, results_html, upload_html
from web.evaluation_runs import CrowdedError, Runs, Stage, Status, Wanted
from web.evaluation_upload import MOST_BYTES, MOST_CASES, TYPES, Upload, read_upload
from web.links import Place, Tab
from web.loading import Loading

if TYPE_CHECKING:
    from eval.run import Progress, Run

LOOK = 0.25  # seconds between two looks at how far an evaluation is
SETS = {"dev": "自带题集：开发题", "test": "自带题集：留出题"}
CROWDED = "排队等评测的人太多，请过几分钟再试"
_OWNER = re.compile(r"[0-9a-f]{32}")
_HIDDEN: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
_LEAD = """<div class="lead"><h2>评测：答得准不准，用题目说话</h2>
<p>把一批题目逐题问一遍，与标准答案对照：答没答对，引的条目、说的单位和数字对不对，该拒答的有没有拒答。评完可下载报告。</p></div>"""
_BUILT_IN = """<h3>用自带的题</h3><p>各种题型都有，附有标准答案，不用准备，约半分钟评完。</p>"""
_OWN = f"""<h3>用我自己的题</h3>
<ol><li>下载模板，每行填一道题：填问题，再填标准答案、依据条款、责任单位中的任意一项。</li>
<li>上传填好的文件（{"、".join(TYPES)}，最多 {MOST_CASES} 题、{MOST_BYTES // 2**20} MB）。</li>
<li>点“开始评测”，看结果，下载报告。</li></ol>"""

# Of: owner, progress, stop, resume, results, downloads, report, workbook, start of the built-in set, of one's own.
Updates = tuple[object, ...]
Follow = Callable[[str, "Upload | None"], AsyncIterator[Updates]]


def evaluation(loading: Loading, place: gr.Textbox, tab: gr.Tab, settings: Settings) -> None:
    """Lay out the tab in the block that is open."""
    runs = Runs(partial(_evaluated, loading, settings), settings.runs_dir)
    owner = gr.BrowserState("", storage_key="jince-evaluation", secret="jince")
    own = gr.State(None)
    gr.HTML(_LEAD)
    with gr.Row(elem_classes="ways"):
        with gr.Column(elem_classes="way", min_width=280):
            gr.HTML(_BUILT_IN)
            choice = gr.Radio(
                [("开发题（调试时用的题）", "dev"), ("留出题（调试时没用过的题，更能说明真实水平）", "test")],
                value="dev",
                label="题集",
                elem_id="evaluation-set",
            )
            begin = gr.Button("开始评测", variant="primary", elem_id="evaluation-start")
        with gr.Column(elem_classes="way", min_width=280):
            gr.HTML(_OWN)
            with gr.Row(elem_classes="templates"):
                for suffix, name in ((".xlsx", "下载 Excel 模板"), (".csv", "下载 CSV 模板")):
                    _download(name, suffix)
            file = gr.File(
                label="上传填好的题目",
                file_types=list(TYPES),
                height=120,
                elem_id="evaluation-file",
            )
            read = gr.HTML()
            begin_own = gr.Button("开始评测", variant="primary", interactive=False, elem_id="evaluation-start-own")
    with gr.Row(elem_id="evaluation-progress"):
        progress = gr.HTML(elem_classes="progress")
        stop = gr.Button("停止", visible=False, elem_id="evaluation-stop")
        resume = gr.Button("继续评测", visible=False, elem_id="evaluation-resume")
    with gr.Row(visible=False, elem_id="evaluation-downloads") as downloads:
        report = gr.DownloadButton("下载报告（网页，可打印）", variant="primary", elem_id="evaluation-report")
        book = gr.DownloadButton("下载明细（Excel）", elem_id="evaluation-book")
    results = gr.HTML(elem_id="evaluation-results")

    shown = [owner, progress, stop, resume, results, downloads, report, book, begin, begin_own]
    follow = _following(loading, runs)
    once: dict[str, Any] = {**_HIDDEN, "trigger_mode": "once"}
    for button, chosen in ((begin, _built_in), (begin_own, _uploaded)):
        button.click(None, None, None, js=_to("progress"), api_visibility="private")
        button.click(_starting(loading, runs, follow, chosen), [owner, own, choice], shown, **once).then(
            None, None, None, js=_to("downloads"), api_visibility="private"
        )
    resume.click(_resuming(runs, follow), [owner, own], shown, **once)
    stop.click(runs.stop, owner, None, queue=False, **_HIDDEN)
    file.upload(_reading(loading), file, [own, read, begin_own], **_HIDDEN)
    file.clear(lambda: (None, "", gr.update(interactive=False)), None, [own, read, begin_own], queue=False, **_HIDDEN)

    async def came(address: str, owner: str, own: Upload | None) -> AsyncIterator[Updates]:
        here = Place.read(address).tab is Tab.EVALUATION
        async for updates in follow(owner if here else "", own):
            yield updates

    tab.select(follow, [owner, own], shown, **_HIDDEN)
    place.change(came, [place, owner, own], shown, **_HIDDEN)


def _to(part: str) -> str:
    """JavaScript that brings a part of the tab into view, once it is there."""
    return f'() => setTimeout(() => document.querySelector("#evaluation-{part}")?.scrollIntoView(), 400)'


def _download(name: str, suffix: str) -> None:
    """A button that makes a template and hands it out, in one click; only a hidden second button can do the latter."""
    made = gr.DownloadButton(visible="hidden", elem_id=f"template-{suffix[1:]}")
    gr.Button(name, size="md").click(partial(_template, suffix), None, made, **_HIDDEN).then(
        None, None, None, js=f"() => document.querySelector('#template-{suffix[1:]}').click()", api_visibility="private"
    )


def _evaluated(
    loading: Loading, settings: Settings, wanted: Wanted, folder: Path, progress: Progress
) -> tuple[Run, Path]:
    """The work of one evaluation: questions asked, graded and written up in ``folder``."""
    from eval.evaluate import evaluate
    from eval.export import write_workbook

    with loading.lent() as state:
        assert state.service is not None  # nothing is started before
        run, written = evaluate(
            state.service,
            settings,
            wanted.cases,
            {},
            title=wanted.title,
            name=folder.name,
            runs_dir=folder.parent,
            progress=progress,
        )
        write_workbook(run, {unit.unit_id: unit for unit in state.service.units}, written / "report.xlsx")
    return run, written


def _built_in(_: Upload | None, split: str) -> Wanted:
    from eval.cases import read_cases

    chosen = split if split in SETS else "dev"
    return Wanted(SETS[chosen], read_cases(splits=[chosen]))


def _uploaded(own: Upload | None, _: str) -> Wanted | None:
    return Wanted(own.name, own.cases) if own and own.cases else None


def _starting(
    loading: Loading, runs: Runs, follow: Follow, chosen: Callable[[Upload | None, str], Wanted | None]
) -> Callable[[str, Upload | None, str], AsyncIterator[Updates]]:
    """The handler of a start: put in line, then followed to its end."""

    async def started(owner: str, own: Upload | None, split: str) -> AsyncIterator[Updates]:
        owner = owner if _OWNER.fullmatch(owner or "") else uuid.uuid4().hex
        state = await asyncio.to_thread(loading.settled)
        wanted = await asyncio.to_thread(chosen, own, split)
        if state.service is None or wanted is None:
            yield _said(owner, state.words if state.service is None else "请先上传题目", own)
            return
        try:
            await asyncio.to_thread(runs.start, owner, wanted)
        except CrowdedError:
            yield _said(owner, CROWDED, own)
            return
        async for updates in follow(owner, own):
            yield updates

    return started


def _resuming(runs: Runs, follow: Follow) -> Follow:
    """The handler of going on after a stop."""

    async def resumed(owner: str, own: Upload | None) -> AsyncIterator[Updates]:
        try:
            runs.resume(owner)
        except CrowdedError:
            yield _said(owner, CROWDED, own)
            return
        async for updates in follow(owner, own):
            yield updates

    return resumed


def _following(loading: Loading, runs: Runs) -> Follow:
    """The handler that shows how this person's evaluation stands until it is settled; nothing where there is none."""

    async def followed(owner: str, own: Upload | None) -> AsyncIterator[Updates]:
        yield (gr.skip(),) * 10  # a handler that yields nothing would empty everything it may fill
        seen: Status | None = None
        while (status := runs.status(owner)) is not None and not status.settled:
            if status != seen:
                seen = status
                yield _going(owner, status)
            await asyncio.sleep(LOOK)
        if status is not None:
            yield await asyncio.to_thread(_settled, loading, owner, own, status)

    return followed


def _going(owner: str, status: Status) -> Updates:
    """The page while an evaluation waits or runs."""
    hidden, off = gr.update(visible=False), gr.update(interactive=False)
    return owner, progress_html(status), gr.update(visible=True), hidden, "", hidden, gr.skip(), gr.skip(), off, off


def _settled(loading: Loading, owner: str, own: Upload | None, status: Status) -> Updates:
    """The page once an evaluation is done, stopped or failed."""
    service = loading.settled().service
    html, report, book = "", gr.skip(), gr.skip()
    if service is not None and status.folder is not None:
        html = results_html(status, {unit.unit_id: unit for unit in service.units})
        report, book = (
            _copied(status.folder / f"report{suffix}", f"评测报告-{Path(status.title).stem}{suffix}")
            for suffix in (".html", ".xlsx")
        )
    return (
        owner,
        progress_html(status),
        gr.update(visible=False),
        gr.update(visible=status.stage is not Stage.DONE),
        html,
        gr.update(visible=bool(html)),
        report,
        book,
        *_startable(own),
    )


def _said(owner: str, words: str, own: Upload | None) -> Updates:
    """The page as it is, with a word on why nothing was started."""
    skipped = (gr.skip(),) * 6
    return owner, f'<div class="note bad" role="alert"><p>{escaped(words)}。</p></div>', *skipped, *_startable(own)


def _startable(own: Upload | None) -> tuple[object, object]:
    return gr.update(interactive=True), gr.update(interactive=bool(own and own.cases))


def _reading(loading: Loading) -> Callable[[str], tuple[Upload | None, str, object]]:
    """The handler of an upload: the file read, and what came of it."""

    def read(path: str) -> tuple[Upload | None, str, object]:
        state = loading.settled()
        if state.service is None:
            return None, escaped(state.words), gr.update(interactive=False)
        upload = read_upload(Path(path), state.service)
        words = f"开始评测（{len(upload.cases)} 题）" if upload.cases else "开始评测"
        return upload, upload_html(upload), gr.update(value=words, interactive=bool(upload.cases))

    return read


def _copied(path: Path, name: str) -> str:
    """A copy of a run's file under the name that it is saved by, where the page may hand files out."""
    copy = Path(tempfile.mkdtemp(prefix="report-")) / name
    shutil.copyfile(path, copy)
    return str(copy)


def _template(suffix: str) -> str:
    """A test set to fill in."""
    from eval.testset import write_template

    path = Path(tempfile.mkdtemp(prefix="template-")) / f"评测题目模板{suffix}"
    write_template(path)
    return str(path)
