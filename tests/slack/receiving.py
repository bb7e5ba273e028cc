"""The whole way in, in one loop: the strict server, Bolt, the intake; a desk in place of what decides."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from adapters.clock import SystemClock
from adapters.slack.app import bolt_app
from adapters.slack.directors import Directors
from adapters.slack.http import http_routes
from adapters.slack.installs import Workspaces
from adapters.slack.intake import Intake
from adapters.slack.receive_people import Profiles
from adapters.slack.socket import Socket
from adapters.web import serving
from bot.events import Event, Said
from tests.slack_server import SlackServer


@dataclass
class Desk:
    """What decides about events in these tests: it keeps them, or fails as often as it is told."""

    server: SlackServer
    known: dict[str, Event] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    letters: list[tuple[str, str, str, str]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    failures: int = 0
    during: Callable[[], None] = lambda: None

    async def handle(self, events: Sequence[Event]) -> None:
        self.during()
        if self.failures:
            self.failures -= 1
            raise OSError("the database is away")
        self.batches.append(len(events))
        self.known |= {event.id: event for event in events}

    async def refuse(self, event: Event, sentence: str) -> None:
        self.refused.append((event.chat, sentence))

    async def bury(self, platform: str, event: str, error: str, payload: str) -> None:
        self.letters.append((platform, event, error, payload))

    async def end(self, team: str) -> None:
        self.ended.append(team)

    @property
    def events(self) -> list[Event]:
        return list(self.known.values())

    def words(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Said)]

    async def has(self, *words: str) -> None:
        await self.server.until(
            lambda: sorted(self.words()) == sorted(words), what=f"{words}, not {self.words()}"
        )

    async def settled(self) -> None:
        """Wait until everything was delivered and acknowledged, or given up."""
        await self.server.until(lambda: all(each.done for each in self.server.courier.history))


@dataclass
class Reception:
    """Everything that receives."""

    server: SlackServer
    desk: Desk
    workspaces: Workspaces
    profiles: Profiles
    directors: Directors
    intake: Intake
    socket: Socket | None = None
    #: Where it listens for signed requests.
    url: str = ""


@asynccontextmanager
async def receiving(
    server: SlackServer,
    *,
    http: bool = False,
    heartbeat: float = 10.0,
    idle: timedelta = timedelta(minutes=5),
) -> AsyncIterator[Reception]:
    """Receive from the server until the block ends, by the socket or by signed requests."""
    async with AsyncExitStack() as stack:
        workspaces = Workspaces(server.base_url)
        stack.push_async_callback(workspaces.close)
        await workspaces.add(server.bot_token)
        clock, desk = SystemClock(), Desk(server)
        profiles = Profiles(workspaces)
        directors = Directors(workspaces, profiles, clock)
        intake = Intake(
            workspaces,
            profiles,
            directors,
            clock,
            handle=desk.handle,
            refuse=desk.refuse,
            bury=desk.bury,
            ended=desk.end,
        )
        app = bolt_app(workspaces, intake, server.signing_secret if http else "")
        here = Reception(server, desk, workspaces, profiles, directors, intake)
        if http:
            port = await stack.enter_async_context(serving("127.0.0.1", 0, http_routes(app)))
            here.url = f"http://127.0.0.1:{port}"
            server.delivers_to(here.url)
        else:
            here.socket = Socket(server.app_token, workspaces, app, clock, heartbeat=heartbeat, idle=idle)
            task = asyncio.create_task(here.socket.run())
            stack.push_async_callback(_ended, task)
            await server.until(lambda: here.socket and here.socket.is_open)
        yield here


async def _ended(task: "asyncio.Task[None]") -> None:
    assert not task.done(), task.exception()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
