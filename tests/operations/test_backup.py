"""A backup that is five days old is put back: nothing is sent twice, what is too late is dropped."""

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.model import (
    Application,
    ApplicationState,
    Membership,
    Partnership,
    PartnershipState,
    Person,
    Record,
    RoomKind,
    RoomStep,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from storage import StoreImplementation, open_store
from storage.mending import mark_restored
from tests.core.running import NOW, Running, said
from tests.storage.given import in_new_loop, outbox


DAY = timedelta(days=1)
#: Backups are made on these days of the round: before and after prompts, check-ins, reminders, silence.
BACKUPS = (6, 9, 12, 19, 26)


def spring() -> tuple[Record, ...]:
    """Give a running round with two pairs that never answer anything."""
    records: list[Record] = [Round("spring", "Spring", RoundState.RUNNING, started_at=NOW, look_at=NOW)]
    for number in (1, 2, 3, 4):
        account = f"p{number}"
        zone = "Europe/Berlin"
        records.append(
            Person(number, "playground", account, chat=account, name="Ana", zone=zone, country="DE")
        )
        records.append(Application("spring", number, ApplicationState.PLACED, {}, NOW, "DE"))
    for number, pair in enumerate(((1, 2), (3, 4)), 1):
        name = f"spring.{number}"
        there = {"room": RoomKind.GROUP, "chat": f"g{number}", "step": RoomStep.OPEN, "look_at": NOW}
        running = PartnershipState.RUNNING
        records.append(
            Partnership(name, "spring", number, "playground", pair, running, pair[0], **there)  # type: ignore[arg-type]
        )
        records.extend(Membership(name, person, "spring") for person in pair)
    return tuple(records)


async def lived(store: StoreImplementation, since: datetime, until: datetime) -> list[str]:
    """Let the bot run from one moment to another; give the keys of what it sent."""
    running = Running(store)
    running.clock.move(since)
    while running.clock.now() < until:
        while await running.bot.tick():
            pass
        await running.deliver()
        running.clock.move(running.clock.now() + timedelta(hours=1))
    return [parcel.key for parcel in running.chat.parcels]


async def opened(file: Path) -> StoreImplementation:
    store = open_store(f"sqlite:///{file}")
    await store.migrate()
    return store


async def with_backups(folder: Path, days: Sequence[int]) -> dict[int, list[str]]:
    """Run a round with a backup on each of the days; give what was sent in the five days after each."""
    store = await opened(folder / "antipode.db")
    async with store.unit() as unit:
        await unit.save(Outcome(spring()), NOW)
    sent: dict[int, list[str]] = {}
    for day in range(max(days) + 5):
        if day in days:
            with sqlite3.connect(folder / "antipode.db") as source:
                source.execute("VACUUM INTO ?", (str(folder / f"{day}.db"),))
            source.close()
        keys = await lived(store, NOW + day * DAY, NOW + (day + 1) * DAY)
        for of in days:
            if of <= day < of + 5:
                sent.setdefault(of, []).extend(keys)
    await store.close()
    return sent


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, list[str]]]:
    """The folder with the backups, and what was sent after each: lived through once."""
    folder = tmp_path_factory.mktemp("backups")
    found: dict[int, list[str]] = {}

    async def live() -> None:
        found.update(await with_backups(folder, BACKUPS))

    in_new_loop(live())
    return folder, found


@pytest.fixture
def sent(tmp_path: Path, lost: tuple[Path, dict[int, list[str]]]) -> dict[int, list[str]]:
    """What was sent after each backup; the backups are in the folder of the test."""
    folder, found = lost
    for day in BACKUPS:
        shutil.copy(folder / f"{day}.db", tmp_path)
    return found


async def test_after_restored_nothing_that_was_sent_is_sent_again(
    tmp_path: Path, sent: dict[int, list[str]]
) -> None:
    for day in BACKUPS:
        lost = NOW + (day + 5) * DAY
        store = await opened(tmp_path / f"{day}.db")
        async with store.database.writing() as connection:
            await mark_restored(connection, lost, lost)

        again = await lived(store, lost, lost + DAY)

        await store.close()
        assert (day, set(again) & set(sent[day])) == (day, set())
        assert sent[day]


async def test_what_comes_after_the_restore_comes_as_ever(tmp_path: Path, sent: dict[int, list[str]]) -> None:
    store = await opened(tmp_path / "6.db")
    lost = NOW + 11 * DAY
    async with store.database.writing() as connection:
        await mark_restored(connection, lost, lost)

    after = await lived(store, lost, lost + 4 * DAY)
    running = Running(store)
    running.clock.move(lost + 4 * DAY)
    await running.hear(replace(said("/help", 1, "p1"), at=running.clock.now()))

    await store.close()
    assert "prompt/spring.1/3" in after
    assert len(running.said) == 1


async def test_without_the_command_only_what_still_makes_sense_is_sent(
    tmp_path: Path, sent: dict[int, list[str]]
) -> None:
    """Last week's prompts and check-ins are not sent again in any case: it is too late, and that is said."""
    store = await opened(tmp_path / "9.db")
    lost = NOW + 14 * DAY + timedelta(hours=9)

    again = await lived(store, lost, lost + timedelta(hours=1))
    reasons = {key: row["why"] for key, row in (await outbox(store)).items() if row["state"] == "given-up"}

    await store.close()
    check_ins = {key for key in sent[9] if key.startswith("check-in/")}
    assert len(check_ins) == 4
    assert set(again) & check_ins == set()
    assert {reasons[key] for key in check_ins} == {"too late"}
    assert {key.split("/")[0] for key in again} <= {"prompt", "reminder"}


async def test_what_waited_in_the_backup_is_dropped_with_the_reason(
    tmp_path: Path, sent: dict[int, list[str]]
) -> None:
    store = await opened(tmp_path / "9.db")
    running = Running(store)
    running.clock.move(NOW + 9 * DAY)
    await running.bot.handle([said("/help", 1, "p1")])
    lost = NOW + 9 * DAY + timedelta(hours=1)
    async with store.database.writing() as connection:
        assert await mark_restored(connection, lost, lost) >= 1

    again = await lived(store, lost, lost + timedelta(hours=1))

    reasons = {row["why"] for row in (await outbox(store)).values() if row["state"] == "given-up"}
    await store.close()
    assert (again, reasons) == ([], {"before the restore"})
