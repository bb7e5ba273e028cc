"""`antipode rehearse`: a whole round on a virtual clock, through the real core and a real database."""

import asyncio
import gc
import json as json_format
import resource
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TextIO

import structlog

from adapters.clock import VirtualClock
from adapters.recorded import RecordedChat
from bot.app import Bot
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.ports import CannotReach, ChatError, Parcel
from bot.rehearsal.company import Company
from bot.rehearsal.direction import CHAT, Direction
from bot.rehearsal.figures import figures
from bot.rehearsal.people import SHARES, Temper, cast, read_shares
from bot.rehearsal.play import BEGINS, Play
from bot.rehearsal.stage import Stage
from bot.rehearsal.tally import Tally
from bot.sender import Lane
from bot.texts import load_program
from storage import open_store


#: What many people do within this time is decided together.
GRAIN = timedelta(hours=2)
BATCH = 500
#: Nobody else wants the lane: it need not be renewed at every step of the virtual clock.
LEASE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rehearsed."""

    people: int
    weeks: int
    seed: int
    shares: Mapping[Temper, int]


def rehearse_here(
    *,
    people: int,
    weeks: int,
    seed: int,
    cast_file: Path | None,
    json: Path | None,
    transcript: Path | None,
    database: Path | None,
) -> int:
    """Play the round, print its figures, write the files that were asked for; gives the exit code.

    1 when something was lost, sent twice or sent at night. Raises ValueError for a cast file that is wrong.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    # Millions of small records, hardly a cycle among them: looking for cycles took a twentieth of the time.
    gc.set_threshold(50_000, 20, 50)
    plan = Plan(people, weeks, seed, read_shares(cast_file) if cast_file else SHARES)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="antipode-")))
        written = stack.enter_context(transcript.open("w", encoding="utf-8")) if transcript else None
        began = time.perf_counter()
        found = asyncio.run(_play(plan, database or folder / "rehearsal.db", written))
        found["wall_seconds"] = round(time.perf_counter() - began, 2)
    found["peak_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    if json:
        json.write_text(json_format.dumps(found, indent=2) + "\n", encoding="utf-8")
    for name, value in found.items():
        print(f"{name:>18}  {value}")
    return 1 if found["lost"] or found["duplicates"] or found["sent_at_night"] else 0


async def _play(plan: Plan, database: Path, transcript: TextIO | None) -> dict[str, object]:
    clock = VirtualClock(BEGINS)
    program = load_program()
    store = open_store(f"sqlite:///{database}", durable=False)
    company = Company(cast(plan.people, plan.seed, plan.shares), program, grain=GRAIN)
    tally = Tally(company, transcript)

    def watch(parcel: Parcel) -> None:
        tally.watch(parcel, clock.now())
        company.hear(parcel, clock.now())

    def refuse(parcel: Parcel) -> ChatError | None:
        return CannotReach("blocked") if parcel.chat in company.blocked else None

    chat = RecordedChat(clock, watch=watch, refuse=refuse, keep=False)
    bot = Bot(store, program, clock)
    lane = Lane(chat, store, clock, bot.handle, batch=BATCH, lease=LEASE)
    stage = Stage(bot, store, (lane,), company, clock)
    direction = Direction(stage.act, store)
    try:
        await store.migrate()
        async with store.unit() as unit:
            await unit.save(Outcome((DirectorsRoom("playground", CHAT, clock.now()),)), clock.now())
        started = await Play(stage, direction, plan.weeks).run()
        found = await figures(await store.counts(), tally, direction, started, clock.now())
        return {"people": plan.people, "weeks": plan.weeks, "seed": plan.seed, **found}
    finally:
        await store.close()
