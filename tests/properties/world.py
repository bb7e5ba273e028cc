"""A small round with simulated people and a director, into which a test throws whatever it likes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

from adapters.clock import VirtualClock
from adapters.recorded import RecordedChat
from bot.app import Bot
from bot.events import Event, Said, Sender, Tapped
from bot.markup import parse
from bot.messages import Carry, Choice, Message, Settle
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.ports import CannotReach, ChatError, Parcel
from bot.rehearsal.company import Company
from bot.rehearsal.direction import CHAT, Direction
from bot.rehearsal.people import cast
from bot.rehearsal.play import BEGINS
from bot.rehearsal.stage import Stage
from bot.sender import Lane
from bot.texts import load_program
from storage import StoreImplementation


PROGRAM = load_program()
#: Where a link in what people write would lead.
EVIL = "evil.example"


@dataclass
class World:
    """The stage with everything that happened on it."""

    store: StoreImplementation
    people: int
    seed: int
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(BEGINS))
    heard: list[Event] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    #: Every button that reached a chat.
    buttons: list[tuple[str, Choice]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.company = Company(cast(self.people, self.seed), PROGRAM, grain=timedelta(minutes=10))
        self.chat = RecordedChat(self.clock, watch=self._watch, refuse=self._refuse, keep=False)
        self.bot = Bot(self.store, PROGRAM, self.clock)
        handle = self.bot.handle

        async def hear(events: Iterable[Event]) -> None:
            self.heard.extend(events)
            await handle(list(events))

        self.bot.handle = hear  # type: ignore[method-assign]
        self.lane = Lane(self.chat, self.store, self.clock, hear, lease=timedelta(days=30))
        self.stage = Stage(self.bot, self.store, (self.lane,), self.company, self.clock)
        self.direction = Direction(self.stage.act, self.store)
        self._number = count()

    async def opens(self, weeks: int) -> None:
        """Make a directors' room and an open round, with people on their way."""
        async with self.store.unit() as unit:
            await unit.save(Outcome((DirectorsRoom("playground", CHAT, self.clock.now()),)), self.clock.now())
        now = self.clock.now()
        closes, starts = now + timedelta(days=9), now + timedelta(days=12)
        await self.types(f"round new Spring weeks={weeks} closes={closes:%Y-%m-%d} starts={starts:%Y-%m-%d}")
        await self.types("round open")

    async def types(self, line: str) -> None:
        """Let the director type something."""
        await self.direction.type(line, self.clock.now())

    async def says(self, account: str, text: str, *, times: int = 1, forwarded: bool = False) -> None:
        """Let somebody write in private; `times` as often as the platform repeats it."""
        event = Said(id=self._name(), platform="playground", at=self.clock.now(), text=text)
        await self._happens(account, replace(event, forwarded=forwarded), times)

    async def taps(self, account: str, value: str, *, times: int = 1) -> None:
        """Let somebody tap something, whether they were ever shown it or not."""
        event = Tapped(id=self._name(), platform="playground", at=self.clock.now(), value=value, ref="1")
        await self._happens(account, event, times)

    async def days(self, days: float) -> None:
        """Let time pass."""
        await self.stage.play_until(self.clock.now() + timedelta(days=days))

    async def _happens(self, account: str, event: Said | Tapped, times: int) -> None:
        self.company.blocked.discard(account)
        who = Sender(account, account, language="en")
        await self.bot.handle([replace(event, chat=account, sender=who)] * times)
        await self.stage.settle()

    def _name(self) -> str:
        return f"x/{next(self._number)}"

    def _watch(self, parcel: Parcel) -> None:
        self.parcels.append(parcel)
        if isinstance(parcel.body, Message):
            self.buttons += [
                (parcel.chat, choice) for row in parcel.body.rows for choice in row if choice.value
            ]
        self.company.hear(parcel, self.clock.now())

    def _refuse(self, parcel: Parcel) -> ChatError | None:
        return CannotReach("blocked") if parcel.chat in self.company.blocked else None

    async def wrongs(self) -> list[str]:
        """Give a sentence for everything that is not as it must be, ever."""
        return [*await self._unanswered(), *await self._lost(), *self._spoken()]

    async def _unanswered(self) -> list[str]:
        keys = Counter([row["key"] async for row in self.store.outbox_rows()])
        asked = {event.id: event for event in self.heard if isinstance(event, Said | Tapped)}
        wanted = {f"reply/playground/{name}": event for name, event in asked.items()}
        parts = Counter(
            key.rsplit("/", 1)[0] for key in keys if key.startswith("reply/") and key not in wanted
        )
        strange = {key: parts[key] for key in parts if key not in wanted}
        return [
            *(
                f"no answer to {event}"
                for key, event in wanted.items()
                if key not in keys and not chat(event)
            ),
            *(f"an answer to nothing: {key}" for key in strange),
        ]

    async def _lost(self) -> list[str]:
        async with self.store.database.reading() as connection:
            found = {name: list(await connection.exec_driver_sql(query)) for name, query in RULES.items()}
        return [f"{name}: {rows[:3]}" for name, rows in found.items() if rows]

    def _spoken(self) -> list[str]:
        keys = Counter(parcel.key for parcel in self.parcels)
        twice = [f"sent twice: {key}" for key, times in keys.items() if times > 1]
        spans = [
            span
            for parcel in self.parcels
            if isinstance(parcel.body, Message | Settle | Carry)
            for span in parse(_text(parcel.body))
        ]
        links = [f"a link of a participant: {span.target}" for span in spans if EVIL in span.target]
        known = {str(number) for number in range(1, len(self.heard) + 1)}
        strangers = {span.target for span in spans if span.style == "person"} - known
        return [*twice, *links, *(f"a mention of nobody: {name}" for name in strangers)]


def chat(event: Said | Tapped) -> bool:
    """Tell whether it is talk of the directors: a yes is for the bot only where a command waits for it."""
    return isinstance(event, Said) and event.chat == CHAT and event.text in {"yes", "no"}


def _text(body: Message | Settle | Carry) -> str:
    match body:
        case Message():
            return body.text
        case Settle():
            return body.chosen
        case Carry():
            return body.by


_LIVE = "('drafted', 'opening', 'running')"
_THERE = "p.state IN ('opening', 'running')"
_MINE = "membership m JOIN partnership p ON p.id = m.partnership"
RULES = {
    "in two partnerships": (
        "SELECT person, count(*) FROM membership WHERE active GROUP BY person HAVING count(*) > 1"
    ),
    "active in a partnership that is over": (
        f"SELECT m.person FROM {_MINE} WHERE m.active AND p.state NOT IN {_LIVE}"
    ),
    "a live partnership of fewer than two": (
        "SELECT p.id, count(m.person) FROM partnership p"
        " LEFT JOIN membership m ON m.partnership = p.id AND m.active"
        f" WHERE {_THERE} GROUP BY p.id HAVING count(m.person) NOT IN (2, 3)"
    ),
    "placed without a partnership": (
        "SELECT a.person FROM application a JOIN round r ON r.id = a.round"
        " WHERE a.state = 'placed' AND r.state = 'running'"
        f" AND NOT EXISTS (SELECT 1 FROM {_MINE}"
        f" WHERE m.person = a.person AND m.active AND p.state IN {_LIVE})"
    ),
    "a partnership of somebody who is not placed": (
        f"SELECT m.person, a.state FROM {_MINE}"
        " LEFT JOIN application a ON a.person = m.person AND a.round = p.round"
        f" WHERE m.active AND {_THERE} AND coalesce(a.state, 'none') <> 'placed'"
    ),
    "an application of nobody": "SELECT person FROM application WHERE person NOT IN (SELECT id FROM person)",
    "one account twice": "SELECT account FROM person GROUP BY platform, account HAVING count(*) > 1",
    "a pair twice": (
        f"SELECT p.members FROM partnership p WHERE {_THERE} GROUP BY p.members HAVING count(*) > 1"
    ),
    "asked twice in a week": (
        "SELECT partnership, person, week FROM check_in"
        " GROUP BY partnership, person, week HAVING count(*) > 1"
    ),
    "left being sent": "SELECT key FROM outbox WHERE state = 'sending'",
    "given up without a reason": "SELECT key FROM outbox WHERE state = 'given-up' AND why = ''",
    "a defect": "SELECT event, error FROM dead_letter",
}
