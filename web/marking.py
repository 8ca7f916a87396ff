"""Quoted sentences, marked in the text that they stand in."""

from __future__ import annotations

from web.escape import escaped


def marked(text: str, quote: str) -> str:
    """``text`` as HTML with the sentences of ``quote`` marked where they stand."""
    from index.text import sentences  # brings jieba, which the page need not wait for

    spans: list[tuple[int, int]] = []
    for sentence in sentences(quote):
        start = text.find(sentence, spans[-1][1] if spans else 0)
        if start < 0:
            continue
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, text.index(sentence, start) + len(sentence)))
    shown, done = [], 0
    for start, end in spans:
        shown.append(f"{escaped(text[done:start])}<mark>{escaped(text[start:end])}</mark>")
        done = end
    return "".join(shown) + escaped(text[done:])
