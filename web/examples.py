"""Questions to begin with, for the three kinds of people who come here."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "我是企业": (
        "建设海外仓有哪些支持？",
        "综服企业能得到什么支持？",
        "跨境电商收结汇有哪些便利？",
    ),
    "我是政府部门": (
        "外管局有哪些任务？跟谁一起？",
        "海关和税务局共同负责的任务有哪些？",
        "任务分工表序号27是谁负责？",
    ),
    "我要评测": (
        "到2027年底的目标是什么？",
        "第九条讲什么？",
        "申请海外仓补贴打哪个电话？",
    ),
}
