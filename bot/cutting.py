"""Long texts in pieces: where to cut, and cutting spans there without losing a style or a sign."""

from collections.abc import Sequence

from bot.markup import Span


#: Best after a paragraph, else after a line, else after a word.
_CUTS = ("\n\n", "\n", " ")


def cut_at(text: str, room: int) -> int:
    """Give where to cut a text so that at most `room` signs go before it: anywhere if need be, never at 0."""
    for cut in _CUTS:
        at = text.rfind(cut, 1, room)
        if at > room // 2:
            return at + len(cut)
    return max(room, 1)


def divided(spans: Sequence[Span], at: int) -> tuple[list[Span], list[Span]]:
    """Give the spans before and after so many signs; one that lies across goes into both."""
    head: list[Span] = []
    tail: list[Span] = []
    for span in spans:
        here = max(0, min(at, len(span.text)))
        if here:
            head.append(Span(span.style, span.text[:here], span.target))
        if here < len(span.text):
            tail.append(Span(span.style, span.text[here:], span.target))
        at -= len(span.text)
    return head, tail
