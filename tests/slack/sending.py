"""The chat alone against the strict server: parcels in, what people see out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from adapters.clock import SystemClock
from adapters.slack.chat import SlackChat
from bot.messages import Address, Body
from bot.ports import CannotReach, ChatError, Parcel, Sent
from tests.slack_server import Limits, Person, SlackServer


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
        self, body: Body, chat: str = "", *, people: tuple[Person, ...] = (), key: str = ""
    ) -> Sent:
        """Send one body; the people have the ids 1, 2, 3 …"""
        number = next(self.numbers)
        accounts = {place: self.account(person) for place, person in enumerate(people, 1)}
        to = Address("slack", "chat", chat)
        parcel = Parcel(number, key or f"reply/slack/{number}", to, chat, body, NOW, accounts=accounts)
        return await self.chat.send(parcel)

    async def fails(self, body: Body, chat: str, **more: object) -> ChatError:
        """Send one body that cannot be sent; gives the fact that comes of it."""
        try:
            await self.sends(body, chat, **more)  # type: ignore[arg-type]
        except ChatError as error:
            return error
        raise AssertionError("it was sent")


@asynccontextmanager
async def sending(
    *, channels: bool = False, limits: Limits | None = None, patience: float = 5.0, factor: float = FAST
) -> AsyncIterator[Sending]:
    """Run the server with a chat; a test ends with no request that Slack would not understand."""
    async with SlackServer(limits=limits or Limits(speed=FAST)) as server:

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
            assert server.violations == []
        finally:
            await chat.close()
