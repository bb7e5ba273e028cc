"""The stand-in for Telegram has groups: join requests, rights, privacy, the move to a supergroup."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.telegram_server import Group, LinkIsDead, Person, TelegramServer
from tests.telegram_server_tests.updates import kinds, news


pytestmark = pytest.mark.wire


async def test_a_join_request_waits_for_the_bot(
    server: TelegramServer, bot: Bot, ben: Person, room: Group
) -> None:
    link = await bot.create_chat_invite_link(room.id, name="p7", creates_join_request=True)
    stranger = server.user("Stranger")
    for person in (stranger, ben):
        person.opens(link.invite_link)
    requests = [u.chat_join_request for u in await news(bot) if u.chat_join_request]
    assert [(r.from_user.id, r.invite_link.name) for r in requests if r.invite_link] == [
        (stranger.id, "p7"),
        (ben.id, "p7"),
    ]

    await bot.send_message(stranger.id, "This room is for two.")
    await bot.decline_chat_join_request(room.id, stranger.id)
    await bot.approve_chat_join_request(room.id, ben.id)

    assert room.names == {"Ana", "Ben"}
    assert kinds(await news(bot)) == ["chat_member", "new_chat_members"]
    with pytest.raises(BadRequest, match=r"(?i)user_already_participant"):
        await bot.approve_chat_join_request(room.id, ben.id)
    with pytest.raises(BadRequest, match=r"(?i)hide_requester_missing"):
        await bot.approve_chat_join_request(room.id, stranger.id)
    with pytest.raises(Forbidden):
        await bot.send_message(stranger.id, "Sorry.")
    await bot.revoke_chat_invite_link(room.id, link.invite_link)
    with pytest.raises(LinkIsDead):
        stranger.opens(link.invite_link)
    assert server.violations == []


async def test_a_link_lets_in_as_many_as_it_says_until_it_expires(
    server: TelegramServer, bot: Bot, ben: Person, room: Group
) -> None:
    end = server.clock.date() + 60
    link = await bot.create_chat_invite_link(room.id, member_limit=1, expire_date=end)
    ben.opens(link.invite_link)
    with pytest.raises(LinkIsDead):
        server.user("Late").opens(link.invite_link)
    ben.leaves(room)
    server.clock.advance(61)
    with pytest.raises(LinkIsDead):
        ben.opens(link.invite_link)

    with pytest.raises(BadRequest, match=r"(?i)member limit can't be specified"):
        await bot.create_chat_invite_link(room.id, member_limit=1, creates_join_request=True)


async def test_a_group_that_becomes_a_supergroup_has_a_new_id(
    server: TelegramServer, bot: Bot, room: Group
) -> None:
    old = room.id
    link = await bot.create_chat_invite_link(old)
    await bot.send_message(old, "before")
    room.migrates()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "after")
    await bot.send_message(moved.value.new_chat_id, "after")
    told = await news(bot)

    assert kinds(told) == ["migrate_to_chat_id", "migrate_from_chat_id"]
    assert moved.value.new_chat_id == room.id < -1_000_000_000_000
    with pytest.raises(LinkIsDead):
        server.user("Late").opens(link.invite_link)
    assert (server.times_told("before", room), server.times_told("after", room)) == (1, 1)


async def test_a_bot_that_is_out_hears_why(server: TelegramServer, bot: Bot, ana: Person) -> None:
    words = {}
    for kind in ("group", "supergroup"):
        for deed in ("removes_bot", "deletes", "leave"):
            group = server.group(f"{kind} {deed}", ana, kind=kind)
            group.adds_bot(ana)
            await (bot.leave_chat(group.id) if deed == "leave" else _do(getattr(group, deed)))
            with pytest.raises(Forbidden) as refused:
                await bot.send_message(group.id, "x")
            words[kind, deed] = refused.value.message.removeprefix("Forbidden: ")

    assert words == {
        ("group", "removes_bot"): "bot was kicked from the group chat",
        ("group", "deletes"): "the group chat was deleted",
        ("group", "leave"): "bot is not a member of the group chat",
        ("supergroup", "removes_bot"): "bot was kicked from the supergroup chat",
        ("supergroup", "deletes"): "the group chat was deleted",
        ("supergroup", "leave"): "bot is not a member of the supergroup chat",
    }


async def _do(deed: object) -> None:
    assert callable(deed)
    deed()


async def test_without_its_rights_a_bot_is_refused(bot: Bot, room: Group) -> None:
    sent = await bot.send_message(room.id, "Welcome")
    await bot.pin_chat_message(room.id, sent.message_id)
    room.sets_bot_rights()
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(room.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage chat invite link"):
        await bot.create_chat_invite_link(room.id)
    room.silences_bot()
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages to the chat"):
        await bot.send_message(room.id, "x")

    changes = [u.my_chat_member.new_chat_member.status for u in await news(bot) if u.my_chat_member]
    assert changes == ["member", "restricted"]


async def test_privacy_mode_hides_what_people_say_to_each_other(bot: Bot, ana: Person, room: Group) -> None:
    room.say(ana, "seen by an administrator")
    room.sets_bot_rights()
    room.say(ana, "private talk")
    room.say(ana, "/help")
    room.say(ana, "/help@antipode_bot")
    room.say(ana, "/help@other_bot")
    sent = await bot.send_message(room.id, "Welcome")
    room.say(ana, "/prompt")
    post = ana.last(room)
    assert post.id == sent.message_id
    room.say(ana, "thanks", reply_to=post)

    texts = [u.message.text for u in await news(bot) if u.message and u.message.text]
    assert texts == ["seen by an administrator", "/help@antipode_bot", "/prompt", "thanks"]


async def test_an_anonymous_administrator_speaks_as_the_group(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    group = server.group("Directors", ana, kind="supergroup")
    group.adds_bot(ana)
    group.promotes(ana, anonymous=True)
    group.say(ana, "/claim@antipode_bot 1234")
    message = (await news(bot))[-1].message

    assert message
    assert message.from_user
    assert message.sender_chat
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, group.id)


async def test_changes_of_members_are_told_only_on_request(bot: Bot, ben: Person, room: Group) -> None:
    await bot.get_updates(allowed_updates=["message", "my_chat_member"])
    room.adds(ben)
    told = await bot.get_updates()
    assert kinds(list(told)) == ["new_chat_members"]
    await bot.get_updates(offset=told[-1].update_id + 1, allowed_updates=["chat_member"])
    ben.leaves(room)

    assert kinds(list(await bot.get_updates())) == ["chat_member"]
