"""The chat alone against the strict server: parcels in, what people see out."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from adapters.clock import SystemClock
from adapters.slack.chat import SlackChat
from bot.messages import Address, Body
from bot.ports import CannotReach, ChatError, Parcel, Sent
from tests.slack_server import Limits, Person, SlackServer


Json: TypeAlias = dict[str, Any]

ROOT = Path(__file__).parents[2]
#: So many times faster than on Slack everything goes in these tests.
FAST = 60.0
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@dataclass
class Sending:
    """The chat, the server it talks to, and what a test sends by it."""

    server: SlackServer
    chat: SlackChat
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def place(self, name: str) -> str:
        """Give a conversation or an account of the first workspace as the core has it."""
        return f"{self.server.team.id}/{name}"

    def account(self, person: Person) -> str:
        return f"{person.team.id}/{person.id}"

    async def sends(
        self,
        body: Body,
        chat: str = "",
        *,
        people: tuple[Person, ...] = (),
        key: str = "",
        attempts: int = 0,
        ours: Callable[[], bool] = lambda: True,
    ) -> Sent:
        """Send one body; the people have the ids 1, 2, 3 …"""
        number = next(self.numbers)
        accounts = {place: self.account(person) for place, person in enumerate(people, 1)}
        to = Address("slack", "chat", chat)
        parcel = Parcel(
            number,
            key or f"reply/slack/{number}",
            to,
            chat,
            body,
            NOW,
            attempts=attempts,
            accounts=accounts,
            ours=ours,
        )
        return await self.chat.send(parcel)

    async def fails(self, body: Body, chat: str, **more: object) -> ChatError:
        """Send one body that cannot be sent; gives the fact that comes of it."""
        try:
            await self.sends(body, chat, **more)  # type: ignore[arg-type]
        except ChatError as error:
            return error
        raise AssertionError("it was sent")


def with_scopes(*more: str) -> Json:
    """Give the app's manifest with more scopes."""
    return _manifest(lambda scopes: [*scopes, *(each for each in more if each not in scopes)])


def without_scopes(*less: str) -> Json:
    """Give the app's manifest with fewer scopes."""
    return _manifest(lambda scopes: [each for each in scopes if each not in less])


def _manifest(changed: Callable[[list[str]], list[str]]) -> Json:
    manifest: Json = json.loads((ROOT / "slack-manifest.json").read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]
    scopes["bot"] = changed(scopes["bot"])
    return manifest


@asynccontextmanager
async def sending(
    *,
    manifest: Json | None = None,
    strict: bool = True,
    channels: bool = False,
    limits: Limits | None = None,
    patience: float = 5.0,
    factor: float = FAST,
) -> AsyncIterator[Sending]:
    """Run the server with a chat; a `strict` test ends with no request that Slack would not understand."""
    shown = manifest or with_scopes(*(("groups:write",) if channels else ()))
    async with SlackServer(shown, limits=limits or Limits(speed=FAST)) as server:

        def token(team: str) -> str:
            install = server.world.teams[team].install
            if install is None:
                raise CannotReach("not installed")
            return install.token

        chat = SlackChat(
            token, SystemClock(), server.base_url, channels=channels, factor=factor, timeout=patience
        )
        try:
            yield Sending(server, chat)
            assert not strict or server.violations == []
        finally:
            await chat.close()
