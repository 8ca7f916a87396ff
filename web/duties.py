"""The responsibility list: tasks of the bodies chosen, what they amount to, and the same as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import gradio as gr

from web.duties_choices import MOST_DIVIDED, body_choices, document_choices, parts_of, places_of, region_choices
from web.duties_list import listed, summary
from web.duties_matrix import heat_map
from web.duties_partners import partnership
from web.duties_targets import goals
from web.escape import escaped
from web.links import Place, Tab
from web.loading import Loading

if TYPE_CHECKING:
    from answering.service import Service
    from duties.ledger import Ledger, Report
    from duties.selection import Selection

# What duties/ imports (tokenizer, writers of files) would delay the page: it is imported where it is used.

ANY, ALL = "任一单位", "同时负责"
_CLICK = "() => document.querySelector('#duties-file').click()"
_PAUSE = "() => new Promise(done => setTimeout(done, 150))"
_UNSEEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_QUICK: dict[str, Any] = {**_UNSEEN, "queue": False, "trigger_mode": "always_last"}

_NOTHING = (gr.skip(),) * 14


class View(StrEnum):
    """What is shown of the tasks chosen."""

    LIST = "清单"
    MATRIX = "分工矩阵"
    PARTNERS = "协作关系"
    TARGETS = "量化目标"


_SHOWN: dict[View, Callable[[Report, Ledger], str]] = {
    View.LIST: listed,
    View.MATRIX: heat_map,
    View.PARTNERS: partnership,
    View.TARGETS: goals,
}


def duties(loading: Loading, place: gr.Textbox, tab: gr.Tab) -> None:
    """Lay out ``tab`` in the block that is open; it fills itself when it is chosen and when ``place`` changes."""
    with gr.Row(elem_classes="duties"):
        with gr.Column(elem_classes="duties-form", scale=0, min_width=320):
            find, chosen = _finder("责任单位", "输入简称或全称，如 外管局、海关")
            together = gr.Radio([ANY, ALL], value=ANY, label="选了几家时", elem_id="duties-together")
            keyword = gr.Textbox(label="关键词", placeholder="如 海外仓，回车查找", max_length=100, max_lines=1)
            with gr.Accordion("更多条件：文件、章节、条目、排除单位", open=False):
                regions = gr.Dropdown(label="地区", multiselect=True, visible=False, elem_id="duties-regions")
                documents = gr.CheckboxGroup(label="文件", elem_classes="document-choices")
                sections = gr.Dropdown(label="章节", multiselect=True)
                measures = gr.Dropdown(label="条目", multiselect=True)
                find_out, without = _finder("排除单位", "输入要排除的单位")
            clear = gr.Button("清除条件", size="md")
        with gr.Column(elem_classes="duties-shown", min_width=320):
            top = gr.HTML()
            with gr.Row(elem_classes="duties-tools"):
                view = gr.Radio(list(View), value=View.LIST, label="显示", show_label=False, elem_id="duties-view")
                word = gr.Button("下载 Word 任务单", variant="primary", size="md")
                excel = gr.Button("下载 Excel", size="md")
            shown = gr.HTML(elem_id="duties-result")
            file = gr.DownloadButton(visible="hidden", elem_id="duties-file")

    conditions: list[Any] = [chosen, together, keyword, documents, sections, measures, without, regions]
    filled = gr.State(0)
    desk = _Desk(loading)
    place.change(
        desk.opened,
        [place, filled],
        [find, find_out, view, top, shown, *conditions, filled],
        concurrency_limit=None,
        trigger_mode="always_last",
        **_UNSEEN,
    )
    tab.select(
        desk.chosen,
        filled,
        [find, find_out, view, top, shown, *conditions, filled],
        concurrency_limit=None,
        trigger_mode="always_last",
        **_UNSEEN,
    )
    clear.click(desk.cleared, None, [find, find_out, view, top, shown, *conditions, filled], **_QUICK)
    # A text box tells of input by keypress only, of which an input method makes none. Its change is told also when the
    # page sets it, and then before the other controls are set: whoever listens to that must pause.
    for changed in (*(control.input for control in (*conditions, view)), keyword.submit, keyword.blur):
        changed(desk.shown, [view, *conditions], [top, shown], **_QUICK)
    for narrowing in (regions.input, documents.input):
        narrowing(desk.narrowed, [regions, documents], [documents, sections, measures], **_QUICK).then(
            desk.shown, [view, *conditions], [top, shown], **_QUICK
        )
    for box, group in ((find, chosen), (find_out, without)):
        box.change(None, js=_PAUSE, **_UNSEEN).then(desk.found, [box, group], group, **_QUICK)
        box.submit(desk.entered, [box, group], [box, group], **_QUICK).then(
            desk.shown, [view, *conditions], [top, shown], **_QUICK
        )
    for button, write in ((word, desk.word), (excel, desk.excel)):
        button.click(write, conditions, file, concurrency_limit=2, **_UNSEEN).success(None, js=_CLICK, **_UNSEEN)


def _finder(label: str, hint: str) -> tuple[gr.Textbox, gr.CheckboxGroup]:
    """A box that narrows a group of bodies by any of their names, and takes one by Enter."""
    with gr.Column(elem_classes="finder"):
        box = gr.Textbox(label=f"查找{label}", placeholder=hint, max_length=100, max_lines=1)
        return box, gr.CheckboxGroup(label=label, elem_classes="body-choices")


class _Desk:
    """The handlers of the tab's events."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self._made = lru_cache(maxsize=1)(_ledger)

    def opened(self, address: str, filled: int) -> tuple[object, ...]:
        """Fill the tab with the bodies that a place names."""
        place = Place.read(address)
        if place.tab is not Tab.DUTIES or (self._is_fresh(filled) and not place.bodies):
            return _NOTHING
        return self._filled(place)

    def chosen(self, filled: int) -> tuple[object, ...]:
        """Fill the tab with all tasks, where it is empty or was filled of another edition of the index."""
        return _NOTHING if self._is_fresh(filled) else self._filled(Place(Tab.DUTIES))

    def _is_fresh(self, filled: int) -> bool:
        return bool(filled) and filled == self._loading.state.edition

    def _filled(self, place: Place) -> tuple[object, ...]:
        """Every control as :meth:`_laid_out` says, or what stands in the way."""
        state = self._loading.settled()
        if state.service is None:
            return *_NOTHING[:3], f'<p class="nothing">{escaped(state.words)}</p>', *_NOTHING[4:]
        return self._laid_out(place)

    def cleared(self) -> tuple[object, ...]:
        """Back to all tasks."""
        return self._laid_out(Place(Tab.DUTIES))

    def shown(self, view: str, *conditions: Any) -> tuple[str, str]:
        """Summary and view of the tasks chosen."""
        ledger = self._ledger()
        report = ledger.report(_selection(ledger, *conditions), date.today())
        return summary(report, ledger), _SHOWN[View(view)](report, ledger)

    def found(self, text: str, chosen: list[str]) -> object:
        """The bodies to choose from while a name is typed: those chosen, then those it may name."""
        bodies = self._ledger().bodies
        return gr.update(
            choices=body_choices(self._ledger(), [*chosen, *(body.agency_id for body in bodies.search(text))])
        )

    def narrowed(self, regions: list[str], documents: list[str]) -> tuple[object, object, object]:
        """The documents of the regions chosen, and the sections and measures of the documents chosen."""
        ledger = self._ledger()
        if len(ledger.documents) <= MOST_DIVIDED:
            return _NOTHING[:3]
        places = places_of(regions)
        offered = [slug for slug, document in ledger.documents.items() if not places or document.region in places]
        kept = [slug for slug in documents if slug in offered]
        choices = document_choices(ledger, [*kept, *offered])
        return gr.update(choices=choices, value=kept), *parts_of(ledger, kept or offered)

    def entered(self, text: str, chosen: list[str]) -> tuple[str, object]:
        """Choose the body whose name was entered."""
        bodies = self._ledger().bodies
        entered = [body.agency_id for body in bodies.entered(text)]
        if not entered:
            return text, gr.skip()
        ids = list(dict.fromkeys([*chosen, *entered]))
        choices = body_choices(self._ledger(), [*ids, *(body.agency_id for body in bodies.all)])
        return "", gr.update(choices=choices, value=ids)

    def word(self, *conditions: Any) -> Iterator[str]:
        """The tasks chosen as a Word document; its file lives until it is handed over."""
        from duties.sheet import write_sheet

        yield from self._file(conditions, write_sheet, "docx")

    def excel(self, *conditions: Any) -> Iterator[str]:
        """The tasks chosen as a spreadsheet; its file lives until it is handed over."""
        from duties.workbook import write_workbook

        yield from self._file(conditions, write_workbook, "xlsx")

    def _file(
        self, conditions: tuple[Any, ...], write: Callable[[Report, Ledger, Path], None], extension: str
    ) -> Iterator[str]:
        from duties.files import file_name

        ledger = self._ledger()
        report = ledger.report(_selection(ledger, *conditions), date.today())
        with TemporaryDirectory() as folder:
            path = Path(folder) / file_name(report.title, report.day, extension)
            write(report, ledger, path)
            yield str(path)

    def _laid_out(self, place: Place) -> tuple[object, ...]:
        """Every control at its start, with the bodies of ``place`` chosen."""
        ledger = self._ledger()
        found = {name: ledger.bodies.named(name) for name in place.bodies}
        ids = list(dict.fromkeys(body.agency_id for bodies in found.values() for body in bodies))
        together = ALL if place.together else ANY
        everyone = [body.agency_id for body in ledger.bodies.all]
        report = ledger.report(_selection(ledger, ids, together, "", [], [], [], [], []), date.today())
        return (
            "",
            "",
            View.LIST,
            summary(report, ledger, [name for name, bodies in found.items() if not bodies]),
            listed(report, ledger),
            gr.update(choices=body_choices(ledger, [*ids, *everyone]), value=ids),
            together,
            "",
            gr.update(choices=document_choices(ledger, ledger.documents), value=[]),
            *parts_of(ledger, ledger.documents),
            gr.update(choices=body_choices(ledger, everyone), value=[]),
            gr.update(choices=region_choices(ledger), value=[], visible=len(ledger.regions) > 1),
            self._loading.state.edition,
        )

    def _ledger(self) -> Ledger:
        """The tasks of the service at hand; waits for it.

        Raises:
            gr.Error: there is none; the message says why.
        """
        state = self._loading.settled()
        if state.service is None:
            raise gr.Error(state.words, print_exception=False)
        return self._made(state.service)


def _ledger(service: Service) -> Ledger:
    from duties.ledger import Ledger

    return Ledger(service.units, service.documents, service.registry)


def _selection(
    ledger: Ledger,
    chosen: list[str],
    together: str,
    keyword: str,
    documents: list[str],
    sections: list[str],
    measures: list[str],
    without: list[str],
    regions: list[str],
) -> Selection:
    """What the controls say; what has gone with a document that was taken out counts no more."""
    from duties.selection import Selection
    from index.records import AgencyFilter, Combination

    bodies = AgencyFilter(
        included=tuple((agency_id,) for agency_id in chosen if agency_id in ledger.bodies),
        combination=Combination.ALL if together == ALL else Combination.ANY,
        excluded=tuple(agency_id for agency_id in without if agency_id in ledger.bodies),
    )
    return Selection(
        bodies,
        tuple(slug for slug in documents if slug in ledger.documents),
        tuple(sections),
        tuple(key for key in measures if key in ledger.measures),
        keyword,
        places_of(regions),
    )
