"""Cues: wordings that tell what kind of answer a question wants. Tables only; they know no document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.numbering import parse_number
from index.records import Cue

PARTNERS = re.compile(
    "[跟和与同]谁(?:一起|合作|搭档|搭伙)?|[跟和与同]哪(?:些|几)?[个家]?(?:部门|单位)(?:一起|合作)?|搭伙|合作单位|一起的(?:还)?有谁|配合单位|还有谁|"
    "哪些(?:部门|单位)(?:一起|合作|共同)|together with (?:whom|which)|who else"
)

_BODIES = "(?:部门|单位|机构|局|委|家|方|级)"

CUES: tuple[tuple[Cue, re.Pattern[str]], ...] = (
    (
        Cue.WHO,
        re.compile(
            rf"谁|哪(?:一|两|三|几|些)?[个家]?(?:政府|市级|职能|责任|牵头)?{_BODIES}|归[那哪]|几[家个](?:责任)?(?:单位|部门)|责任(?:单位|部门)|参与单位|单位名单|(?:什么|啥|那些){_BODIES}|找哪|派给|由哪|"
            r"\bwho\b|which (?:authorit|agenc|department|bod|bureau|office)|in charge|responsible"
        ),
    ),
    (
        Cue.LIST,
        re.compile(
            rf"哪[些几](?![个家]?{_BODIES})|几[项条件行]|多少[项条件行]|所有|全部|清单|列[出一明全]|罗列|逐[一项条]|一共|总共|合计|通通|统统|都有|什么(?:事|任务|活|工作|措施)|有什么|有啥|"
            r"都拉|拉出来|找(?:出来|齐)|汇总|都(?:是|讲|写|说)|分别|全列|列全|一览|了(?:啥|什么)|干嘛|干啥|干什么|做什么|有关系|\ball\b|\blist\b|how many|which tasks|what tasks"
        ),
    ),
    (
        Cue.TASKS,
        re.compile(
            "任务|事项|条目|职责|分工|工作|活儿?|负责|承担|参与|参加|牵头|领了|被点名|管(?:什么|啥|哪|着|点)|干(?:什么|啥|点)|具体干|(?:要|该|得|需要)做|做(?:什么|啥|哪|点)|(?:什么|啥|哪些|几件)事|"
            r"举措|措施|规定|出现在?哪|要?落实|有份|安排|派了?[啥什]|几[项条]|哪[几]?[项条行]|干嘛|干啥|干哪|有关系|扯得?上|\btasks?\b|have to do|duties|responsib"
        ),
    ),
    (Cue.EVERY, re.compile("逐[行一项条]|所有|全部|通通|统统|一共|总共|都列|列全|全列|分别")),
    (Cue.PARTNERS, PARTNERS),
    (Cue.LEAD, re.compile("牵头|主责|第一责任|打头")),
    (
        Cue.MENTION,
        re.compile(
            '提(?:到|了|及|过)|写[到了进在]|点到|说到|讲到|印有|印着|注明|出现|字样|相关|有关|关于|涉及|沾边|包含|带有|带[“"]|[一二两三四五几]个字'
        ),
    ),
    (
        Cue.BOTH_DOCUMENTS,
        re.compile("(?:两|2|二)[个份]?(?:政策)?文件|(?:两|2)份|两边|前后两|两处|both (?:documents|policies|files)"),
    ),
    (Cue.EARLIER_AND_LATER, re.compile("前后|先后|[前后]一[者份个]|[新老旧](?:文件|措施|方案|政策)|早先|两头")),
    (
        Cue.OTHER_DOCUMENT,
        re.compile(
            "另[外一]+[个份]?(?:文件|政策|方案|份)|第二[个份](?:文件|政策)|另一[个份]|另外?(?:的)?[那这]一?[个份]|那份新的|新的那份"
        ),
    ),
    (
        Cue.BACKWARD,
        re.compile(
            r"^那|^这|^它|^其中|^里[面头]|^上[面述]|^以上|^刚才|^还有|^再|^具体|^光看|^只看|^去掉|^除了|呢[?？。!！]*$|上述|这[几些]?[项条个]|那[几些]?[项条个]|前面[那说]|刚[才刚]|^[和跟与]|^有几|^没有"
        ),
    ),
    (
        Cue.DIFFERENCE,
        re.compile(
            "区别|差异|不同|相比|比较|对比|差在|差了|差别|一样吗|一回事|[^里]多了|少了|变化|怎么变|哪一?[项行]|又(?:由|放|该|是|归)|分别|分属|各(?:是|由|讲|怎么|说|自|看)|对得上|两[项行样处]"
        ),
    ),
    (
        Cue.SCOPE,
        re.compile(
            "在[^，。？]{1,14}(?:方面|上|领域|环节|这块|问题上)|关于|围绕|针对|涉及|方面|领域|这块|这事|这件事|相关|有关"
        ),
    ),
    (Cue.VERIFIES, re.compile("是吗|对吧|对吗|对不对|没错吧|是不是|没记错|吧[?？。，,！!]|吧$|既然|为什么|为啥")),
    (
        Cue.JOINED,
        re.compile(
            "分别|各[自是由]|另外|另有|此外|顺便|还[有想要]|又|也|既|和|与|跟|以及|、|[两几][件个项条块]|哪些|这些|一个.*一个|一[边头面].*一[边头面]"
        ),
    ),
    (
        Cue.WITHIN,
        re.compile(
            "其中|里[面头](?:的)?[哪有只]|这[几些]?[项条]?里|上[述面](?:这些|那些)?|去掉|剩|留下|光看|只看|也[带有含]|哪[些几][项条]?(?:是|和|跟|与|有|由)"
        ),
    ),
)

JOINT = re.compile(
    r"共同|一起|联合|联手|同时|两边|双方|三方|两家都|三家|协同|会同|一块|都(?!是|讲|写的是|写着|说|干|有哪|有啥|有什么|有谁|有多少|哪|谁|算|要(?![出管上参负一办做有])|列出|拉|给|找|得)|而且|既|合作|配合|协作|交集|重合|重叠|共有|共担|均|一道|携手|并列|一同|聚齐|凑齐|搭伙|搭档|联动|同在|同列|"
    r"双双|[+＋加]|together|\bboth\b|jointly"
)
EITHER = re.compile(
    r"或|分别(?!是|讲|说|写|有什么内容)|各自|随便哪|任[一何意]|(?<!文件)(?<!份)都算|其中(?:任意)?一家|只要有一|either|\bor\b"
)
EXCLUSIVE = re.compile(
    "单独(?!拎|列|拿|说|给|挑)|独自|单干|独家|再没别|别的一概|没有第三|不多不少|没别的|一家(?:承担|负责|管|干|独)|没有(?:任何)?(?:其他|别的)|不跟别|唯一|只有.{0,12}(?:一家|自己)|仅[由有]|只[由归](?![几哪]|谁)|(?:就|只有?|仅)[^，。？]{3,24}[两俩三仨]家|恰好|正好是|只有[两二三]家|alone"
)
_NO_BODY = re.compile(
    "(?:没有?|没写|未|不)(?:写|写明|列|列出|标明|注明|规定|明确)?(?:任何)?(?:责任单位|责任部门|负责单位)"
)
_ONLY_SO_MANY = re.compile(
    "(?:只有|仅有?|只归|只由|就|单|只写了?|只列了?|只挂了?)(?P<n>[一两二三四五1-5])[家个](?:责任)?(?:单位|部门|管|负责|承担|的)|(?:责任单位|负责单位)(?:只有|仅有?|就)(?P<m>[一两二三四五1-5])家"
)


def number_of_bodies(text: str) -> int | None:
    """How many responsible bodies a question wants units to have: 0 (没写责任单位), 1 (只有一家的) …, or not said."""
    if _NO_BODY.search(text):
        return 0
    match = _ONLY_SO_MANY.search(text)
    return parse_number(match["n"] or match["m"]) if match else None


def cues_of(text: str) -> Iterator[Cue]:
    """Cues found in a normalised question."""
    return (cue for cue, pattern in CUES if pattern.search(text))
