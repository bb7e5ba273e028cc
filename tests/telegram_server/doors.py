"""Links that a person opens: invite links, deep links to the bot, profiles."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

from tests.telegram_server.accounts import Account, Link
from tests.telegram_server.errors import Json
from tests.telegram_server.members import enter
from tests.telegram_server.posts import meet
from tests.telegram_server.world import Chat, World


FIVE_MINUTES = 300.0
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")

# https://core.telegram.org/api/links#group-channel-bot-links: what `admin=` may name.
LINK_RIGHTS = {
    "change_info": "can_change_info",
    "delete_messages": "can_delete_messages",
    "restrict_members": "can_restrict_members",
    "invite_users": "can_invite_users",
    "pin_messages": "can_pin_messages",
    "manage_topics": "can_manage_topics",
    "promote_members": "can_promote_members",
    "manage_video_chats": "can_manage_video_chats",
    "manage_chat": "can_manage_chat",
}


class LinkIsDead(Exception):
    """The client says that this invite link has expired."""


def parts(url: str) -> tuple[str, dict[str, str]]:
    """Gives the path and the parameters of a t.me link."""
    split = urlparse(url)
    assert split.scheme in {"https", "tg"}, f"not a Telegram link: {url}"
    return split.path.strip("/"), {k: v[0] for k, v in parse_qs(split.query, keep_blank_values=True).items()}


def payload_of(parameters: dict[str, str], name: str) -> str:
    """Gives the payload of a deep link; clients ignore one that breaks the rules, so it must keep them."""
    payload = parameters.get(name, "")
    assert PAYLOAD.fullmatch(payload), f"a deep link's payload is [A-Za-z0-9_-]{{0,64}}, not {payload!r}"
    return payload


def rights_of(parameters: dict[str, str]) -> set[str]:
    """Gives the rights that `admin=` asks for."""
    named = parameters.get("admin", "").replace("+", " ").split()
    unknown = set(named) - set(LINK_RIGHTS)
    assert not unknown, f"no client knows the rights {unknown}"
    return {LINK_RIGHTS[name] for name in named} | ({"can_manage_chat"} if named else set())


def find_link(world: World, url: str) -> tuple[Chat, Link] | None:
    """Gives the group and the invite link behind a URL."""
    for chat in world.chats.values():
        for link in chat.links:
            if link.url == url:
                return chat, link
    return None


def knock(world: World, person: Account, chat: Chat, link: Link) -> None:
    """Joins through an invite link, or asks to."""
    now = world.clock.now()
    limit = link.member_limit is not None and len(link.joined) >= link.member_limit
    dead = link.revoked or limit or (link.expires is not None and link.expires <= now)
    if dead or chat.deleted or chat.migrated_to or chat.member(person).status == "kicked":
        raise LinkIsDead(link.url)
    if chat.member(person).inside:
        return
    if not link.asks:
        enter(world, chat, person, by=person, link=link)
        return
    if person.id in link.asking:
        return
    link.asking.add(person.id)
    if not world.bot_in(chat).can("can_invite_users"):
        return
    meet(world, person)
    person.contactable_until = now + FIVE_MINUTES
    request: Json = {
        "chat": chat.json(),
        "from": person.json(),
        "user_chat_id": person.id,
        "date": world.clock.date(),
        "invite_link": link.json(world.bot),
    }
    world.updates.tell("chat_join_request", request, str(person.id))
