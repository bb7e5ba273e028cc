"""`antipode play`: the playground on this machine, with a fresh database that is thrown away at the end."""

import asyncio
import contextlib
import os
import signal
import tempfile
from datetime import timedelta
from pathlib import Path

import structlog

from adapters.clock import VirtualClock
from adapters.playground.boards import Boards
from adapters.playground.chat import PLATFORM, PlaygroundChat
from adapters.playground.course import Course
from adapters.playground.game import DIRECTOR, DIRECTORS_CHAT, Game
from adapters.playground.page import routes
from adapters.playground.people import Neighbours
from adapters.playground.talk import Talk
from adapters.web import PortTaken, serving
from bot.app import Bot
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.ports import Store
from bot.rehearsal.company import Company
from bot.rehearsal.people import Actor, cast
from bot.rehearsal.play import BEGINS
from bot.rehearsal.replies import Act
from bot.rehearsal.stage import Stage
from bot.sender import Lane
from bot.texts import load_program
from storage import open_store


#: How many people the newcomer plays by hand.
BY_HAND = 1
#: What others do within so much time is done together: a week passes quickly, and nobody sees the difference.
GRAIN = timedelta(minutes=30)
#: The database is thrown away at the end, so memory will do where the machine offers it as a folder.
MEMORY = Path("/dev/shm")  # noqa: S108 - TemporaryDirectory makes a private folder in it


async def play_here(*, port: int, people: int, seed: int) -> int:
    """Serve the page until Ctrl-C; gives the exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory(prefix="antipode-", dir=_memory()) as folder:
        try:
            await _serve(port, people, seed, Path(folder) / "playground.db")
        except PortTaken as taken:
            print(f"{taken} Try another: antipode play --port {port + 1}")
            return 1
    return 0


async def set_up(store: Store, people: int, seed: int) -> Game:
    """Give a new game on an empty store: everybody is there, and nothing has happened yet."""
    clock, boards, program = VirtualClock(BEGINS), Boards(), load_program()
    actors = cast(people, seed)
    company = Neighbours(actors, program, grain=GRAIN)
    talk = Talk(company)
    bot = Bot(store, program, clock)
    lane = Lane(PlaygroundChat(boards, clock, company, talk), store, clock, bot.handle, batch=200)
    stage = Stage(bot, store, (lane,), company, clock)
    async with store.unit() as unit:
        await unit.save(Outcome((DirectorsRoom(PLATFORM, DIRECTORS_CHAT, clock.now()),)), clock.now())
    _furnish(boards, company, actors, clock)
    return Game(stage, boards, talk, Course(stage, boards, talk))


async def _serve(port: int, people: int, seed: int, database: Path) -> None:
    store = open_store(f"sqlite:///{database}")
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    try:
        await store.migrate()
        game = await set_up(store, people, seed)
        async with serving("127.0.0.1", port, routes(game)) as taken:
            print(f"The playground is open: http://127.0.0.1:{taken} (Ctrl-C ends it)", flush=True)
            running = asyncio.create_task(game.course.run())
            await stopping.wait()
            game.course.halt()
            running.cancel()
            await game.boards.close()
            with contextlib.suppress(asyncio.CancelledError):
                await running
    finally:
        await store.close()


def _memory() -> Path | None:
    return MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None


def _furnish(boards: Boards, company: Company, actors: tuple[Actor, ...], clock: VirtualClock) -> None:
    """Open everybody's private chat and the directors' channel; the others come by within a day."""
    boards.open(DIRECTORS_CHAT, "directors", "Directors", [DIRECTOR])
    for number, actor in enumerate(actors):
        boards.open(actor.account, "private", actor.name, [actor.account])
        if number < BY_HAND:
            company.by_hand.add(actor.account)
            continue
        after = timedelta(minutes=actor.dice("arrival").randint(5, 24 * 60))
        company.plan(actor.account, clock.now(), Act(after, text="/start"))
