"""Who may use the app: the accounts of ``APP_AUTH``, for people by Gradio's login page, for programs by header."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping

# Gradio's login page has no style sheet of ours, and takes HTML here: edges that are seen, and room on a phone.
WELCOME = """请输入用户名和密码。没有账号的，请联系管理员。<style>
.wrap { background: transparent !important; }
.wrap > div { min-width: 0 !important; width: min(480px, 100%); padding: 20px !important; }
.wrap input { border: 1px solid #8a8a80 !important; min-height: 40px; }
.wrap input:focus { outline: 2px solid #2b6560; }
</style>"""


class Accounts:
    """Names and passwords; compared in a time that tells nothing of either.

    Args:
        passwords: by name; empty when no login is asked for.
    """

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._passwords = dict(passwords)

    def __bool__(self) -> bool:
        return bool(self._passwords)

    def holds(self, name: str, password: str) -> bool:
        """True when there is such an account; every account is compared whole."""
        given = _joined(name, password)
        found = [hmac.compare_digest(_joined(*each), given) for each in self._passwords.items()]
        return any(found) and ":" not in name

    def named_by(self, authorization: str) -> str | None:
        """Name of the account that an ``Authorization`` header is right for, otherwise ``None``.

        Args:
            authorization: ``Basic`` with base64 of ``name:password``, or ``Bearer name:password``.
        """
        scheme, _, written = authorization.partition(" ")
        match scheme.lower():
            case "basic":
                try:
                    written = base64.b64decode(written.strip(), validate=True).decode("utf-8")
                except (binascii.Error, UnicodeDecodeError):
                    return None
            case "bearer":
                written = written.strip()
            case _:
                return None
        name, _, password = written.partition(":")
        return name if self.holds(name, password) else None

    def may_administer(self, name: str | None) -> bool:
        """True when ``name`` logged in: uploading documents or rebuilding is nobody's where no login is asked for."""
        return name is not None and name in self._passwords


def _joined(name: str, password: str) -> bytes:
    """Both as one."""
    return f"{name}:{password}".encode()
