"""The first view: what this is, and three ways in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from web.bilingual import both
from web.escape import escaped
from web.examples import EXAMPLES
from web.links import Tab, to_question, to_tab

_LEAD = (
    ("想了解哪一条政策？", "What would you like to know?"),
    (
        "直接用自己的话提问。每个答案都引用文件原文，注明第几条、第几项和责任单位；文件里没有的，会直说没有。",
        "Ask in your own words. Every answer quotes the documents, with the number of the measure and the bodies "
        "responsible; what they don't say, it says so.",
    ),
)
_ENGLISH = {"我是企业": "For companies", "我是政府部门": "For government offices", "我要评测": "For evaluators"}
_FURTHER = {
    "我是政府部门": (Tab.DUTIES, "按单位查责任清单", "Tasks by office"),
    "我要评测": (Tab.EVALUATION, "上传题目，出评测报告", "Run a test set"),
}


def welcome(examples: Mapping[str, Sequence[str]] = EXAMPLES) -> str:
    """The first view as HTML, with questions for each kind of asker; every way in is a link."""
    title, lead = (both(*words) for words in _LEAD)
    doors = "".join(_door(asker, questions) for asker, questions in examples.items())
    return f'<div class="lead"><h2>{title}</h2><p>{lead}</p></div><div class="doors">{doors}</div>'


def _door(asker: str, questions: Sequence[str]) -> str:
    links = [f'<li><a href="{escaped(to_question(question))}">{escaped(question)}</a></li>' for question in questions]
    if asker in _FURTHER:
        tab, chinese, english = _FURTHER[asker]
        links.append(f'<li><a class="further" href="{escaped(to_tab(tab))}">{both(chinese, english)}</a></li>')
    return f'<section class="door"><h3>{both(asker, _ENGLISH[asker])}</h3><ul>{"".join(links)}</ul></section>'
