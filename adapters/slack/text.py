"""The bot's markup as Slack's mrkdwn, in pieces that fit a section; what people wrote stays mere text.

Slack has no sign that makes the next one plain. So `&`, `<` and `>` are written as entities, which rules out
mentions and broadcasts, and a zero-width space before `*`, `_`, `~` and `` ` `` keeps them from being styles.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from adapters.slack.ids import place
from bot.conversations.words import DIRECTORS, TYPED
from bot.cutting import cut_at, divided
from bot.markup import Span, parse


#: Each style's mark, and what stands for the mark inside of it, where it would end the style.
_MARKS = {"bold": ("*", "∗"), "italic": ("_", "＿"), "code": ("`", "'")}
#: How Slack shows a moment in each reader's zone and language.
_MOMENT = "{date_short_pretty}, {time}"
_BREAK = "\u200b"
_STYLE = re.compile(r"(?<!\w)([*_~`])|([*_~`])(?!\w)")
_QUOTE = re.compile(r"^(?=&gt;)", re.MULTILINE)
_URL = re.compile(r"https?://[^\s<>|\"]*[^\s<>|\".,;:!?)\]}'*_~`]")
_ANGLED = re.compile(r"<(?:[^<>|]*\|([^<>]*)|[^<>]*)>")
_PART_OF_ENTITY = re.compile(r"&[a-z]*$")
#: Slack's client keeps a message that begins with an unknown command: "/apply" is "/antipode apply" here.
_COMMAND = re.compile(rf"(?<![\w/:.])/(?=(?:{'|'.join(sorted({*TYPED, *DIRECTORS}))})(?![\w/-]))")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: people can be mentioned only in their own workspace."""

    team: str = ""
    accounts: Mapping[int, str] = field(default_factory=dict)


def pieces(text: str, limit: int, reader: Reader) -> list[str]:
    """Give the text as mrkdwn, cut at paragraphs into pieces of at most `limit` signs; () for no text."""
    written = (_written(spans, reader).strip("\n") for spans in _split(parse(text), limit, reader))
    return [piece for piece in written if piece.strip(f"{_BREAK} \n")]


def words(text: str, limit: int) -> str:
    """Give the words without any style, as entities: for notifications and screen readers; never empty."""
    whole = "".join(span.text for span in parse(text)).strip()
    shown = entities(whole)
    while len(shown) > limit:
        whole = whole[: len(whole) - max(1, (len(shown) - limit) // 5)]
        shown = entities(whole.rstrip()) + "…"
    return shown or "…"


def read_out(mrkdwn: Sequence[str], limit: int) -> str:
    """Give written pieces as `words` gives a text: links and moments by their words; never empty."""
    whole = _ANGLED.sub(lambda found: found[1] or "", "\n".join(mrkdwn)).strip()
    if len(whole) > limit:
        whole = _PART_OF_ENTITY.sub("", whole[: limit - 1]) + "…"
    return whole or "…"


def entities(text: str) -> str:
    """Give the text so that Slack reads no mention or link in it; its commands as they are typed there."""
    return _COMMAND.sub("/antipode ", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(spans: Sequence[Span], reader: Reader) -> str:
    return "".join(_WRITERS[span.style](span, reader) for span in spans)


def _plain(span: Span, reader: Reader) -> str:
    del reader
    written: list[str] = []
    at = 0
    for found in _URL.finditer(span.text):
        written += [_quiet(span.text[at : found.start()]), f"<{_address(found[0])}>"]
        at = found.end()
    return "".join((*written, _quiet(span.text[at:])))


def _quiet(text: str) -> str:
    unstyled = _STYLE.sub(lambda found: _BREAK + found[0], entities(text))
    return _QUOTE.sub(_BREAK, unstyled)


def _styled(span: Span, reader: Reader) -> str:
    del reader
    mark, alike = _MARKS[span.style]
    lines = entities(span.text).replace(mark, alike).split("\n")  # a style ends with its line
    return "\n".join(_between(line, mark) for line in lines)


def _between(line: str, mark: str) -> str:
    inside = line.strip()
    return line.replace(inside, f"{mark}{inside}{mark}", 1) if inside else line


def _link(span: Span, reader: Reader) -> str:
    del reader
    if not span.target.startswith(("https://", "http://")):
        return _quiet(span.text)
    label = entities(span.text).replace("|", "/").replace("\n", " ")
    return f"<{_address(span.target)}|{label}>"


def _person(span: Span, reader: Reader) -> str:
    account = place(reader.accounts.get(int(span.target), "") if span.target.isdigit() else "")
    return f"<@{account.id}>" if account.id and account.team == reader.team else _quiet(span.text)


def _moment(span: Span, reader: Reader) -> str:
    del reader
    if not span.target.isdigit():
        return _quiet(span.text)
    fallback = entities(span.text).replace("|", "/").replace("\n", " ")
    return f"<!date^{span.target}^{_MOMENT}|{fallback}>"


def _address(url: str) -> str:
    return entities(url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C"))


def _split(spans: Sequence[Span], limit: int, reader: Reader) -> Iterator[Sequence[Span]]:
    rest = list(spans)
    while rest and len(_written(rest, reader)) > limit:
        whole = "".join(span.text for span in rest)
        room = min(limit, len(whole) - 1)
        head, tail = divided(rest, cut_at(whole, room))
        while len(_written(head, reader)) > limit and room > 1:
            room = room * 2 // 3
            head, tail = divided(rest, cut_at(whole, room))
        yield head
        rest = tail
    yield rest


_WRITERS: Mapping[str, Callable[[Span, Reader], str]] = {
    "plain": _plain,
    "bold": _styled,
    "italic": _styled,
    "code": _styled,
    "link": _link,
    "person": _person,
    "time": _moment,
}
