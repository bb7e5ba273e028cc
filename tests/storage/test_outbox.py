"""The outbox: what may go goes once, in order, to where its address is now."""

from datetime import datetime, timedelta

import pytest

from bot.messages import Address, Message
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


async def test_answers_stand_in_the_order_of_what_they_answer(store: StoreImplementation) -> None:
    """Whatever second the platform gives to what was said, and though it tells none for a tap."""
    await save(store, ana())
    for key, due in (("reply/a", NOW), ("reply/b", NOW - timedelta(seconds=1)), ("reply/c", NOW)):
        await send(store, to_person(1, key, due_at=due))
    order: list[str] = []
    while parcels := await claimed(store):
        order += keys(parcels)
        await store.sent([(parcel, Sent()) for parcel in parcels], NOW)

    assert order == ["reply/a", "reply/b", "reply/c"]


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
    await store.given_up((await claimed(store))[0], "blocked", NOW)

    row = (await outbox(store))["a"]
    assert (row["state"], row["why"], row["body"]) == ("given-up", "blocked", None)


@pytest.mark.parametrize("why", ["rejected: too long", "unsure whether it arrived"])
async def test_what_an_operator_may_send_again_keeps_its_words_for_a_week(
    store: StoreImplementation, why: str
) -> None:
    await save(store, ana())
    await send(store, to_person(1, "a"))
    await store.given_up((await claimed(store))[0], why, NOW)
    kept = (await outbox(store))["a"]["body"]

    await store.tidy(NOW + 8 * DAY, 365 * DAY)

    assert kept == {"is": "message", "text": "Hello **a**"}
    assert (await outbox(store))["a"]["body"] is None


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
