r"""The small markup of every text the bot says, and its spans; adapters turn spans into their own kind.

`**bold**`, `*italic*`, `` `code` ``, `[label](https://…)`, `[Ana](person:12)` (a mention), and
`[fallback](time:1795262400)` (a moment shown in the reader's own zone where the platform can). A
backslash makes the next sign plain. What people wrote is always escaped before it enters a text, so a
name can never become markup, a mention or a broadcast.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `target` is the link's address, the person's id or the unix time."""

    style: str  # "plain", "bold", "italic", "code", "link", "person" or "time"
    text: str
    target: str = ""


class Markup(str):
    """A text that is markup already: `Texts.say` puts it in as it is, without escaping it."""

    __slots__ = ()


_SPECIAL = re.compile(r"([\\*`\[\]])")
_TOKEN = re.compile(
    r"\\(?P<plain>.)"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<italic>(?:\\.|[^*\\])+)\*"
    r"|`(?P<code>(?:\\.|[^`\\])+)`"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<target>(?:https?://|tg://|person:|time:)[^)\s]+)\)",
    re.DOTALL,
)


def escape(text: str) -> str:
    """Give `text` so that it stands for itself in a marked-up text."""
    return _SPECIAL.sub(r"\\\1", text)


def unescape(text: str) -> str:
    """Give back what `escape` was given."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def parse(text: str) -> tuple[Span, ...]:
    """Give the spans of a marked-up text, in order; signs that form no markup are plain. Never raises."""
    spans: list[Span] = []
    plain: list[str] = []
    at = 0
    for found in _TOKEN.finditer(text):
        plain.append(text[at : found.start()])
        at = found.end()
        if found["plain"] is not None:
            plain.append(found["plain"])
            continue
        _flush(plain, spans)
        spans.append(_span(found))
    plain.append(text[at:])
    _flush(plain, spans)
    return tuple(spans)


def plain(text: str) -> str:
    """Give the words of a marked-up text without any style: for logs of rehearsals and fallbacks."""
    return "".join(span.text for span in parse(text))


def _flush(plain: list[str], spans: list[Span]) -> None:
    text = "".join(plain)
    plain.clear()
    if text:
        spans.append(Span("plain", text))


def _span(found: re.Match[str]) -> Span:
    for style in ("bold", "italic", "code"):
        if found[style] is not None:
            return Span(style, unescape(found[style]))
    label, target = unescape(found["label"]), found["target"]
    for style in ("person", "time"):
        if target.startswith(style + ":"):
            return Span(style, label, target[len(style) + 1 :])
    return Span("link", label, target)
