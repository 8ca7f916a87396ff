"""Words of the page in two languages: both are in the HTML, and the style sheet shows the browser's."""

from __future__ import annotations

from web.escape import escaped


def both(chinese: str, english: str) -> str:
    """HTML that reads ``chinese``, or ``english`` in a browser whose language isn't Chinese; see ``page.js``."""
    return (
        f'<span class="zh" lang="zh-CN">{escaped(chinese)}</span><span class="en" lang="en">{escaped(english)}</span>'
    )
