"""Gradio's own words in Chinese: its zh-CN bundle has gaps, and any other browser language would get English."""

from __future__ import annotations

WORDS = {
    "chatbot.copy_message": "复制",
    "chatbot.copied_message": "已复制",
    "chatbot.clear": "清空对话",
    "chatbot.retry": "重试",
    "chatbot.undo": "撤销",
    "chatbot.edit": "编辑",
    "chatbot.submit": "发送",
    "chatbot.cancel": "取消",
    "chatbot.complete": "完成",
    "common.clear": "清除",
    "common.copy": "复制",
    "common.copied": "已复制",
    "common.error": "出错了",
    "common.loading": "正在载入",
    "common.submit": "发送",
    "status.queue_position": "排队 {position}/{size}",
    "blocks.connection_can_break": "手机切到后台时连接可能中断，需要重新排队。",
    "blocks.long_requests_queue": "排队的人较多，请稍候。",
    "blocks.lost_connection": "连接断开了，正在重新排队…",
}
LOCALES = ("zh-CN", "zh-TW", "en")  # every other language falls back to en
