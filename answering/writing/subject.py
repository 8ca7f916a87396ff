"""What tells one subject of policies from another: pairs of characters, less those that are found everywhere."""

from __future__ import annotations

from index.text import bigrams

_EVERYWHERE = frozenset(
    bigrams(
        "跨境电商 电商企业 企业 天津 天津市 文件 方案 任务 目标 培育 打造 建设 建成 力争 达到 突破 要求 规定 提出 "
        "鼓励 支持 推动 政策 以上 多少 我们 可以 能不能 是不是 对不对 什么 怎么"
    )
)


def telling_pairs(text: str) -> frozenset[str]:
    """Pairs of characters of a normalised text that tell what it is about."""
    return frozenset(bigrams(text)) - _EVERYWHERE
