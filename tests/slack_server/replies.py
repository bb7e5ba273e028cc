"""What the app answers to a deed: at once in its acknowledgement, or later by the response_url."""

from __future__ import annotations

from typing import Any

from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Post
from tests.slack_server.checking import check_message, check_options, check_view
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.forms import with_ids
from tests.slack_server.posts import changed, removed, write
from tests.slack_server.viewing import close_top, push_view, replace
from tests.slack_server.world import Hook, Trigger, View, World


HOOK_LIVES, HOOK_USES = 30 * 60.0, 5
REPLY_KEYS = frozenset(
    {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts"}
    | {"metadata", "mrkdwn", "unfurl_links", "unfurl_media"}
)


def answer_command(world: World, chat: Chat, person: Account, reply: Any) -> None:
    """Shows what came back with the acknowledgement of a slash command."""
    if reply in (None, "", {}):
        return
    message = {"text": reply} if isinstance(reply, str) else reply
    try:
        _say(world, chat, person, message)
    except Refused as refused:
        world.complain("acknowledgement", message, refused.violation or refused.error)


def offered(world: World, reply: Any) -> list[Json]:
    """Gives the options the app offers for what somebody typed."""
    try:
        return check_options(reply)
    except Refused as refused:
        world.complain("block_suggestion", {"reply": reply}, refused.violation)
        return []


def use_hook(world: World, number: str, body: Json) -> None:
    """Carries out one post to a response_url."""
    hook = world.hooks.get(number)
    if hook is None:
        raise Refused("invalid_url", status=404, violation="no such response_url")
    if world.clock.now() - hook.at > HOOK_LIVES:
        raise Refused("expired_url", status=404)
    if hook.uses >= HOOK_USES:
        raise Refused("used_url", status=404, violation="a response_url is good for five answers")
    hook.uses += 1
    unknown = set(body) - REPLY_KEYS
    if unknown:
        raise broken("invalid_arguments", f"a response_url knows no {sorted(unknown)}")
    _answer(world, hook, body)


def _answer(world: World, hook: Hook, body: Json) -> None:
    post = hook.post
    if body.get("delete_original") and post:
        post.deleted, post.stamp = True, world.stamp()
        removed(world, post)
    elif body.get("replace_original") and post:
        check_message(world, body)
        before = post.json()
        post.text, post.blocks = str(body.get("text") or ""), with_ids(body.get("blocks") or [])
        post.edited, post.stamp = True, world.stamp()
        changed(world, post, before)
    else:
        _say(world, hook.chat, hook.person, body)


def _say(world: World, chat: Chat, person: Account, message: Json) -> Post:
    check_message(world, message)
    kind = message.get("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        raise broken("invalid_arguments", f"response_type {kind!r}")
    only_for = person if kind == "ephemeral" else None
    post = write(
        world,
        chat,
        chat.team.bot,
        str(message.get("text") or ""),
        blocks=message.get("blocks") or [],
        only_for=only_for,
        thread_ts=message.get("thread_ts"),
    )
    world.accepted[chat.id, post.words] += 1
    return post


def answer_submission(world: World, view: View, reply: Any) -> None:
    """Carries out the response_action of a submission; without one the modal closes."""
    if reply in (None, "", {}):
        close_top(world, view)
        return
    try:
        _act(world, view, reply)
    except Refused as refused:
        world.complain("view_submission", reply, refused.violation or refused.error)


def _act(world: World, view: View, reply: Any) -> None:
    action = reply.get("response_action") if isinstance(reply, dict) else None
    if action == "clear":
        close_top(world, view, everything=True)
    elif action == "errors":
        inputs = {b["block_id"] for b in view.raw["blocks"] if b["type"] == "input"}
        errors = reply.get("errors") or {}
        if not errors or not set(errors) <= inputs:
            raise broken(
                "invalid_errors", f"errors name input blocks: {sorted(inputs)}, not {sorted(errors)}"
            )
        view.errors = dict(errors)
    elif action in {"update", "push"}:
        check_view(world, reply.get("view"), "modal")
        if action == "update":
            replace(world, view, reply["view"])
        else:
            push_view(world, Trigger(view.person, view.team, world.clock.now()), reply["view"])
    else:
        raise broken("invalid_response_action", f"{reply!r:.200}")
