"""What a decision may look at: a snapshot, loaded whole before it decides, as narrow as the rule needs.

`Turn` is one exchange with one person; `Book` is what one partnership's occasion needs; `Hall` is what
one look at a round needs; `Desk` is what one director's command needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import (
    Application,
    AuditEntry,
    Block,
    Case,
    CheckIn,
    Dialogue,
    DirectorsRoom,
    Mark,
    Partnership,
    Pending,
    Person,
    Round,
    SurveyAnswer,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: the person who wrote or tapped, and what surrounds them.

    In a shared chat `partnership` is the one whose room it is, else the person's own live one.
    """

    now: datetime
    person: Person
    dialogue: Dialogue | None = None
    #: The round that takes applications now, if any.
    open_round: Round | None = None
    #: The person's newest application that is not withdrawn, and its round.
    application: Application | None = None
    round: Round | None = None
    #: The live partnership (opening or running), and the other people in it.
    partnership: Partnership | None = None
    partners: tuple[Person, ...] = ()
    #: The newest check-in that was asked and not answered, not older than two weeks.
    check_in: CheckIn | None = None
    #: Their answers to the surveys of `round`.
    surveys: tuple[SurveyAnswer, ...] = ()
    #: How many wait before them in their country's queue (0 when they do not wait).
    queue_place: int = 0
    #: True when the event came from the directors' room of its platform.
    in_directors_room: bool = False
    #: The directors' room of the platform, where cases are told.
    directors_room: DirectorsRoom | None = None
    #: The ambassador of the person's country, if there is one.
    ambassador: Person | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """One partnership at one occasion of its round."""

    partnership: Partnership
    round: Round
    #: All its members in the order of `partnership.members`.
    members: tuple[Person, ...]
    #: Every check-in of this partnership.
    check_ins: tuple[CheckIn, ...] = ()
    surveys: tuple[SurveyAnswer, ...] = ()
    directors_room: DirectorsRoom | None = None

    def member(self, person: int) -> Person:
        """Give the member with this id; raises StopIteration when there is none."""
        return next(member for member in self.members if member.id == person)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What matching needs of one applicant."""

    application: Application
    person: Person
    #: Former partners, in any round.
    met: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hall:
    """One round at one look: the applications that wait for a decision, and the counts that decide it."""

    round: Round
    #: SUBMITTED and WAITING (and LATE while running) applications with their people, first come first.
    waiting: tuple[tuple[Application, Person], ...] = ()
    #: ACCEPTED applicants by country.
    accepted: Mapping[str, int] = field(default_factory=dict)
    #: Filled only where the look is for the matching or for a re-match.
    candidates: tuple[Candidate, ...] = ()
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    #: People of this round who lost their partner and wait for another, with their former partners.
    alone: tuple[Candidate, ...] = ()
    #: Partnerships by state, and check-ins answered, for the report of the end.
    counts: Mapping[str, int] = field(default_factory=dict)
    #: A bounded batch of people to tell something (the opening, the news), oldest first.
    audience: tuple[Person, ...] = ()
    directors_room: DirectorsRoom | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What a director's command looks at; which parts are filled is the command's `needs`."""

    now: datetime
    director: Person
    room: DirectorsRoom | None
    #: The newest round that is not ended or cancelled, else the newest of all.
    round: Round | None = None
    pending: Pending | None = None
    rounds: tuple[Round, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    applications: tuple[Application, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    surveys: tuple[SurveyAnswer, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    cases: tuple[Case, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    #: The outbox and the machine in a few figures, for `health`.
    health: Mapping[str, object] = field(default_factory=dict)
