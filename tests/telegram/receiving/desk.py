"""What stands in for the bot where updates are received, and an update that cannot be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.events import Event, Said
from tests.telegram_server import TelegramServer


WRONG = {"message": {"message_id": 1, "date": 0, "chat": {"type": "private"}, "from": {}, "text": "Heron"}}


@dataclass
class Desk:
    """What decides about events in these tests: it keeps them, or fails as often as it is told."""

    server: TelegramServer
    known: dict[str, Event] = field(default_factory=dict)
    letters: list[tuple[str, str, str, str]] = field(default_factory=list)
    failures: int = 0
    during: Callable[[], None] = lambda: None

    async def handle(self, events: Sequence[Event]) -> None:
        self.during()
        if self.failures:
            self.failures -= 1
            raise OSError("the database is away")
        self.known |= {event.id: event for event in events}

    async def bury(self, platform: str, event: str, error: str, payload: str) -> None:
        self.letters.append((platform, event, error, payload))

    @property
    def events(self) -> list[Event]:
        return list(self.known.values())

    def words(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Said)]

    async def has(self, *words: str) -> None:
        await self.server.until(lambda: self.words() == list(words), what=f"{words}, not {self.words()}")
