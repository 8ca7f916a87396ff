"""English and mixed questions in the Chinese that the understanding knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.service import Service
from answering.understanding.english import Translation, Translator, english_lead
from index.glossary import GlossaryError, Term, read_glossary
from index.records import Refusal
from index.settings import Settings
from tests.answering.samples import cited, plan, table
from tests.samples import ROWS_OF_ARTICLE

GLOSSARY = Settings().corpus_dir / "glossary.tsv"


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(read_glossary(GLOSSARY))


@pytest.fixture
def own(tmp_path: Path) -> Translator:
    """Three terms and a handful of question words, so that every rule can be read off."""
    words = tmp_path / "words.tsv"
    words.write_text(
        "<body>\tagency|office\n"
        "(?:who|which <body>) is responsible for …\t…由谁负责\n"
        "compare … with …\t对比…与…\n"
        "^more on …$\t详细说明…\n"
        "many\t许多\n"
        "listed\t上市\n"
        "is|the|of|for|a\t\n",
        encoding="utf-8",
    )
    terms = {"warehouse": "仓库", "overseas warehouse": "海外仓", "list": "清单"}
    return Translator([Term(*pair) for pair in terms.items()], words)


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("Who is in charge of bonded maintenance?", "保税维修由谁负责"),
        ("Who's responsible for the digital yuan pilot?", "数字人民币由谁负责"),
        ("which dept does the single window", "国际贸易单一窗口由哪个部门负责"),
        ("international factoring - who?", "国际保理由谁负责"),
        ("What does Article 3 say?", "第3条讲什么"),
        ("The third row of Article 9 of the task table?", "任务分工表第9条第3行"),
        ("Serial number 40: who is responsible?", "序号40 由谁负责"),
        ("Items 3 to 5 of the plan", "实施方案第3至5项"),
        ("What is the last article of the task table about?", "任务分工表最后一条讲什么"),
        ("What does the tax bureau have to do?", "税务局有哪些任务"),
        ("What is the Municipal Education Commission in charge of?", "市教委负责哪些任务"),
        ("Which tasks does Tianjin Customs have together with the tax bureau?", "天津海关和税务局共同有哪些任务"),
        ("Which tasks belong to SAFE but not to the PBOC?", "外汇局不含 人民银行有哪些任务"),
        ("Tasks of the finance bureau or the science and technology bureau", "财政局或科技局有哪些任务"),
        ("What do both documents say about overseas warehouses?", "两个文件海外仓怎么说"),
        ("How many overseas warehouse enterprises by 2027?", "海外仓企业2027年有多少"),
        ("How much subsidy do we get for overseas warehouses?", "海外仓补贴多少钱"),
        ("What is the phone number of the Commerce Bureau?", "商务局电话是多少"),
        ("What about returned goods?", "那退货呢"),
        ("Who is incharge of overseas warehosue construction?", "海外仓建设由谁负责"),
        ("Is there a returns centre? And what about return centers?", "退货中心仓。那退货中心仓"),
    ],
)
def test_english_questions(question: str, chinese: str, translator: Translator) -> None:
    assert translator.translate(question) == Translation(chinese, english=True)


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("FX settlement归谁管", "外汇结算归谁管"),
        ("海外仓 target 是多少", "海外仓目标是多少"),
        ("第3条讲什么，customs有份吗？", "第3条讲什么，天津海关有份吗？"),
        ("plan里第14项怎么说", "实施方案里第14项怎么说"),
        ("FT账户应用 who is responsible", "FT账户应用由谁负责"),
    ],
)
def test_mixed_questions_keep_their_chinese(question: str, chinese: str, translator: Translator) -> None:
    assert translator.translate(question) == Translation(chinese, english=False)


@pytest.mark.parametrize(
    "text",
    [
        "保税维修由谁负责？",
        "第３条",
        "",
        "AEO怎么鼓励",
        "FT账户、B2B和5G",
        "eBay上能卖工业品吗",
        "ERP系统怎么对接",
        "DTC品牌支持吗 还有境外商标注册",
        "haiwaicang zenme zhichi",
        "tianjin haiguan he shuiwuju yiqi fuze de renwu",
        "Bonjour, qui est responsable de la maintenance ?",
    ],
)
def test_what_is_not_english_stays_as_it_is(text: str, translator: Translator) -> None:
    assert translator.translate(text) == Translation(text)


def test_words_that_no_table_has_stay_and_are_told(translator: Translator) -> None:
    translation = translator.translate("Any support for Kubernetes clusters in overseas warehouses?")
    assert translation.unknown == ("Kubernetes",)
    assert "Kubernetes" in translation.text and "海外仓" in translation.text


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("overseas warehouses", "海外仓"),  # the longest term, in the plural
        ("Overseas-warehouse list", "海外仓清单"),
        ("listed warehouse", "上市仓库"),  # a word of the table goes before a term's stem
        ("the warehouse of a warehouse", "仓库 仓库"),
        ("many, many warehouses", "许多、许多仓库"),
        ("Which office is responsible for the overseas warehouses?", "海外仓由谁负责"),
        ("compare the list with the warehouse", "对比 清单与 仓库"),
        ("the list: who is responsible for a warehouse", "清单 仓库由谁负责"),
        ("more on warehouses", "详细说明仓库"),
        ("warehouse overseas", "仓库overseas"),
        ("overseas warehuose", "海外仓"),  # two letters exchanged
        ("overseas warehous", "海外仓"),  # one left out
        ("overseas warxhouse", "海外仓"),  # one wrong
    ],
)
def test_terms_frames_and_slips(question: str, chinese: str, own: Translator) -> None:
    assert own.translate(question).text == chinese


@pytest.mark.parametrize(
    ("written", "chinese"),
    [
        ("articles 3, 5 and 7", "第3、5、7条"),
        ("Article III", "第3条"),
        ("rows 3-5", "序号3至5"),
        ("No. 27", "序号27"),
        ("task #27", "任务序号27"),
        ("item fourteen", "第14项"),
        ("the 2nd safeguard measure", "保障措施第2条"),
        ("the last safeguard", "保障措施最后一条"),
        ("safeguards 1 and 3", "保障措施第1、3条"),
        ("the first three articles", "前3条"),
        ("last two rows", "最后2行"),
        ("penultimate item", "倒数第2项"),
        ("by the end of 2027", "2027年底"),
        ("in 2025", "2025年"),
        ("section two", "第2部分"),
        ("100 billion yuan", "1000亿元"),
        ("US$200,000", "20万美元"),
        ("600,000 square metres", "60万平方米"),
        ("10 percent", "10%"),
        ("12 companies", "12企业"),
    ],
)
def test_numbers(written: str, chinese: str, translator: Translator) -> None:
    assert translator.translate(written).text == chinese


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("What does Article 3 say?", table(*ROWS_OF_ARTICLE[3])),
        ("Who looks after the smart port?", table(26)),
        ("What tasks do Customs and the tax bureau have together?", (*table(1, 11), *plan(12))),
        ("What does the Public Security Bureau have to do?", plan(17)),
        ("Is import of pet food allowed?", table(3)),
        ("How many overseas warehouse enterprises by 2027?", plan(14)),
    ],
)
def test_english_questions_find_their_units_and_get_a_line_in_english(
    question: str, units: tuple[str, ...], service: Service
) -> None:
    answer = service.ask(question)
    assert cited(answer) == units
    assert answer.answer.startswith(f"{english_lead(None, len(units))}\n\n")


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ("What does Article 25 say?", Refusal.NONEXISTENT),
        ("What does the Tourism Bureau have to do?", Refusal.NONEXISTENT),
        ("How much subsidy do we get for an overseas warehouse?", Refusal.NOT_STATED),
        ("What documents are required for high-tech enterprise status?", Refusal.NOT_STATED),
        ("What's the weather like in Tianjin tomorrow?", Refusal.OUT_OF_SCOPE),
        ("Write me a poem about the sea.", Refusal.OUT_OF_SCOPE),
    ],
)
def test_english_questions_are_refused_in_english_too(question: str, refusal: Refusal, service: Service) -> None:
    answer = service.ask(question)
    assert answer.refusal is refusal
    assert answer.answer.startswith(f"{english_lead(refusal, 0)}\n\n")


@given(st.text(alphabet='aeorst who is what the AEO 3.?,"海仓，？…\x00\ue000', max_size=40))
def test_any_text_has_a_translation_and_no_working_mark_is_left(text: str) -> None:
    translation = EMPTY.translate(text)
    assert bool(translation.text) == bool(text)
    if not any(mark in text for mark in ("\x00", "\ue000")):
        assert not {"\x00", "\ue000"} & set(translation.text)


EMPTY = Translator([])


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("who (is …\t…由谁负责", r":1: 'who \(is …' is no frame \(.+\); correct the line"),
        ("who is …\t由谁负责", r":1: .* is no frame \(1 gaps in English and 0 in Chinese\); correct the line"),
        ("the\t\na|the\t", r":2: 'the' is given twice; keep one of the two"),
    ],
)
def test_question_words_with_a_mistake_are_refused_by_line(lines: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"words\.tsv" + message):
        Translator([], path)


@pytest.mark.parametrize(
    ("refusal", "count", "line"),
    [
        (None, 1, "One passage of the documents answers this; it is quoted below in Chinese, as published."),
        (None, 9, "9 passages of the documents answer this; they are quoted below in Chinese, as published."),
        (Refusal.NOT_STATED, 0, "The documents do not state this. The details below are in Chinese."),
        (
            Refusal.OUT_OF_SCOPE,
            0,
            "This question is outside what the documents cover. The details below are in Chinese.",
        ),
        (
            Refusal.NONEXISTENT,
            0,
            "The documents have no such number, or no task for the body you name. The details below are in Chinese.",
        ),
    ],
)
def test_the_line_in_english(refusal: Refusal | None, count: int, line: str) -> None:
    assert english_lead(refusal, count) == line
