from __future__ import annotations

from index.published import Remark, Severity
from web.remarks import MOST, listed, verdict

ERROR = Remark(Severity.ERROR, "第2页第3行", "有文字没有归属", "<b>乙")
WARNING = Remark(Severity.WARNING, "", "缺第3条", "")
NOTE = Remark(Severity.NOTE, "", "没有文号", "")


def test_the_verdict_counts_by_severity_and_leaves_notes_out() -> None:
    assert verdict((ERROR, WARNING, WARNING, NOTE)) == "1 处错误，2 处提醒"
    assert verdict((NOTE,)) == verdict(()) == "核对无误"


def test_each_remark_is_listed_with_its_place_and_words() -> None:
    assert listed((ERROR, WARNING)) == (
        '<ul class="remarks"><li class="found-error"><b>错误</b>第2页第3行：有文字没有归属<q>&lt;b&gt;乙</q></li>'
        '<li class="found-warning"><b>提醒</b>缺第3条</li></ul>'
    )
    assert listed(()) == ""
    assert f"另有 {5} 处，没有列出" in listed((NOTE,) * (MOST + 5))
