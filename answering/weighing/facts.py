"""Kinds of fact: what a question asks to be told, and how a text looks that tells it.

A policy can be about the right subject and still not say the one thing asked for: an amount, a phone number, a deadline.
Similarity cannot see that; the kind of fact can. The table is generic: it knows no document and no question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text import normalise

_MONEY = r"\d[\d.]*\s*(?:余)?(?:万|亿|千|百)?(?:元|美元|人民币|块)|[一二三四五六七八九十百千]+(?:万|亿)?(?:元|美元)"

_DISTRICTS = "和平|河东|河西|南开|河北|红桥|东丽|西青|津南|北辰|武清|宝坻|宁河|静海|蓟州"


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact.

    Attributes:
        name: what a refusal calls it, in Chinese.
        asks: wording of a question for it.
        states: wording of a text that tells it.
    """

    name: str
    asks: re.Pattern[str]
    states: re.Pattern[str]


def _kind(name: str, asks: str, states: str) -> FactKind:
    return FactKind(name, re.compile(asks), re.compile(states))


KINDS: tuple[FactKind, ...] = (
    _kind(
        "补贴或奖励的金额",
        r"(?:补贴?|奖励?|资助|扶持|补助|返还)[^，。？]{0,8}?(?:多少|几万|几块|几个?钱|几百|几千)|(?:多少|几万|几千|几百)[^，。？]{0,4}?(?:补贴|奖励|补助|资助|奖金)|"
        r"补贴?(?:金额|标准|比例|额度|上限|力度)|奖励(?:金额|标准|额度)|资助(?:金额|标准|额度)|(?:最高|最多|能|可以|政府|给)(?:能|可以?)?(?:补|给|奖|拿|领|报|贷|借|减|免)[^，。？]{0,4}?(?:多少|几)|报销[^，。？]{0,3}(?:多少|几|比例)|出几成|安家费|(?:额度|限额)[^，。？]{0,4}(?:多少|多大|几)|(?:多少|几万|几百万?)(?:额度|限额)",
        rf"(?:补贴|补助|奖励|资助|奖补)[^。]{{0,20}}(?:{_MONEY})|(?:{_MONEY})[^。]{{0,10}}(?:补贴|补助|奖励|资助|奖补)",
    ),
    _kind(
        "资金规模或预算",
        r"(?:专项资金|资金|预算|经费|基金|投资|拨款|财政)[^，。？]{0,10}?(?:多少|多大|几个?亿|几千?万|规模|总额|盘子|额度)|(?:多少|多大)[^，。？]{0,6}(?:预算|经费|资金|拨款)",
        rf"(?:资金|预算|经费|基金|投资|拨款)[^。]{{0,12}}(?:{_MONEY})",
    ),
    _kind(
        "费用或价格",
        r"(?:价格|收费|费用|学费|租金|仓租|运费|手续费|服务费|成本|保费|押金)[^，。？]{0,8}?(?:多少|怎么[收算]|标准|是[多什]|几)|(?:要|需要?|得|花|交|付)(?:花|交|付|掏)?(?:多少|几个?)(?:钱|费)|"
        r"(?:收|交)[^，。？]{0,6}(?:多少|几)[^，。？]{0,4}费|(?:费率|年费|会费)[^，。？]{0,6}(?:多少|怎么|几|[?？]|$)|年费|什么价|多少钱(?!以[下上内])|收费标准|收不收费|要钱吗|how much (?:does|do) .* cost|\bfees?\b",
        rf"(?:费用?|价格?|租金|保费|收费)[^。]{{0,8}}(?:{_MONEY})",
    ),
    _kind(
        "电话、地址或联系人",
        r"(?:哪个|什么|打)号码|文号|电话(?:是|多少|号|给|呢|[?？]|$)|(?:给|留|有|问|要|打)[^，。？]{0,8}电话|(?:咨询|联系|办公|值班|投诉|对接)电话|手机号|联系方式|热线|邮箱|网址|(?:官网|链接|地址)(?:是|在|给|发|呢|多少|[?？]|$)|(?:给|发)个?(?:链接|地址)|"
        r"(?:开|设|建|选址|地址|位置|坐落|枢纽|场站|大厅|实验室|园区|互换局|中心仓)[^，。？]{0,4}在哪[儿里个条]?(?![些种类])|在哪[条个]?[^，。？]{0,2}[路街道]|哪条(?:路|街|商业街)|哪个(?:商场|商圈|楼|馆)|几号[楼馆]|怎么过去|地址[^，。？]{0,4}(?:在哪|哪)|门牌|办公(?:地点|地址|室在)|坐落|位于哪|在什么(?:地方|位置)|哪个窗口|(?:局|委|大厅|中心|园区|仓库?|馆)具体?在哪[里儿]?(?:[?？办]|$)|phone number|e-?mail|hotline",
        r"\d{3,4}-?\d{7,8}|1\d{10}|电话[：:]|地址[：:]|联系人[：:]|https?://|www\.",
    ),
    _kind(
        "申报或办理的时间",
        r"截止(?:到|时间|日期|是|在)?(?!哪一?年)[^年]{0,3}(?:哪|几|什么|何|[?？]|$)|(?:什么时候|啥时候|何时|几时|什么时间|哪个月|几月)[^，。？]{0,4}?(?:申报|报名|受理|申请|接受|启动|启用|获批|批复|开工|完工|完成|开业|开建|开始|开课|开班|举办|办|召开|发放|公布|出台|上线|用到|开报)|(?:今年|明年|下次|下一?[届期场])[^，。？]{0,12}?(?:什么时[候间]|几[月号]|哪天|何时)|窗口期|"
        r"(?:哪一?[天日]|什么时候|何时|几时)起?(?:开始)?(?:施行|实施|生效|执行)|(?:施行|生效|废止)(?:日期|时间)|(?:申报|报名|受理|申请|征集)(?:的)?(?:时间|日期|期限|窗口期)|几月(?:份|几|开|举|截|报)|哪[一]?天(?:开|截|举|发|公)|几月几[日号]|deadline|何时(?:举办|召开|公布|出台|启动|申报)",
        r"\d{1,2}月\d{1,2}日|\d{1,2}月底?[前止]|截止|每年\d{1,2}月",
    ),
    _kind(
        "办理时长或有效期",
        r"多久(?:能|可以|办|批|下来|完|出|到账|一次|审)|(?:要|需|得|用|花|等|办|批|审)[^，。？]{0,4}(?:多久|多长时间|几天|多少天|几个月)|(?:几|多少)个?(?:工作日|小时)|(?:几|多少)天(?:能|之?内|审|出|办|批|到)|多久(?:[?？]|$|开)|多长时间|最长[^，。？]{0,8}多久|提前几天|按月[^，。？]{0,4}按季|有效期|几年有效|how long",
        r"\d+\s*(?:个)?(?:工作日|小时|个月|天)|有效期",
    ),
    _kind(
        "办理流程",
        r"(?:什么|哪些|怎样的|具体|办理|申请|申报|审批|走)的?流程|流程(?:是|有|怎么|图|步骤)|(?:什么|哪些|几个)步骤|怎么(?:申请|申报|报名|办理|注册|登记|备案|加入|入驻|操作|预约|开通|开户?(?:[?？，,]|$))|具体操作|几步(?:走|办)|线上还是线下|哪个菜单|技术对接步骤|如何(?:申请|申报|报名|办理|注册|登记|备案|加入|入驻)|"
        r"(?:申请|申报|办理|报名|审批)(?:程序|手续|入口|渠道|方式)|走什么(?:程序|手续)|(?:哪里|哪儿|在哪)(?:申请|报名|申报|办理|填)|how (?:do|can|to) .*apply|procedure",
        r"流程[：:]|步骤|程序如下|申请程序|办理程序",
    ),
    _kind(
        "申请材料",
        r"(?:什么|哪些|啥|几份|哪几[样种])(?:申报|申请|证明)?(?:材料|资料|证件|证明|表格?|单[据证]|凭证|手续)|(?:要|需|得)(?:交|准备|备|提交|带)(?:些)?(?:什么|哪些|啥)|凭证清单|(?:材料|资料)(?:清单|有哪些|要哪些|要什么|是什么|都要|怎么准备)|填什么表|(?:required|necessary|which|what) documents|documents? (?:are )?(?:needed|required)",
        r"申请材料|申报材料|提交[^。]{0,10}材料|材料清单",
    ),
    _kind(
        "税率、利率或比例",
        r"(?:税率|利率|费率|所得率|退税率|利息)[^，。？]{0,8}(?:多少|几|按|是|怎么定|降)|多少(?:税率|利率|费率|利息)|百分之(?:几|多少)|几个点|(?:多少|几成|什么)比例|比例是多少|tax rate|interest rate",
        r"\d[\d.]*\s*[%％]|百分之[零一二三四五六七八九十百]+",
    ),
    _kind(
        "具体人员",
        r"(?:组长|局长|主任|处长|领导|书记|区长|联系人|经办人|联络员|科长)(?:是|叫)?(?:谁|哪[位个]|什么名字|姓什么)|负责人(?:是谁|叫什么|姓什么|是哪[位个])|(?:哪位|哪个)(?:领导|市长|局长|主任|同志|负责人)|谁(?:担任|当|任)|成员(?:都?有|是|包括)(?:谁|哪)",
        r"组长[：:]|主任[：:]|同志(?:任|担任)",
    ),
    _kind(
        "名单",
        r"(?:企业|园区|单位|公司|品牌|机构|入选|示范)名单(?![里中内])|名单(?:有哪|是什么|在哪|公布|发我|给我)|入选(?:的|了)?(?:企业|园区|单位)?(?:是|有)?哪|(?:已经?|现在|目前)(?:有|建成|认定)(?:了)?(?:哪些|哪几)|(?:家|个|所)[^，。？]{0,14}(?:叫什么|都是谁|是哪[几二三四五六七八九十]+[家所])|(?:有|是)哪(?:几|些)(?:所|家)?(?:企业|公司|银行|大学|高校|学校|医院|工厂|平台企业)|都?有谁(?:[?？]|$)|现有哪些|品[种类]清单|哪(?:几|些)所|"
        r"哪[几些]家(?:企业|公司|银行|园区)(?:入选|被|获|已|进了|拿|评)|花名册",
        r"名单[：:]|名单如下",
    ),
    _kind(
        "进展或结果",
        r"(?:完成|实现|达到|达标|建成|办成|批下来|突破|超额)了(?:没有?|吗|多少|几)|(?:批下来|申请成功|获批)(?:了)?(?:没有?|吗)|(?:还差|累计|上线以来|到现在|最后)[^，。？]{0,10}(?:多少|几)|完成情况|进展(?:如何|怎么样|怎样|情况|到哪)|实际(?:完成|达到|有|是)|目前(?:有|是|已有?)?(?:多少|几)|现在(?:有|是|已经?有?|总共)?(?:多少|几)(?:家|个|项|亿)|(?:去年|前年|上半年)[^，。？]{0,14}(?:多少|几|完成|达到|怎么样)|"
        r"截至目前|成效如何|效果(?:怎么样|如何)|排名第|第几名|已经?(?:有|建|培育|认定|完成|发)(?:了)?(?:多少|几)",
        r"已(?:完成|实现|达到|建成)|同比|截至\d",
    ),
    _kind(
        "已经发生的情况",
        r"已经?[^，。？]{0,14}(?:哪|谁|多少|几)|(?:哪|谁|几)[^，。？]{0,12}已经|哪(?:几|些)[^，。？]{0,10}(?:签|开|设|发布|建|评|入驻|认定|公布|参加|上|批)了|(?:签|开|设|发布|建|评|入驻|认定|公布)了[^，。？]{0,10}(?:哪|谁|多少|几)",
        r"已(?:有|完成|实现|达到|建成|发布|认定|签)",
    ),
    _kind(
        "具体门槛或标准",
        r"门槛(?:是|有|多少|要求|[?？]|$)|(?:不能?|不得)?(?:低于|少于|高于)多少|(?:至少|最少|不低于|起码)[^，。？]{0,6}(?:多少|几)|多少[^，。？]{0,5}(?:起|以上才|才算)|(?:什么|哪些|按什么)(?:评级|资质|硬指标|标准(?:认定|评|算))|硬指标|权重",
        rf"(?:低于|高于|不少于|不低于|以上|不超过|达到)[^。]{{0,8}}(?:{_MONEY}|\d)|{_MONEY}",
    ),
    _kind(
        "各区的分解数",
        rf"(?:{_DISTRICTS})区?[^，。？]{{0,12}}?(?:多少|几[个家]|指标|任务数|分到|名额)|分解到|各区(?:各|分别|分)[^，。？]{{0,8}}?(?:多少|几)|每个区(?:多少|几|分)",
        rf"(?:{_DISTRICTS})区",
    ),
    _kind(
        "处罚",
        r"罚(?:多少|款|金|几)|处罚(?:标准|多少|什么|力度)|怎么(?:罚|处罚)|什么(?:处罚|后果|罚则)|会(?:被)?(?:罚|处罚|吊销|拉黑)|判几年",
        r"罚款|处以|吊销|刑事责任",
    ),
)  # fmt: skip

_TO_ACT = (
    "补贴或奖励的金额",
    "资金规模或预算",
    "费用或价格",
    "申报或办理的时间",
    "办理时长或有效期",
    "办理流程",
    "申请材料",
    "税率、利率或比例",
)
_CONTACT = ("电话、地址或联系人", "具体人员")
_ASKS_FIGURE = re.compile(
    r"多少(?!钱以|[家个]?(?:部门|单位|项|条))|(?:有|到|是|得|要|至少|达|增|建|出来|处理|装了|开了)(?:了)?几(?:个(?!部门|单位|方面|环节|字|区|主体|机构|地方|办法|举措|文件|政策|问题|意思|特点|行业)|家(?!单位|部门|管)|所|名|人|成|倍|场|趟|班|座|吨|万|亿|千|百)"
)
_FIGURE = re.compile(r"\d(?!\d*[gd])|[一二三四五六七八九十百]+(?:家|个|项|万|亿|条|种|类|所|座)")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?![\d亿万家个])")


_SEEKS_FIGURE = re.compile(
    r"多少|几(?:个|家|年|万|亿|千|百|成)|多大|目标|指标|比重|百分|数量|占比|规模|面积|哪一?年|how many|how much|target"
)


def seeks_figure(question: str) -> bool:
    """True when an answer to the normalised question would be, or hold, a figure or a year."""
    return bool(_SEEKS_FIGURE.search(question))


def holds_figure(text: str) -> bool:
    """True when the normalised text states a figure: a number with what it counts, a share or a year."""
    return bool(_FIGURE.search(text))


_DEADLINE = re.compile(
    "(?:什么时候|啥时候|何时|几时|什么时间|哪一?年|几月|多久|多长时间)[^，。？]{0,8}(?:完成|办结|落实|做完|做好|到位|见效|之?前)|"
    "(?:完成|办结|落实)[^，。？]{0,4}(?:时限|期限|时间)|时限|时间节点|(?:完成|办结)[^，。？]{0,4}(?:什么时候|何时|几时)"
)


def asks_deadline(question: str) -> bool:
    """True when a normalised question asks until when something is to be done."""
    return bool(_DEADLINE.search(question))


def asks_to_act(question: str) -> bool:
    """True when a question asks what someone needs who wants to use a policy: money, time, procedure, papers."""
    asked = normalise(question)
    return any(kind.asks.search(asked) for kind in KINDS if kind.name in _TO_ACT)


def missing_kind(
    question: str, texts: Sequence[str], known_years: frozenset[str], *, asks_body: bool = False
) -> str | None:
    """What a question asks for that none of ``texts`` tells, in Chinese; ``None`` when nothing is missing.

    Args:
        question: as asked.
        texts: the units that the answer would rest on.
        known_years: years that the documents print at all.
        asks_body: the question asks which body is responsible, which the units do tell; only how to reach people is then
            looked for.
    """
    asked = normalise(question)
    told = [normalise(text) for text in texts]
    for kind in (kind for kind in KINDS if not asks_body or kind.name in _CONTACT):
        if kind.asks.search(asked) and not any(kind.states.search(text) for text in told):
            return kind.name
    if asks_body:
        return None
    if _ASKS_FIGURE.search(asked) and not any(_FIGURE.search(text) for text in told):
        return "具体数字"
    unknown = [year for year in _YEAR.findall(asked) if year not in known_years]
    if unknown:
        return f"{unknown[0]}年的数据"
    return None
