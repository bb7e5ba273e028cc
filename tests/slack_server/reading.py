"""What the app reads back and marks: histories, threads, reactions, pins."""

from __future__ import annotations

from tests.slack_server.chats import Chat, Kind, Post
from tests.slack_server.conversations import need
from tests.slack_server.errors import Json, Refused
from tests.slack_server.teams import Install
from tests.slack_server.users import paged
from tests.slack_server.world import World


HISTORY_SCOPE: dict[Kind, str] = {
    "im": "im:history",
    "mpim": "mpim:history",
    "private": "groups:history",
    "public": "channels:history",
}


def _chat(world: World, install: Install, p: Json) -> Chat:
    chat = world.seen_by_bot(install.team, p["channel"])
    need(install, HISTORY_SCOPE[chat.kind])
    if install.team.bot not in chat.members:
        raise Refused("not_in_channel")
    return chat


def history(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.history: top-level messages, newest first, no ephemeral ones."""
    chat = _chat(world, install, p)
    shown = [post for post in reversed(chat.posts) if _is_shown(post) and post.thread_ts in {None, post.ts}]
    return _page(shown, p)


def replies(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.replies: a message and what was said below it."""
    chat = _chat(world, install, p)
    if chat.find(p["ts"]) is None:
        raise Refused("thread_not_found")
    return _page([post for post in chat.posts if _is_shown(post) and p["ts"] in {post.ts, post.thread_ts}], p)


def _is_shown(post: Post) -> bool:
    return not post.deleted and post.only_for is None


def _page(posts: list[Post], p: Json) -> Json:
    page, more = paged([post for post in posts if _is_within(post, p)], p, most=999)
    has_more = bool(more["response_metadata"]["next_cursor"])
    messages = [post.json(metadata=p.get("include_all_metadata", False)) for post in page]
    return {"messages": messages, "has_more": has_more, "pin_count": 0} | more


def _is_within(post: Post, p: Json) -> bool:
    since, until = float(p.get("oldest") or 0), float(p.get("latest") or 10**11)
    at_the_edge = p.get("inclusive", False) and float(post.ts) in {since, until}
    return since < float(post.ts) < until or at_the_edge


def _post(world: World, install: Install, p: Json) -> Post:
    post = world.seen_by_bot(install.team, p.get("channel")).find(str(p.get("timestamp")))
    if post is None:
        raise Refused("message_not_found")
    return post


def react(world: World, install: Install, p: Json) -> Json:
    """Carries out reactions.add."""
    post, mark = _post(world, install, p), (install.team.bot.id, p["name"])
    if mark in post.reactions:
        raise Refused("already_reacted")
    post.reactions.append(mark)
    return {}


def unreact(world: World, install: Install, p: Json) -> Json:
    """Carries out reactions.remove."""
    post, mark = _post(world, install, p), (install.team.bot.id, p["name"])
    if mark not in post.reactions:
        raise Refused("no_reaction")
    post.reactions.remove(mark)
    return {}


def pin(world: World, install: Install, p: Json) -> Json:
    """Carries out pins.add."""
    post = _post(world, install, p)
    if post.pinned:
        raise Refused("already_pinned")
    post.pinned = True
    return {}
