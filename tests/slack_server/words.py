"""What people read of blocks: their words, in order, one line for each piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.slack_server.errors import Json


SPOKEN = frozenset({"context", "rich_text", "rich_text_section", "rich_text_list", "rich_text_quote"})


def words_of(blocks: list[Json]) -> str:
    """Gives the words of blocks without those on buttons and in menus."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Json) -> Iterator[str]:
    if block.get("type") in SPOKEN:
        pieces = [_inline(part) for part in block.get("elements", ())]
        yield from (pieces if block["type"] != "context" else [" ".join(pieces)])
        return
    for key in ("title", "text", "label"):
        yield _inline(block.get(key))
    yield from (_inline(field) for field in block.get("fields", ()))
    yield _inline(block.get("hint"))
    if block.get("type") == "image":
        yield str(block.get("alt_text", ""))


def _inline(part: Any) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    kind = part.get("type", "")
    if kind.startswith("rich_text"):
        joint = "\n" if kind == "rich_text_list" else ""
        return joint.join(_inline(one) for one in part.get("elements", ()))
    if kind == "user":
        return f"<@{part['user_id']}>"
    if kind == "date":
        return str(part.get("fallback", part.get("timestamp", "")))
    if kind == "emoji":
        return f":{part.get('name')}:"
    if kind == "image":
        return str(part.get("alt_text", ""))
    return _inline(part.get("text") or part.get("url") or "")
