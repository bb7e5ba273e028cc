"""chat.*: what the bot posts, changes and takes back."""

from __future__ import annotations

from tests.slack_server.chats import Chat, Post
from tests.slack_server.checking import check_message
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.forms import initial_values, with_ids
from tests.slack_server.posts import changed, removed, write
from tests.slack_server.teams import Install
from tests.slack_server.world import World


LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000


def target(world: World, install: Install, channel: str) -> Chat:
    """Gives the chat to post to; a person's id stands for their direct messages with the bot."""
    team = install.team
    if channel in team.accounts:
        person = team.accounts[channel]
        if person.deleted or person.is_bot or not person.visible:
            raise Refused("channel_not_found")
        _check_tab(world)
        return world.dm(team, person)
    chat = world.seen_by_bot(team, channel)
    if chat.archived:
        raise Refused("is_archived")
    if team.bot not in chat.members:
        raise Refused("not_in_channel")
    if chat.kind == "im":
        _check_tab(world)
    return chat


def _check_tab(world: World) -> None:
    if not world.manifest.has_messages:
        raise Refused("messages_tab_disabled", violation="the manifest has the messages tab off")


def post_message(world: World, install: Install, p: Json) -> Json:
    """Carries out chat.postMessage."""
    check_message(world, p)
    if len(shown(p)) > LONGEST_TEXT:
        world.complain("chat.postMessage", p, f"text beyond {LONGEST_TEXT} characters is cut off")
    chat = target(world, install, p["channel"])
    _check_thread(chat, p)
    post = write(
        world,
        chat,
        install.team.bot,
        shown(p)[:LONGEST_TEXT],
        blocks=p.get("blocks") or [],
        thread_ts=p.get("thread_ts"),
        metadata=p.get("metadata"),
    )
    count(world, post)
    return {"channel": chat.id, "ts": post.ts, "message": post.json()}


def shown(p: Json) -> str:
    """Gives the text of a message: plain, or the markdown_text that takes its place."""
    return str(p.get("text") or p.get("markdown_text") or "")


def count(world: World, post: Post) -> None:
    """Keeps that a message of the bot was accepted."""
    world.accepted[post.chat.id, post.words] += 1


def _check_thread(chat: Chat, p: Json) -> None:
    if p.get("thread_ts") and chat.find(p["thread_ts"]) is None:
        raise broken("cannot_reply_to_message", "thread_ts is no message of this chat")


def post_ephemeral(world: World, install: Install, p: Json) -> Json:
    """Carries out chat.postEphemeral."""
    check_message(world, p)
    chat = target(world, install, p["channel"])
    reader = install.team.accounts.get(p["user"])
    if reader is None or reader not in chat.members:
        raise Refused("user_not_in_channel")
    post = write(world, chat, install.team.bot, shown(p), blocks=p.get("blocks") or [], only_for=reader)
    count(world, post)
    return {"message_ts": post.ts}


def update(world: World, install: Install, p: Json) -> Json:
    """Carries out chat.update; an ephemeral message cannot be changed that way."""
    check_message(world, p, longest=LONGEST_UPDATE)
    chat = world.seen_by_bot(install.team, p["channel"])
    if chat.archived:
        raise Refused("is_archived")
    post = own_post(install, chat, p["ts"], "cant_update_message")
    before = post.json()
    post.text = shown(p) or post.text
    if post.blocks and "blocks" not in p:  # Slack's pages disagree on what becomes of the old ones
        world.complain("chat.update", p, "say blocks=[] to take the old blocks away: they may well stay")
    post.blocks = with_ids(p["blocks"]) if "blocks" in p else post.blocks
    post.values = initial_values(post.blocks)
    post.metadata = p.get("metadata") or post.metadata
    post.edited, post.stamp = True, world.stamp()
    changed(world, post, before)
    return {"channel": chat.id, "ts": post.ts, "text": post.text, "message": post.json()}


def own_post(install: Install, chat: Chat, ts: str, otherwise: str) -> Post:
    """Gives a message that the bot itself wrote."""
    post = chat.find(ts)
    if post is None:
        raise Refused("message_not_found")
    if post.author is not install.team.bot:
        raise broken(otherwise, "only its own messages can an app change")
    return post


def delete(world: World, install: Install, p: Json) -> Json:
    """Carries out chat.delete."""
    chat = world.seen_by_bot(install.team, p["channel"])
    post = own_post(install, chat, p["ts"], "cant_delete_message")
    post.deleted = True
    removed(world, post)
    return {"channel": chat.id, "ts": post.ts}


def permalink(world: World, install: Install, p: Json) -> Json:
    """Carries out chat.getPermalink."""
    chat = world.seen_by_bot(install.team, p["channel"])
    if chat.find(p["message_ts"]) is None:
        raise Refused("message_not_found")
    address = (
        f"https://{install.team.domain}.slack.com/archives/{chat.id}/p{p['message_ts'].replace('.', '')}"
    )
    return {"channel": chat.id, "permalink": address}
