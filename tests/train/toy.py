"""A little training text: ten things, each with what is said of it and what is asked of it, in words already cut."""

from __future__ import annotations

from tokenizers import Tokenizer

from train.encoded import EncodedSource, encode_source
from train.sources import Record, Source
from train.vocabulary import UNKNOWN, build_tokenizer

SAID = {
    "海外仓": ("建设 海外仓", "仓库 设在 国外"),
    "结汇": ("办理 结汇", "外币 换成 人民币"),
    "退货": ("退货 通道", "货物 运回 国内"),
    "专业": ("高校 设置 专业", "培养 人才"),
    "班列": ("开行 班列", "铁路 运输"),
    "品牌": ("打造 品牌", "老字号 出海"),
    "保险": ("出口 信用 保险", "风险 保障"),
    "园区": ("示范 园区", "企业 集聚"),
    "邮件": ("邮件 互换局", "邮政 包裹"),
    "税收": ("税收 政策", "核定 征收"),
}
ASKED = Source("pairs", tuple(Record((f"{thing} 怎么 办",), said) for thing, said in SAID.items()))
TOLD = Source("texts", tuple(Record((), said) for said in SAID.values()))


def words() -> list[str]:
    """Every word of :data:`ASKED`, and 罕见, which no text holds."""
    clauses = (clause for record in ASKED.records for clause in (*record.query, *record.passage))
    return [UNKNOWN, *dict.fromkeys(word for clause in clauses for word in clause.split()), "罕见"]


def tokenizer() -> Tokenizer:
    return build_tokenizer(words())


def asked() -> EncodedSource:
    return encode_source(ASKED, tokenizer())


def told() -> EncodedSource:
    return encode_source(TOLD, tokenizer())
