"""Every failure can be said to the asker."""

from __future__ import annotations

import re

from index.failure import Failure


def test_every_failure_has_a_phrase_of_its_own() -> None:
    phrases = [failure.phrase for failure in Failure]
    assert len(set(phrases)) == len(phrases)
    assert all(re.fullmatch("[\u4e00-\u9fff，]{5,20}", phrase) for phrase in phrases)
