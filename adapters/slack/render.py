"""A message becomes the posts that send it: pure, the arguments of chat.postMessage."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.blocks import Json, choice_blocks, size_of, text_blocks
from adapters.slack.limits import BLOCKS, FALLBACK, MESSAGE
from adapters.slack.receive_text import plain
from adapters.slack.text import Reader, read_out, words
from bot.markup import escape
from bot.messages import Attachment, Message


@dataclass(frozen=True, slots=True)
class Post:
    """One message: its blocks, and the words beside them for notifications and screen readers."""

    text: str
    blocks: list[Json]


def posts(message: Message, reader: Reader) -> list[Post]:
    """Give the posts that send a message, in order; the choices are on the last. None for a mere file.

    Raises Rejected for a choice that Slack would not take.
    """
    blocks = text_blocks(message.text, reader) + choice_blocks(message.rows)
    if not blocks:
        return []
    groups = list(_grouped(blocks))
    return [Post(_beside(message, group, whole=len(groups) == 1), group) for group in groups]


def _beside(message: Message, group: Sequence[Json], *, whole: bool) -> str:
    return words(message.text, FALLBACK) if whole else read_out(_written_in(group), FALLBACK)


def carried(written: Mapping[str, Any], by: str) -> Message:
    """Give what somebody wrote, as Slack has it, with who wrote it above: their words are only words.

    A file stays where it is, for the reader may not see it: its name tells that there was one.
    """
    files = [f"📎 {each.get('name') or '…'}" for each in written.get("files") or ()]
    said = plain(str(written.get("text") or ""), lambda _user: "…")
    return Message("\n\n".join(part for part in (by, escape("\n".join((said, *files)).strip())) if part))


def content(file: Attachment) -> bytes:
    """Give what is in a file."""
    return base64.b64decode(file.content) if file.base64 else file.content.encode()


def _grouped(blocks: Sequence[Json]) -> Iterator[list[Json]]:
    """Give the blocks in groups that fit a message."""
    group: list[Json] = []
    size = 0
    for block in blocks:
        if group and (len(group) == BLOCKS or size + size_of(block) > MESSAGE):
            yield group
            group, size = [], 0
        group.append(block)
        size += size_of(block)
    yield group


def _written_in(blocks: Sequence[Json]) -> list[str]:
    return [block["text"]["text"] for block in blocks if "text" in block]
