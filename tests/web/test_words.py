from __future__ import annotations

import re

import pytest

from web.words import CHINESE, ENGLISH, LOCALES, said


def test_every_word_is_in_the_language_of_its_list() -> None:
    assert all(re.search(r"[\u4e00-\u9fff]", words) for words in CHINESE.values())
    assert not any(re.search(r"[\u4e00-\u9fff]", words) for words in ENGLISH.values())
    assert {"zh-CN", "en"} <= set(LOCALES)


def test_the_pages_own_words_are_in_both_and_others_are_refused() -> None:
    assert ENGLISH.keys() <= CHINESE.keys()
    assert str(said("chat.send")) == '__i18n__{"__type__": "translation_metadata", "key": "chat.send"}'
    with pytest.raises(KeyError, match="no such"):
        said("no such")
