"""Slack's way of writing texts, read back into plain words: `&amp;`, `<@U…>`, `<https://…|label>`."""

import html
import re
from collections.abc import Callable


_ANGLED = re.compile(r"<([^<>]*)>")


def plain(text: str, named: Callable[[str], str] = str) -> str:
    """Give what the person saw when they wrote it; `named` gives the handle of a user id ("U012AB3CD")."""
    words = _ANGLED.sub(lambda found: _shown(found[1], named), text)
    return clean(html.unescape(words)).strip()


def clean(text: str) -> str:
    """Give the text without what a database cannot hold: halves of surrogate pairs, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def without_mention(text: str, bot: str) -> str:
    """Give the text without the mention of the bot in it; the text as it came."""
    return re.sub(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>[ ,:]*", "", text).strip() if bot else text


def _shown(inside: str, named: Callable[[str], str]) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{label or named(target[1:])}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":  # <!channel>, <!date^…|words>
            return label or target[1:].partition("^")[0]
    # A link that Slack made of an address or of "example.org" has what was typed as its label.
    return label or target.removeprefix("mailto:")
