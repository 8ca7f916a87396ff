from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from answering.service import Service
from index.records import Answer, Citation, Document, PolicyUnit, Refusal, Understood
from web.cards import OPEN_CARDS, below, card, notice
from web.sources import Sources

HOSTILE = "<img src=x onerror=alert(1)>\"'&</details><script>alert(2)</script>"


class _Tags(HTMLParser):
    """Every tag with its attributes, and whether each was closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "input":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def cited(sources: Sources, unit_id: str, quote: str) -> Citation:
    unit = sources.units[unit_id]
    title = sources.documents[unit.document].title
    return Citation(title, unit.measure, unit.serial, unit.label, unit.agencies, quote, unit_id)


def answer(citations: tuple[Citation, ...], related: tuple[Citation, ...] = (), standalone: str = "问") -> Answer:
    understood = Understood("content", (), (), (), standalone)
    return Answer("1", "问", True, None, "答", citations, related, understood, 1.0)


def hostile() -> tuple[Sources, Citation]:
    """A unit whose every word tries to act."""
    document = Document("d", HOSTILE, HOSTILE, (), None, None, None, "d.txt", "")
    unit = PolicyUnit("d/1", "d", HOSTILE, None, (1,), HOSTILE, (HOSTILE,), "", HOSTILE, (HOSTILE,), ("x",), 0, 1)
    return Sources({"d/1": unit}, {"d": document}), Citation("", HOSTILE, 1, HOSTILE, (HOSTILE,), HOSTILE, "d/1")


def test_a_card_shows_document_number_bodies_and_quote(sources: Sources) -> None:
    quote = "积极构建跨境电商海外合作圈，支持企业建设合作园区、合作站点、海外仓等境外服务网络。"
    html = card(cited(sources, "task-table/7", quote), sources)
    assert '<a class="place" href="?unit=task-table/7">第3条（序号7）</a>' in html
    assert 'title="《天津市加快发展外贸新业态新模式若干措施》任务分工表">任务分工表</span>' in html
    assert f"<blockquote>{quote}</blockquote>" in html
    for key, name in (("commerce", "市商务局"), ("safe", "国家外汇管理局天津市分局"), ("tax", "市税务局")):
        assert f'<li><a href="?body={key}">{name}</a></li>' in html


@pytest.mark.parametrize(("unit_id", "place"), [("plan/14", "第14项"), ("task-table/54", "第16条（序号54）")])
def test_the_large_number_is_the_label_without_the_title(sources: Sources, unit_id: str, place: str) -> None:
    assert f">{place}</a>" in card(cited(sources, unit_id, ""), sources)


def test_a_unit_without_bodies_has_no_chips(sources: Sources) -> None:
    unit_id = next(unit.unit_id for unit in sources.units.values() if not unit.agencies)
    assert "agencies" not in card(cited(sources, unit_id, ""), sources)


def test_few_cards_stand_open_and_many_are_folded(sources: Sources) -> None:
    citations = tuple(cited(sources, unit_id, "") for unit_id in sources.units)
    few = below(answer(citations[:OPEN_CARDS]), sources)
    many = below(answer(citations[:55]), sources)
    assert "<h4>依据</h4>" in few
    assert few.count('<article class="card">') == OPEN_CARDS
    assert "<summary>依据（共 55 项）</summary>" in many
    assert many.count('<article class="card">') == 55
    assert "<details open" not in many


def test_what_is_close_is_folded_apart_and_named_as_no_basis(sources: Sources) -> None:
    html = below(answer((cited(sources, "plan/1", ""),), (cited(sources, "plan/2", ""),)), sources)
    basis, related = html.split('<details class="related">')
    assert "第1项" in basis
    assert "相近内容（不是依据）" in related
    assert "第2项" in related


def test_how_the_question_was_read_is_shown_only_when_it_differs(sources: Sources) -> None:
    assert below(answer((), standalone=" 问 "), sources) == ""
    assert "理解为：第14项归谁管？" in below(answer((), standalone="第14项归谁管？"), sources)


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_a_title_and_its_text(refusal: Refusal) -> None:
    refused = replace(answer(()), answered=False, refusal=refusal, answer="没有。\n\n已查：<两份>文件。")
    html = notice(refused)
    assert html.startswith('<section class="refusal"><h4>')
    assert html.endswith("</h4><p>没有。</p><p>已查：&lt;两份&gt;文件。</p></section>")


def test_nothing_that_a_document_or_an_asker_writes_becomes_markup() -> None:
    sources, citation = hostile()
    refused = replace(answer(()), answered=False, refusal=Refusal.NOT_STATED, answer=HOSTILE)
    for html in (below(answer((citation,) * 5, (citation,), HOSTILE), sources), notice(refused)):
        tags = _Tags(html)
        names = {name for name, _ in tags.seen}
        assert not names & {"img", "script"}
        assert {key for _, attributes in tags.seen for key in attributes} <= {
            "class",
            "title",
            "aria-label",
            "href",
            "lang",
        }
        assert HOSTILE in tags.text


def test_a_unit_that_is_not_there_is_an_error(sources: Sources) -> None:
    with pytest.raises(KeyError, match="plan/99"):
        below(answer((replace(cited(sources, "plan/1", ""), unit_id="plan/99"),)), sources)


def test_real_answers_make_well_formed_html(service: Service, sources: Sources) -> None:
    for question in ("市商务局有哪些任务", "第九条讲什么", "到2027年底的目标是什么"):
        _Tags(below(service.ask(question), sources))
