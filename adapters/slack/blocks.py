"""Block Kit: a text as sections, rows of choices as buttons or selects, within Slack's limits. Pure.

Every element carries the core's value itself (`value` of a button, `selected_option.value` of a select), and
its action_id tells what it is: "tap:N" a button, "pick:N" a select, "open:N" a link that has no value.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from adapters.slack.limits import (
    BUTTON_VALUE,
    ELEMENTS,
    FALLBACK,
    HEADER,
    LABEL,
    OPTION_VALUE,
    OPTIONS,
    PLACEHOLDER,
    SECTION,
)
from adapters.slack.text import Reader, pieces
from bot.markup import parse
from bot.messages import Choice
from bot.ports import Rejected


Json: TypeAlias = dict[str, Any]
Rows: TypeAlias = Sequence[Sequence[Choice]]

#: More choices than this are read better in a list than as buttons.
MOST_BUTTONS = 30
#: So many of them are in one list: a full one, of long labels, is near what a whole message may have.
IN_ONE_LIST = OPTIONS // 2
#: Signs of what was chosen: a message that was full has little room for it.
CHOSEN = 300
#: A longer section would be folded behind "See more".
FOLDED = 500
#: What takes a tap, and is taken away once it was used.
_TAPPED = frozenset({"actions"})


def text_blocks(text: str, reader: Reader) -> list[Json]:
    """Give a text as a header, where its first line is a heading, and sections."""
    heading, rest = _heading(text)
    sections = [section(piece) for piece in pieces(rest, SECTION, reader)]
    return [_header(heading), *sections] if heading else sections


def section(mrkdwn: str) -> Json:
    """Give one section; Slack shall find no names and addresses in it that are not marked as such."""
    block: Json = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}
    return block | {"expand": True} if len(mrkdwn) > FOLDED else block


def choice_blocks(rows: Rows) -> list[Json]:
    """Give rows of choices as blocks; raises Rejected for a value that Slack would not take."""
    count = sum(len(row) for row in rows)
    if not count:
        return []
    if count > MOST_BUTTONS:
        return _lists(list(chain.from_iterable(rows)))
    numbered = iter(range(count))
    lines = [[_button(choice, next(numbered)) for choice in row] for row in rows if row]
    return [
        {"type": "actions", "elements": line[at : at + ELEMENTS]}
        for line in lines
        for at in range(0, len(line), ELEMENTS)
    ]


def without_choices(message: Mapping[str, Any]) -> str:
    """Give what a message of ours says apart from its buttons, as text to be kept for `settled_blocks`.

    `message` is the payload's own, as Slack gives it with a tap.
    """
    blocks = [_unnamed(block) for block in message.get("blocks") or () if block.get("type") not in _TAPPED]
    kept = {"text": str(message.get("text") or "")[:FALLBACK], "blocks": blocks}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def settled_blocks(shown: str, chosen: str, reader: Reader) -> tuple[str, list[Json]]:
    """Give text and blocks of a message whose buttons were used: what it said, and what was chosen.

    `shown` is what `without_choices` gave. Raises ValueError for anything else.
    """
    kept = json.loads(shown)
    blocks = list(kept["blocks"])
    for piece in pieces(chosen, CHOSEN, reader)[:1]:
        element = {"type": "mrkdwn", "text": f"✓ {piece}", "verbatim": True}
        blocks.append({"type": "context", "elements": [element]})
    return str(kept["text"]) or "…", blocks


def size_of(block: Json) -> int:
    """Give how many signs of a message a block takes."""
    texts = [value for name, value in block.items() if name in ("text", "value", "url")]
    inside = [each for name in ("elements", "options") for each in block.get(name, ())]
    own = sum(len(text) if isinstance(text, str) else len(text["text"]) for text in texts)
    return own + sum(map(size_of, inside))


def short(label: str, most: int) -> str:
    """Give a label in at most `most` signs; never empty."""
    cut = label if len(label) <= most else label[: most - 1].rstrip() + "…"
    return cut.strip() or "…"


def _heading(text: str) -> tuple[str, str]:
    """Split off a first line that is bold as a whole; ("", text) where there is none."""
    line, gap, rest = text.partition("\n")
    spans = parse(line)
    alone = len(spans) == 1 and spans[0].style == "bold" and len(spans[0].text) <= HEADER
    return (spans[0].text, rest.lstrip("\n")) if gap and alone else ("", text)


def _header(words: str) -> Json:
    return {"type": "header", "text": _label(words, HEADER)}


def _label(words: str, most: int) -> Json:
    return {"type": "plain_text", "text": short(words, most), "emoji": True}


def _button(choice: Choice, number: int) -> Json:
    button: Json = {"type": "button", "text": _label(choice.label, LABEL)}
    if choice.url:
        return button | {"action_id": f"open:{number}", "url": choice.url}
    return button | {"action_id": f"tap:{number}", "value": _value(choice, BUTTON_VALUE)}


def _lists(choices: Sequence[Choice]) -> list[Json]:
    links = [choice for choice in choices if choice.url]
    named = [choice for choice in choices if not choice.url]
    elements = [
        _select(named[at : at + IN_ONE_LIST], number)
        for number, at in enumerate(range(0, len(named), IN_ONE_LIST))
    ]
    elements += [_button(link, number) for number, link in enumerate(links)]
    return [
        {"type": "actions", "elements": elements[at : at + ELEMENTS]}
        for at in range(0, len(elements), ELEMENTS)
    ]


def _select(choices: Sequence[Choice], number: int) -> Json:
    half = PLACEHOLDER // 2 - 2
    between = f"{short(choices[0].label, half)} … {short(choices[-1].label, half)}"
    options = [{"text": _label(each.label, LABEL), "value": _value(each, OPTION_VALUE)} for each in choices]
    return {
        "type": "static_select",
        "action_id": f"pick:{number}",
        "placeholder": _label(between, PLACEHOLDER),
        "options": options,
    }


def _value(choice: Choice, most: int) -> str:
    if not 1 <= len(choice.value) <= most:
        raise Rejected(f"a choice's value has 1 to {most} signs, not {choice.value!r}")
    return choice.value


def _unnamed(block: Mapping[str, Any]) -> Json:
    return {name: value for name, value in block.items() if name not in ("block_id", "accessory")}
