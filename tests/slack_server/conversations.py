"""conversations.*: direct messages, group direct messages with their identity, and who is in a chat."""

from __future__ import annotations

from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Kind
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.posts import left
from tests.slack_server.teams import Install
from tests.slack_server.users import paged
from tests.slack_server.world import World


MOST_PEOPLE = 8
WRITE_SCOPES: dict[Kind, tuple[str, ...]] = {
    "im": ("im:write",),
    "mpim": ("mpim:write",),
    "private": ("groups:write",),
    "public": ("channels:manage", "channels:write"),
}


def need(install: Install, *scopes: str) -> None:
    """Refuses a call whose token has none of these scopes."""
    if not install.scopes & set(scopes):
        needed, provided = ",".join(scopes), ",".join(sorted(install.scopes))
        words = f"missing_scope: needs {needed}"
        raise Refused("missing_scope", violation=words, needed=needed, provided=provided)


def looked_at(world: World, install: Install, channel: str) -> Chat:
    """Gives a chat the bot sees and has the scope to read about."""
    chat = world.seen_by_bot(install.team, channel)
    need(install, chat.read_scope)
    return chat


def open_chat(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.open: the same people always get the same chat, whatever their order."""
    if p.get("channel"):
        chat = world.seen_by_bot(install.team, p["channel"])
        if chat.kind not in {"im", "mpim"}:
            raise broken("method_not_supported_for_channel_type", "conversations.open is for DMs")
        return _opened(install, chat, p, already=True)
    people = _people(install, p.get("users"))
    existing = find_chat(world, install, people)
    if existing is None and p.get("prevent_creation"):
        raise Refused("channel_not_found")
    chat = existing or _new(world, install, people)
    return _opened(install, chat, p, already=existing is not None)


def _opened(install: Install, chat: Chat, p: Json, *, already: bool) -> Json:
    shown = chat.json(install.team.bot) if p.get("return_im") or chat.kind == "mpim" else {"id": chat.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if already else {})


def _people(install: Install, users: list[str] | None) -> list[Account]:
    team = install.team
    if users is None:
        raise broken("users_list_not_supplied", "neither users nor channel was given")
    if not users:
        raise broken("not_enough_users", "the list of users is empty")
    wanted = list(dict.fromkeys(users))
    if len(wanted) > MOST_PEOPLE:
        raise broken("too_many_users", f"{len(wanted)} people")
    if team.bot.id in wanted:
        raise broken("cannot_dm_bot", "the caller is never in the list")
    need(install, "im:write" if len(wanted) == 1 else "mpim:write")
    people = [_reachable(team.accounts.get(user)) for user in wanted]
    if len(people) > 1 and any(p.stranger for p in people):
        raise Refused("invalid_user_combination")
    return people


def _reachable(account: Account | None) -> Account:
    """Gives somebody one can open a chat with; the error never says who of several it was."""
    if account is None:
        raise Refused("user_not_found")
    if account.is_bot:
        raise Refused("cannot_dm_bot")
    if account.deleted:
        raise Refused("user_disabled")
    if not account.visible:
        raise Refused("user_not_visible")
    return account


def find_chat(world: World, install: Install, people: list[Account]) -> Chat | None:
    """Gives the direct chat of exactly these people and the bot."""
    if len(people) == 1:
        return world.dms.get((install.team.id, people[0].id))
    return world.mpims.get((install.team.id, frozenset(account.id for account in people)))


def _new(world: World, install: Install, people: list[Account]) -> Chat:
    team = install.team
    if len(people) == 1:
        return world.dm(team, people[0])
    name = "--".join(account.handle for account in people)
    chat = Chat(
        world.new_id("C"), team, "mpim", [*people, team.bot], name=f"mpdm-{name}--{team.bot.handle}-1"
    )
    chat.creator, chat.created = team.bot.id, world.clock.date()
    world.mpims[team.id, frozenset(account.id for account in people)] = chat
    return world.add(chat)


def info(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.info."""
    chat = looked_at(world, install, p["channel"])
    shown = chat.json(install.team.bot)
    if p.get("include_num_members"):
        shown["num_members"] = len(chat.members)
    return {"channel": shown}


def members(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.members."""
    chat = looked_at(world, install, p["channel"])
    page, more = paged([account.id for account in chat.members], p, most=1000)
    return {"members": list(page)} | more


def close(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.close: it only hides a DM from the list."""
    chat = world.seen_by_bot(install.team, p["channel"])
    if chat.kind not in {"im", "mpim"}:
        raise broken("method_not_supported_for_channel_type", "conversations.close is for DMs")
    need(install, *WRITE_SCOPES[chat.kind])
    return {}


def leave(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.leave."""
    chat = world.seen_by_bot(install.team, p["channel"])
    if chat.kind in {"im", "mpim"}:
        raise broken("method_not_supported_for_channel_type", "one cannot leave a DM")
    need(install, *WRITE_SCOPES[chat.kind])
    if install.team.bot not in chat.members:
        return {"not_in_channel": True}
    left(world, chat, install.team.bot)
    return {}
