"""The outbox: what may go goes once, in order, to where its address is now."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.messages import Address, Message, OpenRoom, RoomDeed, Tend, Unsure
from bot.model import DirectorsRoom, Partnership, Person
from bot.ports import Sent, earliest
from storage import StoreImplementation
from tests.storage.given import (
    DAY,
    HOUR,
    LANE,
    NOW,
    SPAN,
    ana,
    claimed,
    delivery,
    every,
    fence_of,
    keys,
    outbox,
    pair,
    save,
    send,
    spring,
    to_person,
)


NIGHT = ("Europe/Berlin",)


async def next_due(store: StoreImplementation) -> datetime | None:
    due = await store.next_due(timedelta(days=2))
    return earliest(due.look, due.delivery)


async def test_deciding_twice_sends_once(store: StoreImplementation) -> None:
    """A key that is there is left as it is."""
    await save(store, ana())
    await send(store, to_person(1, "a", body=Message("first")))
    await send(store, to_person(1, "a", body=Message("second")))

    assert [parcel.body for parcel in await claimed(store)] == [Message("first")]


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


async def test_replies_go_first_then_the_longest_due(store: StoreImplementation) -> None:
    """What is not due yet does not go."""
    await save(store, *(ana(number) for number in range(1, 6)))
    await send(
        store,
        to_person(1, "planned", zones=NIGHT, due_at=NOW - HOUR),
        to_person(2, "planned before", zones=NIGHT, due_at=NOW - 2 * HOUR),
        to_person(3, "reply", due_at=NOW),
        to_person(4, "reply before", due_at=NOW - timedelta(seconds=5)),
        to_person(5, "tomorrow", due_at=NOW + DAY),
    )

    assert keys(await claimed(store)) == ["reply before", "reply", "planned before", "planned"]


async def test_two_claims_never_overlap(store: StoreImplementation) -> None:
    """What is being sent is nobody else's."""
    await save(store, *(ana(number) for number in range(1, 8)))
    await send(store, *(to_person(number) for number in range(1, 8)))

    first, second, third = [keys(await claimed(store, limit=3)) for _ in range(3)]

    assert (first, second, third) == (["to/1", "to/2", "to/3"], ["to/4", "to/5", "to/6"], ["to/7"])


async def test_a_target_gets_one_at_a_time_in_order(store: StoreImplementation) -> None:
    """The next comes when the one before it has ended."""
    await save(store, ana())
    await send(store, *(to_person(1, str(number)) for number in range(3)))
    order: list[str] = []
    while parcels := await claimed(store):
        order += keys(parcels)
        assert await claimed(store) == []
        await store.sent([(parcel, Sent()) for parcel in parcels], NOW)

    assert order == ["0", "1", "2"]


async def test_a_chat_that_is_addressed_in_two_ways_gets_one_at_a_time(store: StoreImplementation) -> None:
    """A reply to the chat and a message to the person."""
    await save(store, ana())
    await send(store, delivery(Address(LANE, "chat", "701"), "reply"), to_person(1, "told"))

    first = await claimed(store)
    assert (keys(first), await claimed(store)) == (["reply"], [])
    await store.sent([(first[0], Sent())], NOW)
    assert keys(await claimed(store)) == ["told"]


async def test_what_was_put_back_is_not_overtaken(store: StoreImplementation) -> None:
    """Neither by what stands behind it, nor by what comes later; a reply does not wait for the morning."""
    await save(store, ana())
    await send(store, to_person(1, "first", zones=NIGHT), to_person(1, "second", zones=NIGHT))
    await store.later((await claimed(store))[0], NOW + HOUR, "night")
    await send(store, to_person(1, "third", zones=NIGHT))

    assert await claimed(store) == []
    assert await next_due(store) == NOW + HOUR
    await send(store, to_person(1, "reply"))
    assert keys(await claimed(store)) == ["reply"]


async def test_after_its_wait_the_line_goes_on_in_order(store: StoreImplementation) -> None:
    """With one more try on the first; waiting for the platform's pace counts as none."""
    await save(store, ana())
    await send(store, to_person(1, "first"), to_person(1, "second"))
    await store.later((await claimed(store))[0], NOW + HOUR, "NotSent")
    await store.later((await claimed(store, NOW + HOUR))[0], NOW + 2 * HOUR, "pace")

    parcel = (await claimed(store, NOW + 2 * HOUR))[0]
    assert (parcel.key, parcel.attempts) == ("first", 1)
    await store.sent([(parcel, Sent())], NOW + 2 * HOUR)
    assert keys(await claimed(store, NOW + 2 * HOUR)) == ["second"]


async def test_chats_that_must_wait_are_passed_over(store: StoreImplementation) -> None:
    """However they are addressed, and however many of theirs stand in front."""
    await save(store, ana(1), ana(2))
    await send(store, *(to_person(1, f"1/{number}") for number in range(60)), to_person(2, "other"))

    assert keys(await claimed(store, limit=1, without=["701"])) == ["other"]


async def test_many_for_one_chat_keep_nobody_waiting(store: StoreImplementation) -> None:
    """A hundred cases in the directors' room, and one reply to a participant."""
    await save(store, ana())
    to = Address(LANE, "directors", "-5")
    await send(store, *(delivery(to, f"case/{number}") for number in range(100)), to_person(1, "reply"))

    assert keys(await claimed(store, limit=2)) == ["case/0", "reply"]


async def test_too_late_is_given_up(store: StoreImplementation) -> None:
    """And said so; what comes behind it goes."""
    await save(store, ana())
    await send(store, to_person(1, "a", give_up_at=NOW + HOUR), to_person(1, "b"))

    assert keys(await claimed(store, NOW + HOUR)) == ["b"]
    row = (await outbox(store))["a"]
    assert (row["state"], row["why"], row["body"]) == ("given-up", "too late", None)


async def test_what_was_sent_keeps_key_target_and_ref_but_no_words(store: StoreImplementation) -> None:
    """Privacy: the outbox is no archive of what was said."""
    await save(store, ana())
    await send(store, to_person(1, "a"))
    await store.sent([((await claimed(store))[0], Sent("77"))], NOW + HOUR)

    row = (await outbox(store))["a"]
    assert (row["state"], row["target"], row["ref"], row["body"]) == ("sent", "person/1", "77", None)
    assert row["sent_at"] == NOW + HOUR
    assert row["sent_at"].tzinfo is not None


async def test_given_up_keeps_the_reason(store: StoreImplementation) -> None:
    await save(store, ana())
    await send(store, to_person(1, "a"))
    await store.given_up((await claimed(store))[0], "rejected: too long", NOW)

    row = (await outbox(store))["a"]
    assert (row["state"], row["why"], row["body"]) == ("given-up", "rejected: too long", None)


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


async def test_the_next_thing_due_is_the_earliest_of_all(store: StoreImplementation) -> None:
    """A look at a round or a partnership, a delivery; nothing when nothing waits."""
    assert await next_due(store) is None
    await save(store, spring(look_at=NOW + 3 * HOUR), ana(1), ana(2))
    assert await next_due(store) == NOW + 3 * HOUR
    await save(store, *pair(1, 1, 2, look_at=NOW + 2 * HOUR))
    assert await next_due(store) == NOW + 2 * HOUR
    await send(store, to_person(1, due_at=NOW + HOUR))
    assert await next_due(store) == NOW + HOUR
    await claimed(store, NOW + HOUR)
    assert await next_due(store) == NOW + 2 * HOUR


async def test_the_figures_of_health(store: StoreImplementation) -> None:
    """Rows by platform and state, the oldest unsent, who holds the lane, the last receipt."""
    await save(store, ana(1), ana(2))
    await send(store, to_person(1), to_person(2, due_at=NOW + HOUR))
    await claimed(store)

    assert await store.counts() == {
        "outbox.telegram.sending": 1,
        "outbox.telegram.queued": 1,
        "outbox.telegram.oldest": NOW,
        "lease.telegram.holder": "local",
        "lease.telegram.until": NOW + SPAN,
        "dead_letters": 0,
    }


async def test_a_lane_is_its_platforms_alone(store: StoreImplementation) -> None:
    """One token's limits are not another's."""
    await save(store, ana(1, platform="slack"))
    await send(store, delivery(Address("slack", "person", "1"), "a"))

    assert await store.claim(LANE, await fence_of(store), NOW, 10) == []
    fence = await store.lease("slack", "local", NOW, SPAN)
    assert fence
    assert keys(await store.claim("slack", fence, NOW, 10)) == ["a"]
