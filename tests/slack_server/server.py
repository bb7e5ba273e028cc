"""The server itself: it listens, and brings workspaces, people and channels into the world."""

from __future__ import annotations

import asyncio
from functools import partial

from aiohttp import web

from tests.slack_server import files, installing
from tests.slack_server.channels import Channel
from tests.slack_server.chats import Chat, Kind
from tests.slack_server.people import Person
from tests.slack_server.teams import Team
from tests.slack_server.trouble import Trouble
from tests.slack_server.truth import Truth


class SlackServer(Truth, Trouble):
    """Slack with people behind it; the package's docstring shows its use."""

    _runner: web.AppRunner | None = None
    _delivery: asyncio.Task[None] | None = None

    async def start(self, port: int = 0) -> None:
        """Listens on a port of loopback (0 for any free one)."""
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._front.call)
        app.router.add_post("/respond/{number:.+}", self._front.hook)
        app.router.add_post("/upload/{file}", partial(files.put, self.world))
        app.router.add_get("/link/", self.sockets.handle)
        app.router.add_get("/oauth/v2/authorize", self.consent.page)
        self._loop = asyncio.get_running_loop()
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.address = f"http://127.0.0.1:{self.port}"
        self._delivery = self._loop.create_task(self.courier.run())

    async def stop(self) -> None:
        """Closes the port, every connection and every socket."""
        running = [task for task in (self._delivery, *self._jobs) if task]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self.sockets.close(list(self.sockets.links))
        await self.posting.close()
        if self._runner:
            await self._runner.cleanup()
        for mistake in (*self._front.mistakes, *self.courier.mistakes):
            raise AssertionError("the server itself made a mistake") from mistake

    @property
    def base_url(self) -> str:
        """Gives what slack_sdk wants as `base_url` (SLACK_API_URL)."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def authorize_url(self) -> str:
        """Gives the stand-in for https://slack.com/oauth/v2/authorize."""
        return f"http://127.0.0.1:{self.port}/oauth/v2/authorize"

    @property
    def bot_token(self) -> str:
        """Gives the bot token of the first workspace."""
        assert self.team.install, "the app is not installed there"
        return self.team.install.token

    @property
    def client_id(self) -> str:
        """Gives the app's OAuth client id."""
        return self.consent.client_id

    @property
    def client_secret(self) -> str:
        """Gives the app's OAuth client secret."""
        return self.consent.client_secret

    def new_team(self, name: str, *, installed: bool = True) -> Team:
        """Makes a workspace, with the app installed or not yet."""
        with self.stage.lock:
            return installing.new_team(self.world, name, installed=installed)

    def user(self, name: str, *, team: Team | None = None, joins: bool = False, **profile: object) -> Person:
        """Makes a member, with a profile as in accounts.py; `joins=True` sends a team_join."""
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
        """Gives a chat by its id, such as a private channel the app has made."""
        return Channel(self.stage, self.world.chats[chat_id])
