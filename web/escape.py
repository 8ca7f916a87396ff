"""Text from documents, askers and models on its way to the page: shown as written, never run as markup."""

from __future__ import annotations

import html
import re

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]|^[ \t]+", re.MULTILINE)


def escaped(text: str) -> str:
    """``text`` for HTML, between tags or in a quoted attribute."""
    return html.escape(text, quote=True)


def literal(text: str) -> str:
    """``text`` for Markdown, such that it reads as typed: every ASCII mark and leading blank as an entity.

    A pasted ``![](http://…)`` would otherwise make the page call that host. :func:`typed` takes it back.
    """
    return _MARKUP.sub(lambda match: "".join(f"&#{ord(character)};" for character in match.group()), text)


def typed(shown: str) -> str:
    """What the asker typed, from what :func:`literal` made of it."""
    return html.unescape(shown)


def harmless(markdown: str) -> str:
    """An answer's Markdown without HTML, links and pictures; answers hold none, but what they quote might."""
    return markdown.replace("&", "&amp;").replace("<", "&lt;").replace("](", "]&#40;").replace("]:", "]&#58;")
