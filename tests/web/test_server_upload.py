from __future__ import annotations

from collections.abc import Collection

import pytest
from python_multipart.exceptions import FormParserError

from web.api_problems import Problem
from web.limits import DOCUMENTS, TEST_SETS
from web.server_upload import UploadCheck


def form(*names: str) -> bytes:
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\nx\r\n' for name in names
    )
    return f"{parts}--b--\r\n".encode()


def feed(
    body: bytes,
    step: int,
    content_type: str = "multipart/form-data; boundary=b",
    taken: Collection[str] = TEST_SETS,
) -> None:
    check = UploadCheck(content_type, taken)
    for start in range(0, len(body), step):
        check.feed(body[start : start + step])


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_test_sets_pass_and_other_files_do_not(step: int) -> None:
    feed(form("a.xlsx", "题目.CSV", "b.jsonl"), step)
    for name in ("a.exe", "a.csv.html", "noname", "", ".csv"):
        with pytest.raises(Problem) as caught:
            feed(form("a.csv", name), step)
        assert caught.value.status_code == 415
        assert ".csv、.jsonl、.xlsx" in caught.value.detail


def test_documents_pass_where_they_are_taken() -> None:
    feed(form("通知.docx", "扫描.PDF"), 7, taken=TEST_SETS.union(DOCUMENTS))
    with pytest.raises(Problem):
        feed(form("通知.docx"), 7)


def test_what_is_no_form_holds_no_file() -> None:
    feed(b"{}", 1, "application/json")
    with pytest.raises(FormParserError):
        feed(b"no form", 100)
