"""A partnership played over virtual days with plain data: what a store would keep, in dictionaries."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bot import check_ins, keep_in_touch, ladder, partnerships
from bot.events import Event, Said, Tapped
from bot.messages import Delivery, Message
from bot.model import (
    Case,
    CheckIn,
    Partnership,
    PartnershipState,
    Person,
    RoomKind,
    RoomStep,
    Round,
    RoundState,
    SurveyAnswer,
)
from bot.outcome import Outcome
from bot.snapshots import Book, Turn
from bot.texts import Program, load_program


#: A Monday at noon, in a year whose clocks change in March and October.
START = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@lru_cache
def program(pace: timedelta = timedelta(days=7)) -> Program:
    return load_program(pace=pace)


def a_round(**changes: object) -> Round:
    known = Round("spring", "Spring 2027", RoundState.RUNNING, weeks=16, started_at=START)
    return replace(known, **changes)  # type: ignore[arg-type]


def a_person(number: int, zone: str = "Europe/Lisbon", **changes: object) -> Person:
    names = {1: "Ana", 2: "Ken", 3: "Zoe"}
    known = Person(
        number, "telegram", f"70{number}", chat=f"70{number}", name=names.get(number, "Kim"), zone=zone
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def a_partnership(members: tuple[int, ...] = (1, 2), **changes: object) -> Partnership:
    known = Partnership(
        "spring.1",
        "spring",
        1,
        "telegram",
        members,
        PartnershipState.RUNNING,
        starter=members[0],
        room=RoomKind.GROUP,
        chat="-1001",
        step=RoomStep.OPEN,
        look_at=START,
    )
    return replace(known, **changes)  # type: ignore[arg-type]


@dataclass
class Play:
    """The rows of one partnership, and what its outbox holds."""

    partnership: Partnership = field(default_factory=a_partnership)
    round: Round = field(default_factory=a_round)
    people: dict[int, Person] = field(default_factory=lambda: {1: a_person(1), 2: a_person(2, "Asia/Tokyo")})
    pace: timedelta = timedelta(days=7)
    check_ins: dict[tuple[int, int], CheckIn] = field(default_factory=dict)
    surveys: dict[tuple[int, str, str], SurveyAnswer] = field(default_factory=dict)
    outbox: dict[str, Delivery] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    now: datetime = START
    looks: int = 0
    events: int = 0

    @property
    def program(self) -> Program:
        return program(self.pace)

    @property
    def keys(self) -> list[str]:
        return sorted(self.outbox)

    def book(self) -> Book:
        members = tuple(self.people[member] for member in self.partnership.members)
        return Book(
            self.partnership,
            self.round,
            members,
            tuple(self.check_ins.values()),
            tuple(self.surveys.values()),
        )

    def keep(self, outcome: Outcome) -> Outcome:
        for record in outcome.saves:
            match record:
                case Partnership():
                    self.partnership = record
                case CheckIn():
                    self.check_ins[record.person, record.week] = record
                case SurveyAnswer():
                    self.surveys[record.person, record.survey, record.question] = record
                case Person():
                    self.people[record.id] = record
                case Case():
                    self.cases.setdefault(record.key, record)
                case _:
                    pass
        for delivery in outcome.deliveries:
            self.outbox.setdefault(delivery.key, delivery)
        return outcome

    def look(self, now: datetime) -> Outcome:
        self.now = now
        self.looks += 1
        return self.keep(partnerships.advance(self.book(), now, self.program))

    def run(self, until: datetime) -> "Play":
        """Look exactly when the rules asked for it, until then."""
        while self.partnership.look_at is not None and self.partnership.look_at <= until:
            before = self.partnership.look_at
            self.look(before)
            assert self.partnership.look_at is None or self.partnership.look_at > before
        self.now = until
        return self

    def every(self, gap: timedelta, until: datetime) -> "Play":
        """Look again and again, whatever the rules asked for."""
        while self.now + gap <= until:
            self.look(self.now + gap)
        return self

    def turn(self, person: int) -> Turn:
        mine = [row for row in self.check_ins.values() if row.asked_at > self.now - 14 * DAY]
        mine.sort(key=lambda row: row.asked_at, reverse=True)
        open_ones = [row for row in mine if row.person == person and row.answer is None]
        others = [member for member in self.partnership.members if member != person]
        live = self.partnership.state in (PartnershipState.OPENING, PartnershipState.RUNNING)
        return Turn(
            self.now,
            self.people[person],
            round=self.round,
            partnership=self.partnership if live else None,
            partners=tuple(self.people[other] for other in others) if live else (),
            check_in=open_ones[0] if open_ones else None,
            check_ins=tuple(mine),
            surveys=tuple(row for row in self.surveys.values() if row.person == person),
        )

    def tap(self, person: int, value: str, *, after: timedelta = HOUR) -> str:
        """Let a person tap a button some time later; gives the one reply."""
        self.now += after
        self.events += 1
        base = {"id": str(self.events), "platform": "telegram", "at": self.now, "chat": f"70{person}"}
        return self._answered(Tapped(**base, value=value, ref="55"), person)  # type: ignore[arg-type]

    def says(self, person: int, text: str, *, to: str = "c", after: timedelta = HOUR) -> str:
        """Let a person write some time later; gives the one reply."""
        self.now += after
        self.events += 1
        base = {"id": str(self.events), "platform": "telegram", "at": self.now, "chat": f"70{person}"}
        return self._answered(Said(**base, text=text), person, to)  # type: ignore[arg-type]

    def _answered(self, event: Event, person: int, to: str = "") -> str:
        rule = {"c": check_ins.answer, "l": ladder.answer, "k": keep_in_touch.answer}
        kind = event.value[0] if isinstance(event, Tapped) else to
        outcome = self.keep(rule[kind](event, self.turn(person), self.program))
        replies = [each for each in outcome.deliveries if each.key.startswith("reply/")]
        assert len(replies) == 1
        body = replies[0].body
        assert isinstance(body, Message)
        return body.text

    def sent(self, prefix: str) -> list[Delivery]:
        """Give what is in the outbox under keys that begin so, the earliest first."""
        found = [each for key, each in self.outbox.items() if key.startswith(prefix)]
        return sorted(found, key=lambda each: (each.due_at, each.key))

    def text(self, key: str) -> str:
        body = self.outbox[key].body
        assert isinstance(body, Message)
        return body.text


def days_of(deliveries: list[Delivery]) -> list[int]:
    """Give on which days of the round, counted from 0, things are due."""
    return [(each.due_at - START).days for each in deliveries]
