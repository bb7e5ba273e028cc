"""Checks a whole message or view: words, `text` beside blocks, every limit, nothing unescaped."""

from __future__ import annotations

import json
from typing import Any

from tests.slack_server import block_table as table
from tests.slack_server.blocks import Reading
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.mrkdwn import flaws, mentioned
from tests.slack_server.world import World


LARGEST_METADATA = 16_000


def check_message(world: World, p: Json, *, longest: int | None = None) -> None:
    """Refuses a message that Slack would refuse; complains of one that it would show badly."""
    if not (p.get("text") or p.get("blocks") or p.get("attachments") or p.get("markdown_text")):
        raise broken("no_text", "a message needs text or blocks")
    if p.get("markdown_text") and (p.get("text") or p.get("blocks")):
        raise broken("markdown_text_conflict", "markdown_text goes alone")
    text = str(p.get("text") or "")
    if longest and len(text) > longest:
        raise broken("msg_too_long", f"text is longer than {longest}")
    if len(str(p.get("markdown_text") or "")) > 12_000:
        raise broken("msg_too_long", "markdown_text is longer than 12000")
    if p.get("blocks"):
        _check_blocks(world, p)
    if p.get("mrkdwn") is not False:
        _warn(world, p, list(flaws(text)))
    if p.get("link_names") or p.get("parse") == "full":
        world.complain("mrkdwn", p, "link_names and parse=full make mentions of what people write")
    _check_mentions(world, p, text)
    _check_metadata(p.get("metadata"))


def _check_blocks(world: World, p: Json) -> None:
    reading = Reading("message")
    reading.blocks(p["blocks"])
    if reading.wrong:
        raise broken("invalid_blocks", *reading.wrong)
    if reading.characters > table.MOST_CHARACTERS:
        raise broken("msg_blocks_too_long", f"{reading.characters} characters in all blocks")
    if not p.get("text"):
        world.complain("chat", p, "blocks without text: notifications and screen readers have nothing to say")
    _warn(world, p, reading.unwise)


def _warn(world: World, p: Json, unwise: list[str]) -> None:
    for words in unwise:
        if not (world.broadcasts_allowed and words.startswith("a broadcast")):
            world.complain("mrkdwn", p, words)


def _check_mentions(world: World, p: Json, text: str) -> None:
    everything = text + json.dumps(p.get("blocks") or "")
    for user in mentioned(everything):
        if user not in world.accounts:
            world.complain("mrkdwn", p, f"<@{user}> is nobody")


def _check_metadata(metadata: Any) -> None:
    if metadata is None:
        return
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise broken("invalid_metadata_format", f"{metadata!r:.80}")
    if not isinstance(metadata.get("event_payload"), dict) or not isinstance(metadata.get("event_type"), str):
        raise broken("invalid_metadata_schema", "metadata needs event_type and event_payload")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise broken("metadata_too_large", f"metadata is larger than {LARGEST_METADATA}")


def check_view(world: World, view: Any, kind: str) -> None:
    """Refuses a view that Slack would refuse."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise broken("invalid_arguments", f"the view is not of type {kind}")
    if len(json.dumps(view)) > table.LARGEST_VIEW:
        raise broken("view_too_large", f"{len(json.dumps(view))} characters")
    reading = Reading(kind)
    reading.fields(view, f"type!:str {table.VIEWS[kind]}", "")
    reading.blocks(view.get("blocks"))
    has_inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in view.get("blocks") or ())
    if kind == "modal" and has_inputs and not view.get("submit"):
        reading.wrong.append("missing required field: submit (there are inputs)")
    if reading.wrong:
        raise broken("invalid_arguments", *reading.wrong)
    _warn(world, view, reading.unwise)


def check_options(reply: Any) -> list[Json]:
    """Gives the options an app offers for what somebody typed into an external select."""
    groups = reply.get("option_groups") if isinstance(reply, dict) else None
    options = reply.get("options") if isinstance(reply, dict) else None
    reading = Reading("modal")
    line = "option_groups:[group]/100 options:[option]/100"
    if isinstance(reply, dict):
        reading.fields({k: v for k, v in reply.items() if v}, line, "")
    if not isinstance(reply, dict) or reading.wrong or (groups is None and options is None):
        raise Refused("invalid_options", violation=f"{reading.wrong or reply!r}")
    inside = [option for group in groups or () for option in group["options"]]
    return [*(options or ()), *inside]
