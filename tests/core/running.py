"""A bot over a real database with one lane, whose chat keeps what it is given."""

from datetime import UTC, datetime

from adapters.clock import VirtualClock
from adapters.recorded import RecordedChat
from bot.app import Bot
from bot.events import Event, Said, Sender, Tapped
from bot.markup import plain
from bot.messages import Message
from bot.sender import Lane
from bot.texts import Program, load_program
from storage import StoreImplementation


NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
PROGRAM = load_program()


def said(text: str, number: int = 1, account: str = "ana") -> Said:
    return Said(
        id=f"e{number}",
        platform="playground",
        at=NOW,
        chat=account,
        sender=Sender(account, account.title(), language="en"),
        text=text,
    )


def tapped(value: str, number: int, account: str) -> Tapped:
    return Tapped(
        id=f"t{number}",
        platform="playground",
        at=NOW,
        chat=account,
        sender=Sender(account, account),
        value=value,
    )


class Running:
    """A bot with one lane and a chat that keeps what it is given."""

    def __init__(self, store: StoreImplementation, program: Program = PROGRAM) -> None:
        self.clock = VirtualClock(NOW)
        self.chat = RecordedChat(self.clock)
        self.bot = Bot(store, program, self.clock)
        self.lane = Lane(self.chat, store, self.clock, self.bot.handle)

    async def hear(self, *events: Event) -> None:
        await self.bot.handle(events)
        await self.deliver()

    async def deliver(self) -> None:
        while await self.lane.deliver():
            pass

    @property
    def said(self) -> list[str]:
        return [plain(parcel.body.text) for parcel in self.chat.parcels if isinstance(parcel.body, Message)]
