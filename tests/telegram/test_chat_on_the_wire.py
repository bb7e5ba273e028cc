"""Every body of a delivery, and every refusal of Telegram, with the real client library on the wire."""

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.clock import VirtualClock
from adapters.telegram.chat import TelegramChat
from adapters.telegram.check import Fact, facts
from adapters.telegram.menu import publish
from bot.events import Invited, Joined, Moved, RoomLost, RoomOpened
from bot.messages import (
    Address,
    Attachment,
    Body,
    Carry,
    Choice,
    Message,
    OpenRoom,
    RoomDeed,
    Settle,
    Tend,
)
from bot.ports import (
    CannotReach,
    ChatError,
    MovedTo,
    NotSent,
    Parcel,
    Rejected,
    RetryLater,
    Sent,
    Uncertain,
)
from tests.telegram.wired import PLAIN, program_of
from tests.telegram_server import Fault, Group, Limits, Person, TelegramServer


pytestmark = pytest.mark.wire
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def chat(server: TelegramServer) -> AsyncIterator[TelegramChat]:
    chat = chat_for(server)
    await chat.start()
    yield chat
    await chat.close()
    assert server.violations == []


def chat_for(server: TelegramServer, **options: Any) -> TelegramChat:
    url = f"http://127.0.0.1:{server.port}/"
    return TelegramChat(server.token, url, VirtualClock(NOW), httpx_options=PLAIN, **options)


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    ana = server.user("Ana")
    ana.say("/start")
    return ana


@pytest.fixture
def group(server: TelegramServer, ana: Person) -> Group:
    group = server.group("Ours", ana, kind="supergroup")
    group.adds_bot(ana)
    return group


def parcel(to: Person | Group, body: Body, **changes: Any) -> Parcel:
    address = Address("telegram", "chat", str(to.id))
    return replace(Parcel(1, "reply/telegram/u1", address, str(to.id), body, NOW, None), **changes)


async def refusal(chat: TelegramChat, told: Parcel) -> ChatError:
    with pytest.raises(ChatError) as caught:
        await chat.send(told)
    return caught.value


async def test_the_bot_knows_who_it_is(server: TelegramServer, chat: TelegramChat) -> None:
    assert (chat.me.id, chat.me.username) == (server.bot.id, "antipode_bot")
    with pytest.raises(RuntimeError):
        _ = chat_for(server).me


async def test_a_wrong_token_is_no_reason_to_lose_a_message(server: TelegramServer) -> None:
    chat = TelegramChat("1:wrong", f"http://127.0.0.1:{server.port}", VirtualClock(NOW), httpx_options=PLAIN)

    with pytest.raises(RetryLater):
        await chat.start()
    await chat.close()


async def test_a_message_arrives_with_its_markup_buttons_and_its_id(chat: TelegramChat, ana: Person) -> None:
    message = Message(
        "**Hello** [Ana](person:1) <3", ((Choice("Yes", "c:1"), Choice("Page", url="https://a.org")),)
    )

    sent = await chat.send(parcel(ana, message, accounts={1: str(ana.id)}))

    post = ana.last()
    assert (post.text, post.buttons, sent) == ("Hello Ana <3", ["Yes", "Page"], Sent(str(post.id)))
    assert [entity["type"] for entity in post.entities] == ["bold", "text_mention"]


async def test_files_and_pictures_arrive(chat: TelegramChat, ana: Person) -> None:
    picture = base64.b64encode(b"\x89PNG").decode()

    await chat.send(parcel(ana, Message("Call", attachment=Attachment("a.ics", "text/calendar", "BEGIN"))))
    await chat.send(
        parcel(ana, Message("See", attachment=Attachment("a.png", "image/png", picture, base64=True)))
    )

    assert ana.sees()[-2:] == ["Antipode: (document) Call", "Antipode: (photo) See"]


async def test_a_long_text_arrives_whole_and_in_order(chat: TelegramChat, ana: Person) -> None:
    text = "\n\n".join(f"{number}. " + "word " * 300 for number in range(8))

    await chat.send(parcel(ana, Message(text, ((Choice("Fine", "ok"),),))))

    words = " ".join(line.removeprefix("Antipode: ") for line in ana.sees() if line.startswith("Antipode"))
    assert words.removesuffix("[Fine]").split() == text.split()


async def test_a_long_text_that_was_interrupted_goes_on_where_it_was(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    told = parcel(ana, Message("\n\n".join(f"{number}. " + "word " * 700 for number in range(2))))
    server.limits = Limits(burst=1, per_chat=0.001)

    # The first piece goes through, then the platform asks to wait.
    error = await refusal(chat, told)
    server.limits = Limits(on=False)
    await chat.send(told)

    assert isinstance(error, RetryLater)
    texts = [line[:12] for line in ana.sees() if line.startswith("Antipode")]
    assert texts == ["Antipode: 0.", "Antipode: 1."]


async def test_flood_control_says_how_long_to_wait(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    server.limits = Limits(burst=1, per_chat=0.01)
    await chat.send(parcel(ana, Message("one")))

    error = await refusal(chat, parcel(ana, Message("two")))

    assert isinstance(error, RetryLater)
    assert timedelta(seconds=90) <= error.after <= timedelta(seconds=100)


@pytest.mark.parametrize(
    ("fault", "fact"),
    [
        (Fault.TOO_MANY, RetryLater),
        (Fault.SERVER_ERROR, Uncertain),
        (Fault.BAD_GATEWAY, Uncertain),
        (Fault.RESET_BEFORE, Uncertain),
        (Fault.RESET_AFTER, Uncertain),
        (Fault.GARBAGE_AFTER, Uncertain),
    ],
)
async def test_what_went_wrong_on_the_way_is_told_as_it_is(
    server: TelegramServer, chat: TelegramChat, ana: Person, fault: Fault, fact: type[ChatError]
) -> None:
    server.fail_next("sendMessage", fault)

    assert type(await refusal(chat, parcel(ana, Message("Hello")))) is fact


async def test_an_answer_that_never_comes_leaves_it_open(server: TelegramServer, ana: Person) -> None:
    chat = chat_for(server, read_timeout=0.2)
    await chat.start()
    server.fail_next("sendMessage", Fault.HANG_AFTER)

    error = await refusal(chat, parcel(ana, Message("Hello")))

    assert (type(error), server.times_told("Hello")) == (Uncertain, 1)
    await chat.close()


async def test_a_server_that_is_not_there_got_nothing(server: TelegramServer, ana: Person) -> None:
    chat = chat_for(server)
    await chat.start()
    await server.stop()

    assert type(await refusal(chat, parcel(ana, Message("Hello")))) is NotSent
    await chat.close()


async def test_people_who_cannot_be_reached_are_told_apart(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    ben, cho = server.user("Ben"), server.user("Cho")
    cho.say("/start")
    cho.deletes_account()
    ana.blocks_bot()

    errors = [await refusal(chat, parcel(person, Message("Hello"))) for person in (ana, ben, cho)]

    assert [(type(error), getattr(error, "why", "")) for error in errors] == [
        (CannotReach, "blocked"),
        (CannotReach, "not-found"),
        (CannotReach, "deactivated"),
    ]


async def test_rooms_that_cannot_be_reached_are_told_apart(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    groups = [server.group(title, ana, kind="supergroup") for title in ("kicked", "deleted", "silent")]
    for each in groups:
        each.adds_bot(ana)
    groups[0].removes_bot()
    groups[1].deletes()
    groups[2].silences_bot()

    errors = [await refusal(chat, parcel(each, Message("Hello"))) for each in groups]

    whys = [error.why for error in errors if isinstance(error, CannotReach)]
    assert whys == ["removed", "deleted", "muted"]


async def test_a_group_that_moved_says_where_to(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    group = server.group("Ours", ana)
    group.adds_bot(ana)
    told = parcel(group, Message("Hello"))
    group.migrates()

    error = await refusal(chat, told)

    assert isinstance(error, MovedTo)
    assert error.chat == str(group.id)


async def test_a_message_is_pinned_where_that_is_allowed(
    server: TelegramServer, chat: TelegramChat, ana: Person, group: Group
) -> None:
    bare = server.group("Bare", ana, kind="supergroup")
    bare.adds_bot(ana, rights=())

    await chat.send(parcel(group, Message("Welcome", pin=True)))
    await chat.send(parcel(bare, Message("Welcome", pin=True)))

    assert ([post.text for post in group.chat.pinned], bare.chat.pinned) == (["Welcome"], [])
    assert bare.sees()[-1] == "Antipode: Welcome"


async def test_settling_puts_what_was_chosen_in_place_of_the_buttons(chat: TelegramChat, ana: Person) -> None:
    sent = await chat.send(parcel(ana, Message("Choose", ((Choice("Yes", "c:1"), Choice("No", "c:2")),))))

    await chat.send(parcel(ana, Settle(sent.ref, "**Yes**")))
    assert ana.last().buttons == ["✓ Yes"]

    await chat.send(parcel(ana, Settle(sent.ref)))
    assert ana.last().buttons == []


async def test_settling_twice_or_something_gone_is_no_error(chat: TelegramChat, ana: Person) -> None:
    sent = await chat.send(parcel(ana, Message("Choose", ((Choice("Yes", "c:1"),),))))
    await chat.send(parcel(ana, Settle(sent.ref, "Yes")))

    assert await chat.send(parcel(ana, Settle(sent.ref, "Yes"))) == Sent(sent.ref)
    assert await chat.send(parcel(ana, Settle("99999", "Yes"))) == Sent("99999")


async def test_a_message_is_carried_with_its_writers_name(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    ben = server.user("Ben")
    ben.say("/start")
    post = ben.sends_photo("My library")

    await chat.send(parcel(ana, Carry(str(ben.id), str(post.id), "✉ Ben")))

    assert ana.sees()[-1] == "Antipode: (photo) My library [✉ Ben]"


async def test_a_message_taken_back_is_not_carried(
    chat: TelegramChat, ana: Person, server: TelegramServer
) -> None:
    ben = server.user("Ben")
    post = ben.say("Heron")
    ben.deletes(post)

    assert await chat.send(parcel(ana, Carry(str(ben.id), str(post.id), "✉ Ben"))) == Sent()


async def test_refusals_that_are_our_defect_are_told_so(
    chat: TelegramChat, ana: Person, server: TelegramServer
) -> None:
    opened = await refusal(chat, parcel(ana, OpenRoom("spring.1", (1, 2), "Ana and Ben")))
    button = await refusal(chat, parcel(ana, Message("x", ((Choice("Yes", "x" * 65),),))))

    assert [type(error) for error in (opened, button)] == [Rejected, Rejected]


# -- deeds in a shared chat


def deed(what: RoomDeed, group: Group, **values: str) -> Parcel:
    return parcel(group, Tend(what, str(group.id), "spring.1", **values), key=f"room/spring.1/{what}")


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


async def lost(chat: TelegramChat, told: Parcel) -> list[str]:
    return [event.why for event in (await chat.send(told)).events if isinstance(event, RoomLost)]


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


# -- menus and checks


async def test_menus_are_set_for_each_kind_of_chat(
    server: TelegramServer, chat: TelegramChat, group: Group
) -> None:
    await publish(chat, program_of("antipode_bot"), str(group.id))

    scopes = [call.params["scope"]["type"] for call in server.calls_of("setMyCommands")]
    counts = [len(call.params["commands"]) for call in server.calls_of("setMyCommands")]
    assert (scopes, counts) == (["all_private_chats", "all_group_chats", "chat"], [16, 5, 19])


async def test_a_menu_that_cannot_be_set_says_so(server: TelegramServer, chat: TelegramChat) -> None:
    server.fail_next("setMyCommands", Fault.TOO_MANY)

    with pytest.raises(RetryLater):
        await publish(chat, program_of("antipode_bot"))


async def test_the_check_finds_everything_in_order(chat: TelegramChat, group: Group) -> None:
    found = await facts(chat, str(group.id))

    assert found == [
        Fact("telegram token", ok=True, found="@antipode_bot"),
        Fact("telegram groups", ok=True, found="can be added to groups"),
        Fact("telegram privacy", ok=True, found="privacy mode is on"),
        Fact("telegram directors' room", ok=True, found="private, the bot is an administrator"),
    ]
    assert len(await facts(chat)) == 3


async def test_the_check_finds_what_is_wrong_with_the_directors_room(
    server: TelegramServer, chat: TelegramChat, ana: Person, group: Group
) -> None:
    public = server.group("Public", ana, kind="supergroup")
    public.adds_bot(ana)
    public.chat.username = "public_group"
    group.removes_bot(banned=False)

    rooms = [str(ana.id), str(public.id), str(group.id), "-1", "directors"]
    found = [(await facts(chat, room))[-1] for room in rooms]

    assert [fact.ok for fact in found] == [False] * 5
    assert [fact.found for fact in found[:2]] == [
        "it is a private chat; a private group is needed.",
        "it is a public group; a private one is needed.",
    ]


async def test_the_check_tells_a_wrong_token_from_a_silent_server(server: TelegramServer) -> None:
    clock = VirtualClock(NOW)
    wrong = TelegramChat("1:wrong", f"http://127.0.0.1:{server.port}", clock, httpx_options=PLAIN)
    silent = TelegramChat(server.token, "http://127.0.0.1:9", clock, httpx_options=PLAIN)

    names = [[(fact.name, fact.ok) for fact in await facts(each)] for each in (wrong, silent)]
    await wrong.close()
    await silent.close()

    assert names == [[("telegram token", False)], [("telegram", False)]]
