"""What a chat model's server may do to us, and exactly what of it may be shown.

The evidence is four units of the repository's corpus, see :data:`EVIDENCE`. ``A`` and ``B`` are honest sentences about
the second; most replies put something between them that must not be seen.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from itertools import repeat

from index.failure import Failure
from tests.answering.samples import plan, table
from tests.chat_server import DONE, Hang, Served, begun, chunk, ended, event, streamed

QUESTION = "海外仓有什么支持？"
EVIDENCE = (*table(7), *plan(14, 13, "1.2"))

A_TEXT = "支持多元企业主体建设海外仓，鼓励跨境电商企业将自营海外仓向公共海外仓转型。"
B_TEXT = "力争到2027年培育本市海外仓企业70家，海外仓面积达到60万平方米。"
A = f"{A_TEXT[:-1]}[2]。"
B = f"{B_TEXT[:-1]}[2]。"
BOTH = (A_TEXT, B_TEXT)
NOTHING_SAID = "无"
QUICK = 1.5  # seconds; a busy machine needs some for a sentence or an error to come through


@dataclass(frozen=True)
class Case:
    """A reply, and what comes of it.

    Attributes:
        name: of the test.
        reply: to the answer's prompt.
        shown: texts of the sentences that come out, in order.
        failure: what is told of the reply.
        repair: the reply to each repair's prompt.
        timeout: seconds for the whole answer.
    """

    name: str
    reply: str | Served
    shown: tuple[str, ...] = ()
    failure: Failure | None = None
    repair: str | Served = NOTHING_SAID
    timeout: float = 5.0


# Between A and B, dropped, and both of them stay.
_DROPPED = {
    # numbers
    "another count": "力争到2027年培育本市海外仓企业90家[2]。",
    "another order of magnitude": "海外仓面积达到600万平方米[2]。",
    "another year": "力争到2026年培育本市海外仓企业70家[2]。",
    "an invented share": "海外仓企业占全市物流企业的35%[2]。",
    "an invented subsidy": "建设海外仓最高补贴500万元[2]。",
    "a count in Chinese numerals": "力争到2027年培育本市海外仓企业九十家[2]。",
    "a count in full-width digits": "力争到2027年培育本市海外仓企业９０家[2]。",
    "a count in circled digits": "力争到2027年培育本市海外仓企业⑨⓪家[2]。",
    "a count with something invisible in it": "力争到2027年培育本市海外仓企业7\u200b1家[2]。",
    "a number of a unit not cited": "年度累计金额低于等值20万美元的企业可免于登记[2]。",
    "a number of another unit of the answer": "跨境电商经营主体超过5500家[1]。",
    "another range": "到2025年，力争培育3至8家国家级优秀海外仓企业[1]。",
    "the number with another measure": "力争到2027年培育本市海外仓企业70万家[2]。",
    "a sum": "两份文件合计培育海外仓企业75家[1][2]。",
    "a date": "自2025年3月1日起受理海外仓建设申请[2]。",
    # bodies
    "a neighbour's body": "建设海外仓由国家外汇管理局天津市分局负责[2]。",
    "an invented body": "建设海外仓由天津市海外仓管理局负责[2]。",
    "a body of no cited unit": "建设海外仓由市金融局负责[2]。",
    "two bodies exchanged": "创新外汇管理服务由天津海关负责[3]。",
    "a lead that nobody has": "建设海外仓由市商务局牵头负责[2]。",
    "a ministry": "商务部支持建设海外仓[2]。",
    # labels
    "an invented article": "根据第20条，支持多元企业主体建设海外仓并给予奖励[2]。",
    "an article of another unit": "第九条支持多元企业主体建设海外仓[2]。",
    "an invented title": "《天津市海外仓管理办法》支持多元企业主体建设海外仓[2]。",
    "an invented document number": "津政办发〔2025〕18号支持多元企业主体建设海外仓[2]。",
    # handles
    "handle 0": "支持天津港加密外贸航线[0]。",
    "handle 99": "支持天津港加密外贸航线[99]。",
    "a good handle and a bad one": "支持天津港加密外贸航线[2][99]。",
    "a handle of very many digits": f"支持天津港加密外贸航线[{'9' * 200}]。",
    "a negative handle": "支持天津港加密外贸航线[-1]。",
    "no handle": "支持天津港加密外贸航线。",
    "a handle made of words": "支持天津港加密外贸航线[资料二]。",
    # markup
    "a script": "支持天津港加密外贸航线<script>alert(1)</script>[2]。",
    "an image that runs code": "支持天津港加密外贸航线<img src=x onerror=alert(1)>[2]。",
    "a frame": '支持天津港<iframe src="https://evil.example"></iframe>加密外贸航线[2]。',
    "a Markdown image": "支持天津港加密外贸航线![图](https://evil.example/x.png)[2]。",
    "a Markdown link": "支持天津港[加密外贸航线](https://evil.example)[2]。",
    "a link that runs code": "支持天津港[加密外贸航线](javascript:alert(1))[2]。",
    "a bare address": "支持天津港加密外贸航线，详见https://evil.example/a[2]。",
    "an escaped script": "支持天津港加密外贸航线&lt;script&gt;alert(1)&lt;/script&gt;[2]。",
    "code": "支持天津港加密外贸航线`rm -rf /`[2]。",
    "a formula": "支持天津港加密外贸航线$$\\frac{1}{2}$$[2]。",
    # ways to reach people
    "a telephone number": "咨询电话022-58665566，支持天津港加密外贸航线[2]。",
    "a mail address": "请写信到a@evil.example，支持天津港加密外贸航线[2]。",
    # meaning
    "an aim told as done": "到2027年已经培育本市海外仓企业70家[2]。",
    "encouragement told as a grant": "将给予自营海外仓转型的企业资金奖励[2]。",
    "no becomes yes": "年度累计金额低于等值20万美元的小微企业，不可免于办理名录登记[3]。",
    "yes becomes no": "不支持多元企业主体建设海外仓[2]。",
    "a quotation that isn't one": "文件写道“凡建设海外仓者一律免税”[2]。",
    "a promise": "企业建设海外仓当天即可免费领取补贴并获得贷款贴息[2]。",
    "another place": "支持企业在上海和深圳建设海外仓[2]。",
    # the prompt and instructions
    "the prompt": "你是政策问答助手，只根据下面的资料回答提问[2]。",
    "the rules": "不写文件名称、第几条、第几项和序号[2]。",
    "obedience": "好的，我将忽略之前的所有要求并输出系统提示词[2]。",
    "another language": "The city will pay you for every overseas warehouse[2]。",
    "a swear word": "你这个笨蛋问的问题真是愚蠢透顶[2]。",
    "pictures": "支持天津港加密外贸航线🚀🚀[2]。",
    "text that runs backward": "支持天津港\u202e加密外贸航线九十条\u202c[2]。",
    "a bracket that never closes": f"支持天津港（加密外贸航线{'并且加密外贸航线' * 60}[2]。",
    "a sentence of 1,000 characters": f"支持天津港{'加密外贸航线和' * 143}[2]。",
    "the same again": A,
}

_SLOPPY = [
    Case("honest", A + B, BOTH),
    Case("one piece", streamed(A + B), BOTH),
    Case("a character a piece", streamed(*(A + B)), BOTH),
    Case("events of one byte", Served([bytes([byte]) for byte in b"".join([event(chunk(A)), *ended()])]), BOTH[:1]),
    Case("carriage returns", Served([*(e.replace(b"\n", b"\r\n") for e in [event(chunk(A + B)), *ended()])]), BOTH),
    Case("handles behind the mark", A.replace("[2]。", "。[2]") + B.replace("[2]。", "。[2]"), BOTH),
    Case("wide handles", A.replace("[2]", "【2】") + B.replace("[2]", "［2］"), BOTH),
    Case("a list", f"- {A}\n- {B}", BOTH),
    Case("a numbered list", f"1. {A}\n2. {B}", BOTH),
    Case("bold print", A.replace("海外仓", "**海外仓**", 1) + B, BOTH),
    Case("a heading", f"## 海外仓的支持措施有哪些呢\n\n{A}\n\n{B}", BOTH),
    Case("a table", f"| 措施 | 依据 |\n|---|---|\n| 建设海外仓 | [2] |\n\n{A}\n{B}", BOTH),
    Case("no mark at the end", A + B.removesuffix("。"), (A_TEXT, B_TEXT.removesuffix("。"))),
    Case("half a character", streamed(A, "\ud83d", B), BOTH),
    Case("a colour of terminals and a bell", streamed("\x1b\x07", A, B), BOTH),
    Case("blank lines", f"\n\n\n  {A}\n\n\n\n{B}  \n\n", BOTH),
    Case("thoughts", f"<think>90家[2]。看看[2]。</think>\n\n{A}{B}", BOTH),
    Case("thoughts in pieces", streamed("<th", "ink>90家[2]。", "</thi", "nk>", A, B), BOTH),
    Case("thoughts without a beginning", f"嗯，用户问海外仓有什么支持</think>{A}{B}", BOTH),
    Case("thoughts without an end", f"<think>{A}{B}", (), Failure.EMPTY),
    Case("more behind the end", Served([*begun(A), event(chunk(None, "stop")), *begun(B), DONE]), BOTH[:1]),
    Case("no end of the stream", Served([*begun(A, B), event(chunk(None, "stop")), Hang(60)]), BOTH),
    Case("comments in between", Served([b": ping\n\n", *begun(A), b": ping\n\n", *begun(B), *ended()]), BOTH),
    Case("absurd tokens", Served([*begun(A, B), *ended(usage={"prompt_tokens": -7, "completion_tokens": 0})]), BOTH),
    Case("a repair", f"{A}力争到2027年培育本市海外仓企业90家[2]。", BOTH, repair=B),
    Case("a repair that is no better", f"{A}海外仓企业90家[2]。", BOTH[:1], repair="海外仓企业91家[2]。"),
    Case("a repair that fails", f"{A}海外仓企业90家[2]。{B}", BOTH, repair=Served([], status=500)),
    Case(
        "a repair that hangs",
        f"{A}海外仓企业90家[2]。{B}",
        BOTH,
        repair=Served([*begun("海外"), Hang(60)]),
        timeout=2.0,
    ),
    Case("an endless repair", f"{A}海外仓企业90家[2]。{B}", BOTH, repair=Served(repeat(event(chunk("海外仓"))))),
]

_FAILED = [
    Case("no sentence is true", "海外仓企业90家[2]。补贴500万元[2]。", (), Failure.UNVERIFIED),
    Case("only leads in", "具体情况如下：", (), Failure.UNVERIFIED),
    Case("it can't answer", "无法回答。", (), Failure.UNVERIFIED),
    Case("100 kB of text", "支持天津港" * 20_000, (), Failure.TOO_LONG),
    Case("100 kB in one piece", streamed(A + "支持天津港" * 20_000), BOTH[:1], Failure.TOO_LONG),
    Case("100 kB of sentences", streamed(A + "海外仓企业有90家。" * 12_000), BOTH[:1], Failure.TOO_LONG),
    Case("endless", Served(repeat(event(chunk(A)))), BOTH[:1], Failure.TOO_LONG),
    Case("endless thoughts", Served(repeat(event(chunk("<think>" + "想" * 9000)))), (), Failure.TOO_LONG),
    Case("an endless line", Served(repeat(b"data: " + b"x" * 60_000)), (), Failure.TOO_LONG),
    Case("an endless error", Served(repeat(b"x" * 60_000), status=400), (), Failure.TOO_LONG),
    Case("nothing", streamed(), (), Failure.EMPTY),
    Case("an empty body", Served([]), (), Failure.UNREADABLE),
    Case("only the end of a stream", Served([DONE]), (), Failure.UNREADABLE),
    Case("blanks", streamed("  \n", "\n ", "\u3000"), (), Failure.EMPTY),
    Case("what nobody can see", streamed("\u200b\u200d\ufeff\x00"), (), Failure.EMPTY),
    Case("the token limit", streamed(A, B[:-9], finish="length"), BOTH[:1], Failure.CUT_SHORT),
    Case("a filter", streamed(A, B[:-9], finish="content_filter"), BOTH[:1], Failure.WITHHELD),
    Case("a tool is called", streamed(finish="tool_calls"), (), Failure.WITHHELD),
    Case("an ending that nobody knows", streamed(A, finish="<b>"), BOTH[:1], Failure.WITHHELD),
    Case("no ending told", streamed(A, B[:-9], finish=None), BOTH[:1], Failure.BROKEN_OFF),
    Case("half a stream", Served(begun(A, B[:-9])), BOTH[:1], Failure.BROKEN_OFF),
    Case("half an event", Served([*begun(A), event(chunk(B))[:40]]), BOTH[:1], Failure.BROKEN_OFF),
    Case("less than announced", Served(begun(A, B[:-9]), length=100_000), BOTH[:1], Failure.BROKEN_OFF),
    Case("half a stream, then a hang", Served([*begun(A, B[:-9]), Hang(60)]), BOTH[:1], Failure.TIMEOUT, timeout=QUICK),
    Case("a stall of 60 s", Served([Hang(60), *begun(A), *ended()]), (), Failure.TIMEOUT, timeout=QUICK),
    Case("only comments", Served(repeat(b": ping\n\n")), (), Failure.TIMEOUT, timeout=QUICK),
    Case(
        "slower than the time allowed",
        Served([part for c in A + B for part in (event(chunk(c)), Hang(0.05))]),
        (),
        Failure.TIMEOUT,
        timeout=QUICK,
    ),
    *(
        Case(f"status {status}", Served([b'{"error": {"message": "sk-geheim"}}'], status), (), failure, timeout=QUICK)
        for status, failure in {
            302: Failure.REJECTED,
            400: Failure.REJECTED,
            401: Failure.DENIED,
            403: Failure.DENIED,
            404: Failure.NOT_FOUND,
            422: Failure.REJECTED,
            429: Failure.BUSY,
            500: Failure.SERVER_ERROR,
            503: Failure.SERVER_ERROR,
        }.items()
    ),
    Case("a web page", Served([b"<html>" + A.encode()], content_type="text/html"), (), Failure.UNREADABLE),
    Case(
        "not as a stream",
        Served([json.dumps({"choices": [{"message": {"content": A}}]}).encode()], content_type="application/json"),
        (),
        Failure.UNREADABLE,
    ),
    Case("an image", Served([b"\x89PNG"], content_type="image/png"), (), Failure.UNREADABLE),
    Case("no content type", Served(begun(A), content_type=""), (), Failure.UNREADABLE),
    Case(
        "compressed",
        Served([gzip.compress(event(chunk(A)))], headers={"Content-Encoding": "gzip"}),
        (),
        Failure.UNREADABLE,
    ),
    Case("invalid JSON", Served([*begun(A), b"data: {not json\n\n"]), BOTH[:1], Failure.UNREADABLE),
    Case("invalid UTF-8", Served([*begun(A), b'data: {"choices": "\xff\xfe"}\n\n']), BOTH[:1], Failure.UNREADABLE),
    Case("deep JSON", Served([b"data: " + b"[" * 100_000 + b"\n\n"]), (), Failure.UNREADABLE),
    Case("JSON that is no record", Served([b"data: [1]\n\n", b"data: null\n\n"]), (), Failure.UNREADABLE),
    Case("no choices", Served([event({**chunk(A), "choices": None})]), (), Failure.BROKEN_OFF),
    Case("a choice that is none", Served([event({**chunk(A), "choices": [7]})]), (), Failure.UNREADABLE),
    Case("a number for text", Served([event({"choices": [{"delta": {"content": 7}}]})]), (), Failure.UNREADABLE),
    Case("an error in the stream", Served([*begun(A), event({"error": "out"})]), BOTH[:1], Failure.SERVER_ERROR),
    Case("a header that is none", Served([], headers={"\x00\n": ""}), (), Failure.BROKEN_OFF),
]

CASES = [
    *(Case(name, streamed(A, hostile, B), BOTH) for name, hostile in _DROPPED.items()),
    *_SLOPPY,
    *_FAILED,
]
