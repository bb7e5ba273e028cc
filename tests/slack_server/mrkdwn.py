"""Finds what was not escaped in mrkdwn: broadcasts, and signs that Slack would read as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator


BROADCAST = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>")
OWN = re.compile(
    r"<(?:@[UWB][A-Z0-9]+(?:\|[^<>]*)?"
    r"|#C[A-Z0-9]+(?:\|[^<>]*)?"
    r"|!subteam\^S[A-Z0-9]+(?:\|[^<>]*)?"
    r"|!date\^\d+\^[^<>|^]+(?:\^[^<>|]+)?\|[^<>]+"
    r"|!(?:channel|here|everyone)(?:\|[^<>]*)?"
    r"|(?:https?://|mailto:|tel:|slack://)[^<>|]+(?:\|[^<>]*)?)>"
)
ENTITY = re.compile(r"&(?:amp|lt|gt);")
MENTION = re.compile(r"<@([UWB][A-Z0-9]+)")
DATE_TOKENS = frozenset({"time", "time_secs", "ago", "date_num", "date", "date_short", "date_long"}) | {
    f"{name}_pretty" for name in ("date", "date_short", "date_long")
}
DATE = re.compile(r"<!date\^\d+\^([^<>|^]+)")
TOKEN = re.compile(r"\{(\w+)\}")


def flaws(text: str) -> Iterator[str]:
    """Gives what is wrong with a mrkdwn text."""
    if BROADCAST.search(text):
        yield "a broadcast to everybody"
    for form in DATE.findall(text):
        tokens = TOKEN.findall(form)
        if not tokens or not set(tokens) <= DATE_TOKENS:
            yield f"<!date> without a known token: {form!r}"
    rest = ENTITY.sub("", OWN.sub("", text))
    if "<" in rest:
        yield f"an unescaped '<' in {text!r:.60}"
    if "&" in rest:
        yield f"an unescaped '&' in {text!r:.60}"
    quotes = "\n".join(line.removeprefix(">>>").removeprefix(">") for line in rest.split("\n"))
    if ">" in quotes:
        yield f"an unescaped '>' in {text!r:.60}"


def mentioned(text: str) -> list[str]:
    """Gives the ids of the people a text mentions."""
    return MENTION.findall(text)
