"""Every body of a delivery arrives: words, files, pins, choices and carried messages."""

import base64

import pytest

from adapters.telegram.chat import TelegramChat
from bot.messages import (
    Attachment,
    Carry,
    Choice,
    Message,
    Settle,
)
from bot.ports import (
    NotSent,
    RetryLater,
    Sent,
)
from tests.lease import Lease
from tests.telegram.given import parcel, refusal
from tests.telegram_server import Group, Limits, Person, TelegramServer


pytestmark = pytest.mark.wire

#: Before the head of a call, and before its body.
QUESTIONS = 2


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


async def test_a_long_text_whose_lease_ends_goes_no_further(chat: TelegramChat, ana: Person) -> None:
    text = "\n\n".join(f"{number}. " + "word " * 300 for number in range(8))

    error = await refusal(chat, parcel(ana, Message(text), ours=Lease(QUESTIONS)))

    assert type(error) is NotSent
    assert sum(line.startswith("Antipode: ") for line in ana.sees()) == 1


@pytest.mark.parametrize("questions", range(QUESTIONS))
async def test_nothing_leaves_when_the_lease_ends_before_the_words_do(
    chat: TelegramChat, ana: Person, questions: int
) -> None:
    """A process that is stopped while a connection is made wakes late: another has sent the message."""
    error = await refusal(chat, parcel(ana, Message("Late"), ours=Lease(questions)))
    await chat.send(parcel(ana, Message("In time"), ours=Lease(QUESTIONS)))

    assert type(error) is NotSent
    assert ana.sees()[-1:] == ["Antipode: In time"]
    assert not any("Late" in line for line in ana.sees())


@pytest.mark.parametrize("deed", [Settle("1"), Carry("7", "1", "Ana")], ids=["settle", "carry"])
async def test_nothing_else_is_done_either_when_the_lease_is_over(
    server: TelegramServer, chat: TelegramChat, ana: Person, deed: Settle | Carry
) -> None:
    error = await refusal(chat, parcel(ana, deed, ours=Lease(0)))

    assert type(error) is NotSent
    assert not any(call.method.startswith(("edit", "copy")) for call in server.calls)


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
