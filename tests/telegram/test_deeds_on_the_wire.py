"""What the bot does in a shared chat: it checks, invites, lets in, and leaves."""

import pytest

from adapters.telegram.chat import TelegramChat
from bot.events import Invited, Joined, Moved, RoomOpened
from bot.messages import (
    RoomDeed,
)
from bot.ports import (
    RetryLater,
)
from tests.telegram.given import NOW, deed, lost, refusal
from tests.telegram_server import Fault, Group, Person, TelegramServer


pytestmark = pytest.mark.wire


async def test_a_check_finds_the_rights_and_who_is_there(
    server: TelegramServer, chat: TelegramChat, ana: Person, group: Group
) -> None:
    ben, cho = server.user("Ben"), server.user("Cho")
    group.adds(ben)

    sent = await chat.send(deed(RoomDeed.CHECK, group, account=f"{ana.id},{ben.id},{cho.id}"))

    opened, joined = sent.events
    assert isinstance(opened, RoomOpened)
    assert (opened.about, opened.checked, opened.chat, opened.at) == ("spring.1", True, str(group.id), NOW)
    assert opened.sender is not None
    assert opened.sender.account == str(ana.id)
    assert isinstance(joined, Joined)
    assert joined.sender is not None
    assert joined.sender.account == str(ben.id)
    assert opened.id != joined.id


async def test_a_check_finds_what_is_missing(server: TelegramServer, chat: TelegramChat, ana: Person) -> None:
    without, bare, gone = (server.group(title, ana, kind="supergroup") for title in "abc")
    bare.adds_bot(ana, rights=())
    gone.adds_bot(ana)
    gone.removes_bot()

    found = [
        await lost(chat, deed(RoomDeed.CHECK, each, account=str(ana.id))) for each in (without, bare, gone)
    ]

    assert found == [["not-there"], ["rights"], ["not-there"]]


async def test_an_invitation_asks_everybody_who_uses_it(
    server: TelegramServer, chat: TelegramChat, group: Group
) -> None:
    sent = await chat.send(deed(RoomDeed.INVITE, group, account="5,6"))

    events = [event for event in sent.events if isinstance(event, Invited)]
    link = group.chat.links[-1]
    assert [(event.url, event.sender and event.sender.account) for event in events] == [
        (link.url, "5"),
        (link.url, "6"),
    ]
    assert link.asks
    assert len({event.id for event in events}) == 2


async def test_an_invitation_without_rights_is_told(chat: TelegramChat, group: Group) -> None:
    group.sets_bot_rights()
    assert await lost(chat, deed(RoomDeed.INVITE, group, account="5")) == ["rights"]

    group.removes_bot()
    assert await lost(chat, deed(RoomDeed.INVITE, group, account="5")) == ["removed"]


async def test_people_are_let_in_or_not(
    server: TelegramServer, chat: TelegramChat, ana: Person, group: Group
) -> None:
    ben, zoe = server.user("Ben"), server.user("Zoe")
    sent = await chat.send(deed(RoomDeed.INVITE, group, account=str(ben.id)))
    url = next(event.url for event in sent.events if isinstance(event, Invited))
    ben.opens(url)
    zoe.opens(url)

    assert (await chat.send(deed(RoomDeed.ADMIT, group, account=str(ben.id)))).events == ()
    assert (await chat.send(deed(RoomDeed.REFUSE, group, account=str(zoe.id)))).events == ()
    assert group.names == {"Ana", "Ben"}

    again = await chat.send(deed(RoomDeed.ADMIT, group, account=str(ben.id)))
    assert [type(event) for event in again.events] == [Joined]
    assert (await chat.send(deed(RoomDeed.ADMIT, group, account=str(zoe.id)))).events == ()
    assert (await chat.send(deed(RoomDeed.REFUSE, group, account=str(zoe.id)))).events == ()

    await chat.send(deed(RoomDeed.REVOKE, group, url=url))
    assert group.chat.links[-1].revoked
    assert (await chat.send(deed(RoomDeed.REVOKE, group, url="https://t.me/+nothing"))).events == ()


async def test_who_is_in_too_many_chats_cannot_come(
    server: TelegramServer, chat: TelegramChat, group: Group
) -> None:
    ben = server.user("Ben")
    sent = await chat.send(deed(RoomDeed.INVITE, group, account=str(ben.id)))
    ben.opens(next(event.url for event in sent.events if isinstance(event, Invited)))
    ben.account.in_too_many_chats = True

    assert await lost(chat, deed(RoomDeed.ADMIT, group, account=str(ben.id))) == ["full"]


async def test_letting_in_without_rights_is_told(
    server: TelegramServer, chat: TelegramChat, group: Group
) -> None:
    group.sets_bot_rights()

    assert await lost(chat, deed(RoomDeed.ADMIT, group, account=str(server.user("Ben").id))) == ["rights"]


async def test_the_bot_leaves_and_leaving_twice_is_no_error(chat: TelegramChat, group: Group) -> None:
    await chat.send(deed(RoomDeed.LEAVE, group))

    assert group.status() == "left"
    assert (await chat.send(deed(RoomDeed.LEAVE, group))).events == ()


async def test_a_deed_follows_a_group_that_moved(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    group = server.group("Ours", ana)
    group.adds_bot(ana)
    told = deed(RoomDeed.INVITE, group, account="5")
    old = str(group.id)
    group.migrates()

    moved, invited = (await chat.send(told)).events

    assert isinstance(moved, Moved)
    assert (moved.chat, moved.to) == (old, str(group.id))
    assert isinstance(invited, Invited)
    assert invited.chat == str(group.id)


async def test_a_deed_that_was_not_done_is_told_as_any_message(
    server: TelegramServer, chat: TelegramChat, group: Group
) -> None:
    server.fail_next("createChatInviteLink", Fault.TOO_MANY)

    assert type(await refusal(chat, deed(RoomDeed.INVITE, group, account="5"))) is RetryLater
