from __future__ import annotations

import re

from web.words import LOCALES, WORDS


def test_every_word_is_chinese_and_english_browsers_get_it_too() -> None:
    assert {"zh-CN", "en"} <= set(LOCALES)
    assert all(re.search(r"[\u4e00-\u9fff]", words) for words in WORDS.values())
