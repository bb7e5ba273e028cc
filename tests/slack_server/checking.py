"""Checks a whole message: that it has words, `text` beside blocks, and blocks within every limit."""

from __future__ import annotations

from tests.slack_server.errors import Json, broken
from tests.slack_server.world import World


def check_message(world: World, p: Json, *, longest: int | None = None) -> None:
    """Refuses a message that Slack would refuse or that the project's rules forbid."""
    if not (p.get("text") or p.get("blocks") or p.get("attachments") or p.get("markdown_text")):
        raise broken("no_text", "a message needs text or blocks")
    if p.get("blocks") and not p.get("text"):
        world.complain("chat", p, "blocks without text: notifications and screen readers have nothing to say")
    if longest and len(str(p.get("text") or "")) > longest:
        raise broken("msg_too_long", f"text is longer than {longest}")


def check_view(world: World, view: Json, kind: str) -> None:
    """Refuses a view of the wrong type."""
    del world
    if not isinstance(view, dict) or view.get("type") != kind:
        raise broken("invalid_arguments", f"the view is not of type {kind}")
