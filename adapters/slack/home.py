"""A person's own page as the App Home: its parts as blocks, within the hundred that a view may have. Pure."""

from typing import Any

from adapters.slack.blocks import choice_blocks, text_blocks
from adapters.slack.text import Reader
from bot.messages import Message, ShowHome


BLOCKS = 100
DIVIDER = {"type": "divider"}

View = dict[str, Any]


def home_view(home: ShowHome, reader: Reader) -> View:
    """Give the view of a person's own page; of a page that is too long the parts at its end are left out."""
    blocks: list[View] = []
    for part in home.parts:
        shown = _part(part, reader, first=not blocks)
        if len(blocks) + len(shown) > BLOCKS:
            break
        blocks += shown
    return {"type": "home", "blocks": _numbered(blocks)}


def _part(part: Message, reader: Reader, *, first: bool) -> list[View]:
    blocks = text_blocks(part.text, reader) + choice_blocks(part.rows)
    return blocks if first or not blocks else [DIVIDER, *blocks]


def _numbered(blocks: list[View]) -> list[View]:
    """Give every block a name of its own: Slack makes up another at each publishing."""
    return [block | {"block_id": f"home:{number}"} for number, block in enumerate(blocks)]
