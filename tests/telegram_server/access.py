"""Which chats the bot can reach and what it may do there, with Telegram's refusals."""

from __future__ import annotations

from tests.telegram_server.accounts import Account
from tests.telegram_server.errors import Refused, bad_request, broken, forbidden, migrated
from tests.telegram_server.world import Chat, World


RIGHT_WORDS = {
    "can_invite_users": "not enough rights to manage chat invite link",
    "can_pin_messages": "not enough rights to manage pinned messages in the chat",
    "can_change_info": "not enough rights to change chat title",
    "can_restrict_members": "not enough rights to restrict/unrestrict chat member",
    "can_delete_messages": "message can't be deleted",
}


def visible(world: World, chat_id: int | str, *, moved: bool = True) -> Chat:
    """Gives a chat that the bot may read; `moved=False` still shows a group that became a supergroup."""
    chat = _find(world, chat_id)
    if chat.private:
        return chat
    bot = world.bot_in(chat)
    if world.bot.id not in chat.members:
        raise bad_request("chat not found")
    if chat.migrated_to and moved:
        raise migrated(chat.migrated_to)
    if chat.deleted:
        raise forbidden("the group chat was deleted")
    if bot.status == "kicked":
        raise forbidden(f"bot was kicked from the {_kind(chat)} chat")
    if not bot.inside:
        raise forbidden(f"bot is not a member of the {_kind(chat)} chat")
    return chat


def writable(world: World, chat_id: int | str) -> Chat:
    """Gives a chat that the bot may write to now."""
    chat = visible(world, chat_id)
    if chat.person:
        _check_person(world, chat.person)
    elif world.bot_in(chat).status == "restricted" and not world.bot_in(chat).may_write:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def group(world: World, chat_id: int | str) -> Chat:
    """Gives a group; refuses a private chat."""
    chat = visible(world, chat_id)
    if chat.private:
        raise broken("method is available only for groups, supergroups and channels")
    return chat


def governed(world: World, chat_id: int | str, right: str, words: str = "") -> Chat:
    """Gives a group in which the bot has this right."""
    chat = group(world, chat_id)
    if not world.bot_in(chat).can(right):
        raise bad_request(words or RIGHT_WORDS[right])
    return chat


def known_account(world: World, user_id: int) -> Account:
    """Gives an account the bot has met."""
    account = world.accounts.get(user_id)
    if account is None or not (account.known or account.is_bot):
        raise bad_request("user not found")
    return account


def _find(world: World, chat_id: int | str) -> Chat:
    if isinstance(chat_id, str):
        named = [c for c in world.chats.values() if c.username and f"@{c.username}" == chat_id]
        if not chat_id.startswith("@"):
            raise broken("chat_id must be an integer or @username")
        if not named:
            raise bad_request("chat not found")
        return named[0]
    chat = world.chats.get(chat_id)
    if chat is None or (chat.person and not chat.person.known):
        raise _not_found(chat_id)
    return chat


def _not_found(chat_id: int) -> Refused:
    return bad_request("chat not found") if chat_id else broken("chat_id is empty")


def _check_person(world: World, person: Account) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started and person.contactable_until < world.clock.now():
        raise forbidden("bot can't initiate conversation with a user")


def _kind(chat: Chat) -> str:
    return "group" if chat.kind == "group" else "supergroup"
