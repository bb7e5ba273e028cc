"""Another bot account on the same database: its messages are numbered anew."""

from bot.model import Dialogue
from bot.ports import Sent
from storage import StoreImplementation
from storage.speaking import speaks_as
from tests.storage.given import NOW, ana, claimed, every, outbox, save, send, to_person


async def known(store: StoreImplementation) -> list[tuple[float, str]]:
    """Give what the dialogues know of messages' numbers."""
    return [(dialogue.heard, dialogue.asked) for dialogue in await every(store, Dialogue)]


async def asked(store: StoreImplementation) -> None:
    """Let Ana on Telegram and Ben on Slack be in the middle of a question."""
    await save(store, ana(1), ana(2, platform="slack"))
    for person in (1, 2):
        await save(
            store, Dialogue(person, "application", "name", touched_at=NOW, heard=5000.0, asked="reply/1")
        )


async def test_the_first_start_changes_nothing(store: StoreImplementation) -> None:
    await asked(store)

    await speaks_as(store.database, "telegram", "111", NOW)

    assert await known(store) == [(5000.0, "reply/1"), (5000.0, "reply/1")]


async def test_the_same_account_may_start_again(store: StoreImplementation) -> None:
    await asked(store)
    for _ in range(2):
        await speaks_as(store.database, "telegram", "111", NOW)

    assert await known(store) == [(5000.0, "reply/1"), (5000.0, "reply/1")]


async def test_with_another_account_numbers_begin_anew_on_its_platform(store: StoreImplementation) -> None:
    await asked(store)
    await speaks_as(store.database, "slack", "B1", NOW)
    await speaks_as(store.database, "telegram", "111", NOW)

    await speaks_as(store.database, "telegram", "222", NOW)

    assert await known(store) == [(0.0, ""), (5000.0, "reply/1")]


async def test_what_the_first_account_sent_is_nowhere_in_the_chats_of_the_second(
    store: StoreImplementation,
) -> None:
    """A question that lies under another is remembered by its delivery."""
    await speaks_as(store.database, "telegram", "111", NOW)
    await send(store, to_person(1, "reply/1"))
    await save(store, ana(1))
    await store.sent([(parcel, Sent("5000")) for parcel in await claimed(store)], NOW)

    await speaks_as(store.database, "telegram", "222", NOW)

    assert (await outbox(store))["reply/1"]["ref"] == ""


async def test_so_they_do_when_the_first_account_comes_back(store: StoreImplementation) -> None:
    await speaks_as(store.database, "telegram", "111", NOW)
    await speaks_as(store.database, "telegram", "222", NOW)
    await asked(store)

    await speaks_as(store.database, "telegram", "111", NOW)

    assert await known(store) == [(0.0, ""), (5000.0, "reply/1")]
