"""Nobody gets in: each attack on a running round is refused, changes nothing, and is answered at most once.

Unsigned and repeated webhooks are in tests/wire and tests/slack, formulas in tests/commands, what Slack and
Telegram would read as their own signs in tests/slack and tests/telegram.
"""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.commands import COMMANDS
from bot.events import Event, Said, Sender, Tapped
from bot.markup import parse
from bot.messages import Message
from bot.rehearsal.direction import CHAT
from storage import StoreImplementation, open_store, tables
from storage.tables import metadata
from tests.properties.world import World


pytestmark = pytest.mark.asyncio(loop_scope="module")

#: What every event leaves: that it came, that it was answered, when somebody was last seen.
TRACES = {"inbox", "outbox", "lease", "dialogue"}
#: The tests share one world, in any order: an event must not look like one that came before.
NUMBERS = count(1)
EVIL = "evil.example"
NAME = f"[Ana](person:999) **x** <!channel> @all https://{EVIL}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A round in its second week, with eight people in it; attacks leave it as it is."""
    folder = tmp_path_factory.mktemp("attacks")
    store = open_store(f"sqlite:///{folder}/attacks.db", durable=False)
    try:
        yield await running(store)
    finally:
        await store.close()


async def running(store: StoreImplementation) -> World:
    await store.migrate()
    world = World(store, people=8, seed=5)
    await world.opens(weeks=6)
    for account in (*world.company.actors, "eve"):
        await world.says(account, "/start")
    await world.days(10)
    for line in ("round close", "pairs", "round start", "yes"):
        await world.types(line)
    await world.days(12)
    world.company.by_hand |= set(world.company.actors)
    return world


async def everything(world: World) -> dict[str, list[Any]]:
    """Give what is known, without the traces that every event leaves."""
    async with world.store.database.reading() as connection:
        return {
            table.name: [
                tuple(value for name, value in row._mapping.items() if name != "seen_at")
                for row in await connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in TRACES
        }


async def attacked(world: World, event: Event) -> tuple[dict[str, list[Any]], list[str]]:
    """Let it happen; give the tables that changed, and where was written."""
    before, heard = await everything(world), len(world.parcels)
    await world.stage.act(event)
    after = await everything(world)
    changed = {name: rows for name, rows in after.items() if rows != before[name]}
    new = [parcel for parcel in world.parcels[heard:] if isinstance(parcel.body, Message)]
    return changed, [parcel.chat for parcel in new]


def said(world: World, text: str, *, account: str, chat: str = "", anonymous: bool = False) -> Said:
    who = Sender(account, account, language="en", anonymous=anonymous)
    private = not chat
    return Said(
        id=f"attack/{next(NUMBERS)}", platform="playground", at=world.clock.now(), chat=chat or account,
        private=private, sender=who, text=text,
    )  # fmt: skip


async def test_no_command_of_the_directors_works_for_anybody_else(world: World) -> None:
    member = next(iter(world.company.actors))
    async with world.store.database.reading() as connection:
        (room,) = (await connection.execute(select(tables.partnership.c.chat).limit(1))).one()
    usages = [command.usage.split(" [")[0] for command in COMMANDS.values()]
    lines = [usage.replace(" N", " 1").replace(" ID", " 1") for usage in usages]
    for line in (*lines, "yes", "claim", "claim c0de"):
        for account in ("eve", member):
            event = said(world, f"/{line}", account=account)
            changed, written = await attacked(world, event)
            assert (line, changed, written) == (line, {}, [account])
        for chat in (room, "some-group"):
            changed, written = await attacked(world, said(world, f"/{line}", account=member, chat=chat))
            assert (line, changed, set(written) - {chat, member}) == (line, {}, set())


async def test_a_hidden_administrator_commands_nothing(world: World) -> None:
    for line in ("round end", "yes", "person 1 remove", "broadcast all hello"):
        event = said(world, line, account="anonymous", chat=CHAT, anonymous=True)
        changed, _ = await attacked(world, event)
        assert (line, changed) == (line, {})


async def test_a_button_of_somebody_else_has_no_authority(world: World) -> None:
    """Every button that ever reached anybody, tapped by a stranger and by another participant."""
    first, *others = world.company.actors
    values = {choice.value: chat for chat, choice in world.buttons}
    taken = [(value, chat) for value, chat in values.items() if value[:2] in {"c:", "l:", "k:", "r:", "d:"}]
    assert {value[:2] for value, _ in taken} >= {"c:", "d:"}
    number = 0
    for value, owner in taken:
        thief = others[-1] if owner == first else first
        for account in ("eve", thief):
            if "/".join(sorted((owner, account))) in partners(world) or owner == account:
                continue
            number += 1
            event = Tapped(
                id=f"steal/{number}", platform="playground", at=world.clock.now(), chat=account,
                sender=Sender(account, account), value=value, ref="1",
            )  # fmt: skip
            changed, written = await attacked(world, event)
            assert (value, account, changed, set(written)) == (value, account, {}, {account})


@pytest.mark.parametrize(
    "value",
    [
        "c:spring.1:1:met", "c:spring.1:999:met", "c::::", "l:spring.1:1:another", "k:spring.1:yes",
        "r:spring.1:give-up", "d:round end", "d:yes", "cmd:round end", "cmd:", "a:nothing:nothing", "a:::",
        "x" * 60, "\x00", "c:' OR 1=1:1:met",
    ],
)  # fmt: skip
async def test_a_button_that_was_made_up_changes_nothing(world: World, value: str) -> None:
    event = Tapped(
        id=f"made-up/{value}", platform="playground", at=world.clock.now(), chat="eve",
        sender=Sender("eve", "Eve"), value=value, ref="1",
    )  # fmt: skip
    changed, written = await attacked(world, event)

    assert (changed, written) == ({}, ["eve"])


async def test_what_people_write_becomes_no_markup_mention_or_link(world: World) -> None:
    """As a name, as an answer, in a report to the directors, and where directors look people up."""
    person = next(iter(world.company.actors))
    before = len(world.parcels)
    for words in ("/profile", "/report", NAME, NAME, "/status", "/apply", NAME):
        await world.says(person, words)
    looks = ("queue", f"people {NAME}", "people p0", "case 1", f"case 1 note {NAME}", "audit")
    for line in (*looks, f"broadcast all {NAME}", "yes"):
        await world.types(line)
    await world.days(1)

    spans = [
        span
        for parcel in world.parcels[before:]
        if isinstance(parcel.body, Message)
        for span in parse(parcel.body.text)
    ]
    assert [span for span in spans if EVIL in span.target or span.target == "999"] == []
    assert any("999" in span.text for span in spans if span.style == "plain")


def partners(world: World) -> set[str]:
    """Give the pairs, as two accounts each."""
    met = world.company._partners
    return {"/".join(sorted((account, other))) for account, others in met.items() for other in others}
