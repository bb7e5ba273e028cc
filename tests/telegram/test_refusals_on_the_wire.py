"""Every refusal of Telegram, and every way to get no answer, is told as what it means."""

from datetime import timedelta

import pytest

from adapters.clock import VirtualClock
from adapters.telegram.chat import TelegramChat
from bot.messages import (
    Choice,
    Message,
    OpenRoom,
)
from bot.ports import (
    CannotReach,
    ChatError,
    MovedTo,
    NotSent,
    Rejected,
    RetryLater,
    Uncertain,
)
from tests.telegram.given import NOW, chat_for, parcel, refusal
from tests.telegram_server import Fault, Limits, Person, TelegramServer


pytestmark = pytest.mark.wire


async def test_a_wrong_token_is_no_reason_to_lose_a_message(server: TelegramServer) -> None:
    chat = TelegramChat("1:wrong", f"http://127.0.0.1:{server.port}", VirtualClock(NOW))

    with pytest.raises(RetryLater):
        await chat.start()
    await chat.close()


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


async def test_refusals_that_are_our_defect_are_told_so(
    chat: TelegramChat, ana: Person, server: TelegramServer
) -> None:
    opened = await refusal(chat, parcel(ana, OpenRoom("spring.1", (1, 2), "Ana and Ben")))
    button = await refusal(chat, parcel(ana, Message("x", ((Choice("Yes", "x" * 65),),))))

    assert [type(error) for error in (opened, button)] == [Rejected, Rejected]
