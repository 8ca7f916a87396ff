"""Bodies told from the persons who answer for them."""

from __future__ import annotations

import pytest

from ingest.structure.persons import without_persons


@pytest.mark.parametrize(
    ("written", "bodies"),
    [
        ("县住建局　陈大勇", "县住建局"),
        ("县市场监管局　刘　芳", "县市场监管局"),
        ("市工信局王伟、市公安局赵磊", "市工信局、市公安局"),
        ("县商务局（张建国）、各镇（街）", "县商务局、各镇（街）"),
        ("县教育局、王军", "县教育局"),
        ("国网石泉县供电公司　何　涛", "国网石泉县供电公司"),
    ],
)
def test_persons_are_left_out(written: str, bodies: str) -> None:
    assert without_persons(written) == bodies
