"""A round played with plain data: what a store would keep, in dictionaries, and the halls it would load."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bot import rounds
from bot.messages import Delivery, Message
from bot.model import (
    Application,
    ApplicationState,
    Block,
    DirectorsRoom,
    Mark,
    Membership,
    Partnership,
    PartnershipState,
    Person,
    Round,
    RoundState,
    SurveyAnswer,
)
from bot.outcome import Outcome
from bot.rounds.ambassadors import due
from bot.snapshots import Candidate, Embassy, Hall
from bot.texts import Program, load_program


START = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LIVE = (PartnershipState.OPENING, PartnershipState.RUNNING)


@lru_cache
def program(pace: timedelta = timedelta(days=7)) -> Program:
    return load_program(pace=pace)


def a_person(number: int, country: str = "PT", **changes: object) -> Person:
    known = Person(
        number, "telegram", f"70{number}", name=f"P{number}", zone="Europe/Lisbon", country=country
    )
    return replace(known, **changes)  # type: ignore[arg-type]


@dataclass
class Play:
    """The rows of one round, and what its outbox holds."""

    round: Round
    now: datetime = START
    people: dict[int, Person] = field(default_factory=dict)
    applications: dict[int, Application] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    memberships: dict[tuple[str, int], Membership] = field(default_factory=dict)
    surveys: dict[tuple[int, str], SurveyAnswer] = field(default_factory=dict)
    outbox: dict[str, Delivery] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    lively: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    embassies: tuple[Embassy, ...] = ()
    room: DirectorsRoom | None = field(default_factory=lambda: DirectorsRoom("telegram", "-9", START))

    def apply(
        self,
        number: int,
        country: str,
        *,
        state: ApplicationState = ApplicationState.SUBMITTED,
        languages: tuple[str, ...] = ("en",),
        **answers: object,
    ) -> "Play":
        """Let somebody apply, a minute after the one before."""
        self.people.setdefault(number, a_person(number, country))
        at = self.now + timedelta(minutes=len(self.applications))
        given = {"country": country, "zone": "UTC", "languages": list(languages), **answers}
        self.applications[number] = Application(self.round.id, number, state, given, at, country=country)
        return self

    def keep(self, outcome: Outcome) -> Outcome:
        for record in outcome.drops:
            assert isinstance(record, Partnership)
            del self.partnerships[record.id]
        for record in outcome.saves:
            match record:
                case Round():
                    self.round = record
                case Application():
                    self.applications[record.person] = record
                case Partnership():
                    self.partnerships[record.id] = record
                case Membership():
                    self.memberships[record.partnership, record.person] = record
                case SurveyAnswer():
                    self.surveys[record.person, record.question] = record
                case _:
                    raise AssertionError(record)
        for delivery in outcome.deliveries:
            self.outbox.setdefault(delivery.key, delivery)
        return outcome

    def look(self, now: datetime | None = None) -> Outcome:
        self.now = now or self.now
        return self.keep(rounds.advance(self.hall(), self.now, program()))

    def run(self, until: datetime) -> "Play":
        """Look exactly when the rules asked for it, until then."""
        for _ in range(10_000):
            at = self.round.look_at
            if at is None or at > until:
                break
            self.look(max(at, self.now))
        self.now = until
        return self

    def hall(self) -> Hall:
        """Give what the storage would load, by the table in `bot.snapshots`."""
        state = self.round.state
        asking = state in (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.PROPOSED)
        drafting = state in (RoundState.CLOSED, RoundState.PROPOSED)
        running = state is RoundState.RUNNING
        queued = self._of(ApplicationState.SUBMITTED, ApplicationState.WAITING) if asking else []
        accepted = self._of(ApplicationState.ACCEPTED)
        willing = [each for each in self.live() if self._welcomes(each)] if running else []
        lively = [self.partnerships[each] for each in self.lively if not self._asked(each)] if running else []
        pool = self._of(ApplicationState.ACCEPTED, ApplicationState.UNPLACED) if drafting else []
        if running:
            pool = self._of(ApplicationState.LATE, ApplicationState.WAITING, ApplicationState.UNPLACED)
            members = {member for each in (*willing, *lively) for member in each.members}
            pool += [each for each in self.applications.values() if each.person in members]
        return Hall(
            self.round,
            waiting=tuple((each, self.people[each.person]) for each in queued),
            accepted=Counter(each.country for each in accepted),
            candidates=tuple(map(self._candidate, pool)),
            marks=self.marks,
            blocks=self.blocks,
            drafted=tuple(p for p in self.partnerships.values() if p.state is PartnershipState.DRAFTED),
            alone=tuple(map(self._candidate, self._alone())) if running else (),
            willing=tuple(willing),
            lively=tuple(lively),
            counts=self.counts,
            audience=self._audience() if state in (RoundState.DRAFT, RoundState.OPEN) else (),
            embassies=self.embassies if due(self.round, self.now, program().pace) else (),
            directors_room=self.room,
        )

    def live(self) -> list[Partnership]:
        return [each for each in self.partnerships.values() if each.state in LIVE]

    def start(self) -> "Play":
        self.keep(
            rounds.start(
                self.round, self.partnerships.values(), self.applications.values(), self.now, program()
            )
        )
        return self

    def dissolve(self, partnership: str) -> None:
        """Part two people, as a withdrawal or a re-match would."""
        ended = replace(self.partnerships[partnership], state=PartnershipState.DISSOLVED, look_at=None)
        self.partnerships[partnership] = ended
        for member in ended.members:
            self.memberships[partnership, member] = Membership(
                partnership, member, self.round.id, active=False
            )

    def states(self) -> dict[int, str]:
        return {person: str(each.state) for person, each in sorted(self.applications.items())}

    def pairs(self) -> set[frozenset[int]]:
        return {frozenset(each.members) for each in self.live()}

    def text(self, key: str) -> str:
        body = self.outbox[key].body
        assert isinstance(body, Message)
        return body.text

    def _of(self, *states: ApplicationState) -> list[Application]:
        found = [each for each in self.applications.values() if each.state in states]
        return sorted(found, key=lambda each: (each.submitted_at, each.person))

    def _candidate(self, application: Application) -> Candidate:
        met = {
            other
            for (partnership, person) in self.memberships
            if person == application.person
            for other in self.partnerships[partnership].members
            if other != person
        }
        return Candidate(application, self.people[application.person], tuple(sorted(met)))

    def _alone(self) -> list[Application]:
        busy = {person for (_, person), row in self.memberships.items() if row.active}
        found = self._of(ApplicationState.PLACED, ApplicationState.ALONE)
        return [each for each in found if each.person not in busy]

    def _welcomes(self, pair: Partnership) -> bool:
        said = [self.surveys.get((member, pair.id)) for member in pair.members]
        return len(pair.members) == 2 and all(each is not None and each.value == "yes" for each in said)

    def _asked(self, pair: str) -> bool:
        return any(question == pair for _, question in self.surveys)

    def _audience(self) -> tuple[Person, ...]:
        wanted = [p for p in self.people.values() if p.wants_news and p.id > self.round.told_up_to]
        return tuple(sorted(wanted, key=lambda person: person.id)[:500])


def a_round(state: RoundState = RoundState.OPEN, **changes: object) -> Round:
    known = Round("spring", "Spring 2027", state, weeks=16, look_at=START)
    return replace(known, **changes)  # type: ignore[arg-type]


def running(*countries: str, **changes: object) -> Play:
    """Give a round in its first week: people 1, 2, … of these countries applied, and were paired."""
    play = Play(a_round(RoundState.CLOSED, **changes))
    for number, country in enumerate(countries, start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.look()
    play.start()
    play.look()
    return play
