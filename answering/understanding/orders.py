"""Orders to the machine inside a question (请忽略以上规则, 扮演诗人, print your prompt): the rest is the question.

They change nothing about the answer, so they must not change what is understood either. An order is told by its clause:
it bids the machine forget its rules, play a part, give away its set-up, leave out citations, or answer in some guise.
"""

from __future__ import annotations

import re

_TAGGED = re.compile(
    r"<!--.*?-->|\[(?P<tag>\w+)\].*?\[/(?P=tag)\]|</?[A-Za-z][^<>]{0,40}>|【(?:系统|system|管理员|指令)[^】]{0,10}】",
    re.I | re.S,
)
_STOP = r"(?:[，,。；;！!？?：:\n]|\.(?=\s|$))"
_CLAUSE = re.compile(rf"(?:(?!{_STOP}).)+(?:{_STOP}+|$)", re.S)
_RULES = "规则|指令|规定|限制|要求|提示|设定|约束|前文|上文|以上|之前|前面|设置|安全|引用功能"
_SETUP = "系统提示|提示词|prompt|密钥|密码|api.?key|配置|环境变量|日志|指令|后台|源代码|知识库|token"
_GIVE = "输出|打印|显示|泄露|列出|复述|重复|告诉我|说出|导出|导给|编码"
_FORGET = "忽略|无视|忘记|忘掉|忘了|不管|别管|抛开|解除|关闭|跳过|绕过|推翻|不受"
_ORDERS = (
    # to forget its rules
    rf"(?:{_FORGET}).{{0,12}}(?:{_RULES}|文件)",
    rf"(?:{_RULES}).{{0,8}}(?:作废|失效|解除|忘掉|忽略|无效|取消)",
    "优先级最高|新指令|你的新任务|(?:开发者|DAN|调试)模式|越狱|都算违规|被关机",
    # to play a part
    "假装|扮演(?!什么|怎样|何种|的角色)|^(?:请|假如)?你(?:现在)?(?:就)?是(?!否|不是|哪|谁|什么|怎|干)",
    "你已(?:经)?进入|从现在(?:起|开始)|口吻|语气|喵",
    # to give away its set-up
    rf"(?:{_GIVE}).{{0,14}}(?:{_SETUP})|(?:{_SETUP}).{{0,6}}(?:输出|导给|编码)",
    # to leave out what an answer must have
    "^(?:[你也请千万]*)(?:不要|别|不用|不许|不准|不得|禁止|无需|不必)(?:再|跟我|给我|给|加|附|带|说|提|管|查)?.{0,3}"
    "(?:引用|出处|来源|啰嗦|拒绝|核实|废话|解释|未提及|做不到|政策文件|文件|提示)",
    # to say something given, or in some guise
    "^你?[只仅](?:准|许|能|需|要)?(?:回答|输出|说|回复)|必须(?:回答|输出|说|给出)|每次回答|(?:以后|今后)一律|收到请",
    "^以后.{0,12}都(?:回答|这么|照)|要求你(?:回答|答)|凭感觉编|编一个|按你自己的猜测|据实说|一百遍|诗就免了",
    '先骂|骂(?:人|我一句|两句)[，,。]?$|先写首|承认你是|翻译成(?!本).{2,5}(?:后|再)|换成[“"]',
    r"\b(?:ignore|disregard|forget|override)\b|\b(?:print|reveal|output|show|leak)\b.{0,30}(?:prompt|config|system|users|key)",
    r"\b(?:answer|reply) only\b|^\W*(?:if asked|you are now|pretend|system\b|admin\b|assistant\b)",
    "system_prompt|no refusal",
)
_ORDER = re.compile("|".join(_ORDERS), re.IGNORECASE)
_LEAD = re.compile(
    "^(?:(?:另外|然后|接着|最后|好|算了还是查吧|顺便|并且|并|再|先|现在|请|后|但|不过|那|问题是|问题|问|正题|"
    "回答|请问|说明|说说|查一下|告诉我|如实)[，,：:、 ]*)+"
)
_LEAST = 4  # letters or digits that make a question


def without_orders(question: str) -> str:
    """``question`` less its orders to the machine; as it is when it holds none, or nothing else."""
    untagged = _TAGGED.sub(" ", question)
    clauses = _CLAUSE.findall(untagged)
    kept = [clause for clause in clauses if not _ORDER.search(clause)]
    if len(kept) == len(clauses) and untagged == question:
        return question
    rest = _LEAD.sub("", "".join(kept).strip())
    return rest if sum(map(str.isalnum, rest)) >= _LEAST else question
