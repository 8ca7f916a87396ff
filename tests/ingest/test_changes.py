"""What a build changed, by document."""

from __future__ import annotations

from dataclasses import replace

from ingest.changes import Changes, changes
from tests.samples import unit

FIRST, SECOND, THIRD = (unit(number, text) for number, text in enumerate(("甲", "乙", "丙"), 1))


def test_added_changed_removed_and_kept_are_told_by_label() -> None:
    after = (FIRST, replace(SECOND, text="乙乙"), unit(4, "丁"))
    assert changes((FIRST, SECOND, THIRD), after) == (
        Changes(
            "plan",
            added=("《海外仓实施方案》第4项",),
            changed=("《海外仓实施方案》第2项",),
            removed=("《海外仓实施方案》第3项",),
            kept=1,
        ),
    )


def test_a_unit_that_only_moved_in_its_file_is_kept() -> None:
    (found,) = changes((FIRST,), (replace(FIRST, start=7, end=8),))
    assert found == Changes("plan", (), (), (), 1)
    assert not found


def test_a_document_that_is_new_or_gone_is_told() -> None:
    other = unit(1, "戊", slug="other")
    new, gone = changes((FIRST,), (other,))
    assert (new.document, len(new.added), new.kept) == ("other", 1, 0)
    assert (gone.document, len(gone.removed), gone.kept) == ("plan", 1, 0)
    assert gone
