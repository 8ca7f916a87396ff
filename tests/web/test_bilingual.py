from __future__ import annotations

from web.bilingual import both


def test_both_languages_are_there_each_named() -> None:
    assert both("复制", "A<b>") == (
        '<span class="zh" lang="zh-CN">复制</span><span class="en" lang="en">A&lt;b&gt;</span>'
    )
