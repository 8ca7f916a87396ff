from __future__ import annotations

from base64 import b64encode

import pytest

from web.login import Accounts

ACCOUNTS = Accounts({"wang": "geheim", "li": "a:b", "zhao": "密码"})


def basic(written: str) -> str:
    return f"Basic {b64encode(written.encode()).decode()}"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (basic("wang:geheim"), "wang"),
        (basic("li:a:b"), "li"),
        (basic("zhao:密码"), "zhao"),
        ("Bearer wang:geheim", "wang"),
        ("bearer li:a:b", "li"),
        ("Bearer geheim", None),
        ("Bearer wang:", None),
        ("Bearer :geheim", None),
        (basic("wang:a:b"), None),
        ("Basic wang:geheim", None),
        ("Basic /w==", None),
        ("Digest wang:geheim", None),
        ("", None),
    ],
)
def test_a_header_names_an_account_when_its_password_is_right(header: str, name: str | None) -> None:
    assert ACCOUNTS.named_by(header) == name


def test_a_name_holds_no_colon() -> None:
    assert ACCOUNTS.holds("li", "a:b")
    assert not ACCOUNTS.holds("li:a", "b")


def test_only_who_logged_in_may_administer() -> None:
    assert ACCOUNTS.may_administer("wang")
    assert not ACCOUNTS.may_administer("somebody")
    assert not ACCOUNTS.may_administer(None)
    assert not Accounts({}).may_administer(None)
    assert not Accounts({})
