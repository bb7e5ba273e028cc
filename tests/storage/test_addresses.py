"""Addresses: a delivery finds its chat when it is sent, and who reads it there."""

from dataclasses import replace

import pytest

from bot.messages import Address, Message, OpenRoom, RoomDeed, Tend, Unsure
from bot.model import DirectorsRoom, Partnership, Person
from bot.ports import Sent
from storage import StoreImplementation
from tests.storage.given import (
    DAY,
    LANE,
    NOW,
    ana,
    claimed,
    delivery,
    every,
    keys,
    outbox,
    pair,
    save,
    send,
    spring,
    to_person,
)


NIGHT = ("Europe/Berlin",)


async def test_a_parcel_has_its_chat_and_who_reads_it(store: StoreImplementation) -> None:
    """Chat, language, zone, and the account that answers about it name."""
    await save(store, ana(language="pt", zone="America/Bahia"))
    made = to_person(1, give_up_at=NOW + DAY, zones=NIGHT, unsure=Unsure.HOLD)
    await send(store, made)

    parcel = (await claimed(store))[0]

    assert (parcel.key, parcel.to, parcel.body, parcel.due_at) == (made.key, made.to, made.body, NOW)
    assert (parcel.give_up_at, parcel.zones, parcel.unsure) == (NOW + DAY, NIGHT, Unsure.HOLD)
    assert (parcel.chat, parcel.language, parcel.zone) == ("701", "pt", "America/Bahia")
    assert (parcel.accounts, parcel.attempts) == ({1: "701"}, 0)


async def test_a_room_finds_its_chat_when_it_is_sent(store: StoreImplementation) -> None:
    """With the accounts of its members and of the people it mentions, and what its readers share."""
    people = [ana(1, language="pt"), ana(2, language="pt", zone="Asia/Tokyo"), ana(3)]
    await save(store, spring(), *people, *pair(1, 1, 2, chat="-100"))
    await send(store, delivery(Address(LANE, "room", "spring.1"), "a", body=Message("Hi [Ana](person:3)")))
    await save(store, *pair(1, 1, 2, chat="-200"))

    parcel = (await claimed(store))[0]

    assert (parcel.chat, parcel.language, parcel.zone) == ("-200", "pt", "")
    assert parcel.accounts == {1: "701", 2: "702", 3: "703"}


async def test_opening_a_room_needs_no_chat(store: StoreImplementation) -> None:
    """It brings the accounts of those who shall be in it; other deeds name their chat themselves."""
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2))
    body = OpenRoom("spring.1", (1, 2), "Ana and Ana")
    check = Tend(RoomDeed.CHECK, "-7", "spring.1")
    await send(
        store,
        delivery(Address(LANE, "room", "spring.1"), "a", body=body),
        delivery(Address(LANE, "chat", "-7"), "b", body=check),
    )

    parcels = await claimed(store)

    assert [(parcel.chat, parcel.body) for parcel in parcels] == [("", body), ("-7", check)]
    assert parcels[0].accounts == {1: "701", 2: "702"}


async def test_a_chat_or_the_directors_are_addressed_as_they_are(store: StoreImplementation) -> None:
    """A chat that is somebody's private one or a pair's room has its readers' language."""
    await save(store, spring(), ana(1, language="pt"), ana(2, language="pt"), *pair(1, 1, 2, chat="-100"))
    to = [Address(LANE, "chat", "701"), Address(LANE, "chat", "-100"), Address(LANE, "directors", "-5")]
    await send(store, *(delivery(each, str(each)) for each in to))

    found = [(parcel.chat, parcel.language, parcel.accounts) for parcel in await claimed(store)]

    assert found == [
        ("701", "pt", {1: "701"}),
        ("-100", "pt", {1: "701", 2: "702"}),
        ("-5", "en", {}),
    ]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (ana(reachable=False), "unreachable"),
        (ana(chat=""), "no private chat yet"),
        (ana(chat="", reachable=False, erased_at=NOW), "nobody is there"),
    ],
)
async def test_who_cannot_be_reached_is_given_up(
    store: StoreImplementation, person: Person, why: str
) -> None:
    """With the reason, without the words, and without keeping the others waiting."""
    await save(store, person, ana(2))
    await send(store, to_person(1, "a"), to_person(2, "b"))

    assert keys(await claimed(store, limit=1)) == ["b"]
    row = (await outbox(store))["a"]
    assert (row["state"], row["why"], row["body"]) == ("given-up", why, None)


async def test_a_message_to_a_room_that_is_not_there_is_given_up(store: StoreImplementation) -> None:
    """The room was lost, or the draft dropped, after it was decided."""
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2))
    await send(store, *(delivery(Address(LANE, "room", name), name) for name in ("spring.1", "spring.9")))

    assert await claimed(store) == []
    found = {key: row["why"] for key, row in (await outbox(store)).items()}
    assert found == {"spring.1": "no room", "spring.9": "no such partnership"}


async def test_a_moved_chat_is_moved_everywhere(store: StoreImplementation) -> None:
    """The parcel goes back, and everything that waits goes to the new chat."""
    room = Address(LANE, "room", "spring.1")
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2, chat="-100"), DirectorsRoom(LANE, "-5", NOW))
    await send(store, delivery(room, "a"), delivery(Address(LANE, "chat", "-100"), "b"))
    await store.moved((await claimed(store))[0], "-200")

    parcels = await claimed(store)
    assert [(parcel.key, parcel.chat, parcel.attempts) for parcel in parcels] == [("a", "-200", 0)]
    await store.sent([(parcels[0], Sent())], NOW)
    assert [(parcel.key, parcel.chat) for parcel in await claimed(store)] == [("b", "-200")]
    partnership = pair(1, 1, 2)[0]
    assert isinstance(partnership, Partnership)
    assert await every(store, Partnership) == [replace(partnership, chat="-200")]


async def test_a_moved_directors_room_stays_theirs(store: StoreImplementation) -> None:
    """Or nobody could command any more."""
    await save(store, DirectorsRoom(LANE, "-5", NOW))
    await send(store, *(delivery(Address(LANE, "directors", "-5"), key) for key in "ab"))
    await store.moved((await claimed(store))[0], "-6")

    assert [parcel.chat for parcel in await claimed(store)] == ["-6"]
    assert await every(store, DirectorsRoom) == [DirectorsRoom(LANE, "-6", NOW)]
