"""The page's own words and Gradio's, in Chinese and for browsers of another language in English.

Gradio's zh-CN bundle has gaps, filled here. Its English is its own.
"""

from __future__ import annotations

from gradio.i18n import I18nData

_GRADIO = {
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
_OWN = {  # key: Chinese, English
    "tab.chat": ("问答", "Ask"),
    "tab.duties": ("责任清单", "Duties"),
    "tab.documents": ("文件", "Files"),
    "tab.evaluation": ("评测", "Tests"),
    "chat.label": ("对话", "Conversation"),
    "chat.question": ("您的问题", "Your question"),
    "chat.placeholder": ("请输入您的问题", "Ask about the policies, in Chinese or English"),
    "chat.send": ("发送", "Send"),
    "chat.stop": ("停止", "Stop"),
    "chat.new": ("新对话", "New"),
    "chat.history": ("历史", "History"),
    "chat.word": ("导出 Word", "Export Word"),
    "chat.markdown": ("导出 Markdown", "Export Markdown"),
}
CHINESE = _GRADIO | {key: words for key, (words, _) in _OWN.items()}
ENGLISH = {key: words for key, (_, words) in _OWN.items()}
# Gradio knows no other Chinese than these two: zh, zh-HK and the rest fall back to en, as every other language does.
LOCALES = {"zh-CN": CHINESE, "zh-TW": CHINESE, "en": ENGLISH}


def said(key: str) -> I18nData:
    """One of the page's own words for a Gradio component, which shows it in the browser's language.

    Raises:
        KeyError: there is no such word.
    """
    if key not in _OWN:
        raise KeyError(key)
    return I18nData(key)
