"""The server itself: it listens, and keeps the people, the faults and the truth that tests assert on."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from aiohttp import web

from tests.slack_server import installing
from tests.slack_server.channels import Channel
from tests.slack_server.chats import Chat, Kind, Post
from tests.slack_server.deliveries import Ack, Courier, Delivery, Transport
from tests.slack_server.dispatch import Call, Violation
from tests.slack_server.errors import Json
from tests.slack_server.faults import Fault, Faults
from tests.slack_server.front import Front
from tests.slack_server.installing import event_body
from tests.slack_server.limits import Limits, Pacer
from tests.slack_server.manifest import Manifest
from tests.slack_server.people import Person
from tests.slack_server.posting import Posting, Urls
from tests.slack_server.sockets import Sockets
from tests.slack_server.stage import WITHIN, Stage
from tests.slack_server.teams import Team
from tests.slack_server.world import World
from tests.telegram_server.clock import Clock
from tests.telegram_server.signal import Signal


T = TypeVar("T")


class SlackServer:
    """Slack with people behind it; the package's docstring shows its use."""

    def __init__(self, manifest: Json | str | Path | None = None, *, limits: Limits | None = None) -> None:
        signal, lock = Signal(), threading.RLock()
        self.clock = Clock()
        self.clock.on_move = signal.fire
        self.app_id, self.app_token = "A0ANTIPODE1", "xapp-1-A0ANTIPODE1-tests-only"
        self.signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"
        self.client_id, self.client_secret = "1111.2222", "tests-only-client-secret"
        self.world = World(self.clock, Manifest.read(manifest), self.app_id)
        self.world.pacer = Pacer(limits or Limits())
        self.courier = Courier(signal, lock, lambda: self.faults, self._route)
        self.stage = Stage(self.world, self.courier, signal, lock, lambda: f"http://127.0.0.1:{self.port}")
        self._front = Front(self.stage, self.app_token, self._new_socket)
        self.world.tell, self.world.complain = self._tell, self._front.complain
        self.sockets = Sockets(self.app_id, signal.fire, self._front.complain)
        self.posting = Posting(self.signing_secret, self.clock.now, self._front.complain)
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._delivery: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.team = self.new_team("Librarians")

    async def start(self, port: int = 0) -> None:
        """Listens on a port of loopback (0 for any free one)."""
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._front.call)
        app.router.add_post("/respond/{number:.+}", self._front.hook)
        app.router.add_get("/link/", self.sockets.handle)
        self._loop = asyncio.get_running_loop()
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._delivery = self._loop.create_task(self.courier.run())

    async def stop(self) -> None:
        """Closes the port, every connection and every socket."""
        if self._delivery:
            self._delivery.cancel()
            await asyncio.gather(self._delivery, return_exceptions=True)
        await self.sockets.close()
        await self.posting.close()
        if self._runner:
            await self._runner.cleanup()
        for mistake in (*self._front.mistakes, *self.courier.mistakes):
            raise AssertionError("the server itself made a mistake") from mistake

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @contextmanager
    def in_thread(self, port: int = 0) -> Iterator[Self]:
        """Runs the server on a loop of its own, for a sync test and an app in another process."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.start(port), loop).result(10)
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self.stop(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    @property
    def base_url(self) -> str:
        """Gives what slack_sdk wants as `base_url` (SLACK_API_URL)."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def bot_token(self) -> str:
        """Gives the bot token of the first workspace."""
        assert self.team.install
        return self.team.install.token

    def new_team(self, name: str, *, installed: bool = True) -> Team:
        """Makes a workspace, with the app installed or not yet."""
        with self.stage.lock:
            return installing.new_team(self.world, name, installed=installed)

    def user(self, name: str, *, team: Team | None = None, joins: bool = False, **profile: object) -> Person:
        """Makes a member (tz=, locale=, email=, restricted=, ultra_restricted=, stranger=, is_bot=, …)."""
        with self.stage.lock:
            return installing.new_person(self.stage, team or self.team, name, joins=joins, profile=profile)

    def channel(self, name: str, *members: Person, kind: Kind = "private", bot: bool = True) -> Channel:
        """Makes a channel of these people, the first of whom created it; `bot=False` leaves the app out."""
        with self.stage.lock:
            team = members[0].team if members else self.team
            accounts = [m.account for m in members] + ([team.bot] if bot else [])
            chat = Chat(self.world.new_id("C"), team, kind, accounts, name=name, created=self.clock.date())
            chat.creator = accounts[0].id if accounts else ""
            return Channel(self.stage, self.world.add(chat))

    def rooms(self) -> list[Channel]:
        """Gives every group DM, oldest first."""
        with self.stage.lock:
            return [Channel(self.stage, c) for c in self.world.chats.values() if c.kind == "mpim"]

    def chat(self, chat_id: str) -> Channel:
        """Gives a chat by its id."""
        return Channel(self.stage, self.world.chats[chat_id])

    def messages(self, chat: Person | Channel | str) -> list[Post]:
        """Gives everything that stands in a chat now, oldest first."""
        with self.stage.lock:
            found = self.world.chats[chat] if isinstance(chat, str) else chat.chat
            return [post for post in found.posts if not post.deleted]

    @property
    def calls(self) -> list[Call]:
        """Gives every call of the Web API and of response_urls, oldest first."""
        return self._front.calls

    def calls_of(self, method: str) -> list[Call]:
        """Gives the calls of one method, oldest first."""
        with self.stage.lock:
            return [call for call in self.calls if call.method == method]

    @property
    def violations(self) -> list[Violation]:
        """Gives what no correct app does; a test of an app ends with this empty."""
        return self._front.violations

    @property
    def accepted(self) -> Counter[tuple[str, str]]:
        """Gives how often each message of the bot was accepted, by (chat id, words people read)."""
        return self.world.accepted

    def times_told(self, words: str, chat: Person | Channel | None = None) -> int:
        """Gives how many accepted messages of the bot contain these words, in one chat or in all."""
        at = None if chat is None else chat.chat.id
        with self.stage.lock:
            counts = self.accepted.items()
            return sum(n for (where, said), n in counts if words in said and at in {None, where})

    @property
    def too_many(self) -> Counter[str]:
        """Gives how often the limits refused a call, by method."""
        return self.world.pacer.refused

    @property
    def acks(self) -> list[Ack]:
        """Gives every try at a delivery with its time."""
        return self.courier.acks

    @property
    def faults(self) -> Faults:
        """Gives what goes wrong by chance; set it to change that."""
        return self._front.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._front.faults = faults

    def fail_next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Makes the next calls of a method go wrong."""
        self.faults.plan(method, fault, times)

    def delivers_to(self, base: str | Urls | None) -> None:
        """Delivers by signed HTTP to `<base>/slack/events` and so on; None: by socket again."""
        self.posting.urls = Urls.at(base) if isinstance(base, str) else base

    def cut_sockets(self) -> None:
        """Resets every Socket Mode connection."""
        assert self._loop
        self._loop.call_soon_threadsafe(self.sockets.cut)

    async def until(self, condition: Callable[[], T | None], within: float = WITHIN, what: str = "") -> T:
        """Waits in the running event loop until the condition gives something true, and gives that."""
        return await self.stage.until(condition, within, what)

    def wait_for(self, condition: Callable[[], T | None], within: float = WITHIN, what: str = "") -> T:
        """Blocks this thread until the condition gives something true, and gives that."""
        return self.stage.wait_for(condition, within, what)

    def _route(self) -> Transport:
        return self.posting if self.posting.urls else self.sockets

    def _new_socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/link/?ticket={self.sockets.ticket()}&app_id={self.app_id}"

    def _tell(self, team: Team, name: str, event: Json) -> None:
        if (
            name not in self.world.manifest.events
            or not team.install
            or team.install.dead == "account_inactive"
        ):
            return
        body = event_body(self.world, team, event)
        self.courier.send(Delivery("events_api", name, body))
