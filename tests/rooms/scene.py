"""A pair on its way to a room, as the tests play it: events in, deliveries out, nothing else kept."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from bot import rooms
from bot.events import Event, Invited, Joined, RoomOpened, Said, Sender, Tapped
from bot.markup import plain
from bot.messages import Carry, Delivery, Message, OpenForm, OpenRoom, RoomDeed, Settle, ShowHome, Tend
from bot.model import (
    Case,
    DirectorsRoom,
    Partnership,
    PartnershipState,
    Person,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.snapshots import Book, Turn
from bot.texts import Program, load_program


NOW = datetime(2027, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GROUP, OTHER = "-4300000001", "-4300000002"
LINK = "https://t.me/+abc"


@cache
def program(pace_days: float = 7, bot: str = "antipode_bot") -> Program:
    """Give the built-in program."""
    names = {"telegram": bot} if bot else {}
    return load_program(pace=timedelta(days=pace_days), bot_names=names)


@dataclass
class Scene:
    """One partnership; `told` holds the deliveries of the last deed."""

    platform: str = "telegram"
    people: tuple[str, ...] = ("Ana", "Ben")
    program: Program = field(default_factory=program)
    state: PartnershipState = PartnershipState.OPENING
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.members = tuple(
            Person(
                id=number,
                platform=self.platform,
                account=f"500{number}",
                chat=f"500{number}",
                name=name,
                handle=f"{name.lower()}_books" if number == 1 else "",
                zone="Europe/Lisbon" if number == 1 else "Asia/Manila",
            )
            for number, name in enumerate(self.people, 1)
        )
        self.stranger = Person(id=99, platform=self.platform, account="5099", chat="5099", name="Zoe")
        self.partnership = Partnership(
            id="spring-2027.17",
            round="spring-2027",
            number=17,
            platform=self.platform,
            members=tuple(member.id for member in self.members),
            state=self.state,
            starter=1,
        )
        self.round = Round("spring-2027", "Spring 2027", RoundState.RUNNING, started_at=NOW - 2 * DAY)
        self.told: tuple[Delivery, ...] = ()
        self.cases: list[Case] = []
        self.room = DirectorsRoom(self.platform, "-100", NOW)
        self._ids = count(1)

    @property
    def ana(self) -> Person:
        return self.members[0]

    @property
    def ben(self) -> Person:
        return self.members[1]

    @property
    def book(self) -> Book:
        return Book(self.partnership, self.round, self.members, directors_room=self.room)

    def turn(self, person: Person) -> Turn:
        partners = tuple(member for member in self.members if member.id != person.id)
        return Turn(
            self.now,
            person,
            round=self.round,
            partnership=self.partnership,
            partners=partners,
            directors_room=self.room,
        )

    def begins(self) -> "Scene":
        return self.takes(rooms.begin(self.book, self.now, self.program))

    def looks(self, after: timedelta) -> "Scene":
        self.now += after
        return self.takes(rooms.look(self.book, self.now, self.program))

    def happens(self, kind: type[Any], person: Person | None, chat: str = GROUP, **values: Any) -> "Scene":
        """Let an event happen in a shared chat."""
        sender = Sender(person.account, person.name) if person else None
        event = kind(
            id=f"u{next(self._ids)}",
            platform=self.platform,
            at=self.now,
            chat=chat,
            private=False,
            sender=sender,
            **values,
        )
        return self.decides(event, person or self.ana)

    def taps(self, person: Person, what: str, *, chat: str = "", ref: str = "7") -> "Scene":
        value = what if ":" in what else f"r:{self.partnership.id}:{what}"
        event = Tapped(
            id=f"u{next(self._ids)}",
            platform=self.platform,
            at=self.now,
            chat=chat or person.chat,
            private=not chat,
            sender=Sender(person.account),
            value=value,
            ref=ref,
        )
        return self.decides(event, person)

    def words(self, person: Person, text: str, *, chat: str = "", **values: Any) -> Said:
        return Said(
            id=f"u{next(self._ids)}",
            platform=self.platform,
            at=self.now,
            chat=chat or person.chat,
            private=not chat,
            sender=Sender(person.account),
            text=text,
            ref="8",
            **values,
        )

    def says(self, person: Person, text: str, *, chat: str = GROUP, **values: Any) -> "Scene":
        """Say something in the shared chat."""
        return self.decides(self.words(person, text, chat=chat, **values), person)

    def hears(self, person: Person, text: str, **values: Any) -> Outcome | None:
        """Say something in private, as the conversation asks the ladder."""
        outcome = rooms.heard(self.words(person, text, **values), self.turn(person), self.program)
        if outcome:
            self.takes(outcome)
        return outcome

    def decides(self, event: Event, person: Person) -> "Scene":
        return self.takes(rooms.advance(event, self.turn(person), self.program))

    def takes(self, outcome: Outcome) -> "Scene":
        self.told = outcome.deliveries
        for record in outcome.saves:
            if isinstance(record, Partnership):
                self.partnership = record
            if isinstance(record, Case):
                self.cases.append(record)
        return self

    def knows(self, **changes: Any) -> "Scene":
        self.partnership = replace(self.partnership, **changes)
        return self

    def shown(self) -> list[str]:
        """Give the deliveries of the last deed, a line each: where to, and the first sentence."""
        return [f"{delivery.to}: {_what(delivery)}" for delivery in self.told]

    def buttons(self, person: Person) -> list[str]:
        """Give the labels of the buttons that a person got in the last deed."""
        return [
            choice.label
            for delivery in self.told
            if isinstance(delivery.body, Message) and delivery.to.id in (str(person.id), person.chat)
            for row in delivery.body.rows
            for choice in row
        ]

    def deeds(self) -> list[tuple[RoomDeed, str]]:
        """Give the deeds of the last step with the accounts they are about."""
        return [(each.body.deed, each.body.account) for each in self.told if isinstance(each.body, Tend)]


def picked() -> Scene:
    """Ana has made the group, the bot is in it."""
    scene = Scene().begins()
    scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo))
    return scene.happens(RoomOpened, scene.ana, about=scene.partnership.id, checked=True)


def waiting() -> Scene:
    """Ben has the link."""
    scene = picked()
    return scene.happens(Invited, scene.ben, about=scene.partnership.id, url=LINK)


def running() -> Scene:
    """Everybody is there and was introduced."""
    scene = waiting()
    scene.happens(Joined, scene.ben)
    return scene.knows(introduced_at=NOW, look_at=NOW + DAY)


def _what(delivery: Delivery) -> str:
    match delivery.body:
        case Message(text=text, ask=ask):
            first = plain(text).strip().split("\n")[0].split(". ")[0]
            return f"{first} [{ask}]" if ask else first
        case Tend(deed=deed, account=account):
            return f"({deed} {account})".replace(" )", ")")
        case OpenRoom(title=title):
            return f"(open {title})"
        case Settle(chosen=chosen):
            return f"(settle {chosen})"
        case Carry(by=by, ref=ref):
            return f"(carry {ref} by {by})"
        case OpenForm() | ShowHome():
            return f"({type(delivery.body).__name__})"
