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
    Record,
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
    #: The place in the chat (`Base.order`) of the message that put the question of `dialogue` first: infinity
    #: while it has not arrived, 0 where nobody knows.
    put: float = 0.0
    #: The round one can apply to now: the open one, else the newest that is closed, proposed or running
    #: (whoever applies then is LATE and waits in its line), if any.
    open_round: Round | None = None
    #: The person's newest application that is not withdrawn, and its round.
    application: Application | None = None
    round: Round | None = None
    #: The round they take part in, or took part in last, where `application` is to a later one.
    earlier: Round | None = None
    #: The live partnership (opening or running), and the other people in it.
    partnership: Partnership | None = None
    partners: tuple[Person, ...] = ()
    #: The newest check-in that was asked and not answered, not older than two weeks.
    check_in: CheckIn | None = None
    #: Every check-in of `partnership`, anybody's, that was asked in the last 14 days, newest first.
    check_ins: tuple[CheckIn, ...] = ()
    #: Their answers to the surveys of `its_round`.
    surveys: tuple[SurveyAnswer, ...] = ()
    #: How many wait before them in their country's queue (0 when they do not wait).
    queue_place: int = 0
    #: True when the event came from the directors' room of its platform.
    in_directors_room: bool = False
    #: The directors' room of the platform, where cases are told.
    directors_room: DirectorsRoom | None = None
    #: The ambassador of the person's country, if there is one.
    ambassador: Person | None = None
    #: Every record about the person (of any round), when `bot.conversations.rights.asked_for` says so.
    held: tuple[Record, ...] = ()

    @property
    def its_round(self) -> Round | None:
        """Give the round whose weeks and surveys are meant: who applied for the next is still in this one."""
        return self.earlier or self.round


@dataclass(frozen=True, slots=True)
class Book:
    """One partnership at one occasion of its round."""

    partnership: Partnership
    round: Round
    #: All its members in the order of `partnership.members`.
    members: tuple[Person, ...]
    #: The check-ins of the present silence (from the last sign of contact on) and of the last three weeks;
    #: every one when the weeks are over.
    check_ins: tuple[CheckIn, ...] = ()
    #: Its members' answers to the survey "keep-in-touch" of this round.
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
class Embassy:
    """An ambassador, and what they may know of a round: their own country's figures and open cases."""

    person: Person
    #: Applications to the round from their country that were not withdrawn, and those that have a partner.
    applied: int = 0
    placed: int = 0
    #: Applications through their own link.
    through: int = 0
    #: The country's open cases of this round with their people, oldest first, at most 20: none about
    #: a partnership of the ambassador's own.
    cases: tuple[tuple[Case, Person], ...] = ()


@dataclass(frozen=True, slots=True)
class Hall:
    """One round at one look: the applications that wait for a decision, and the counts that decide it.

    What is filled depends on the round's state, so that a look costs what it needs. Nobody who was
    erased is in any part.

    | part | draft (opens_at has come), open | closed, proposed | running |
    | --- | --- | --- | --- |
    | waiting | submitted, waiting | submitted, waiting | - |
    | accepted | yes | yes | - |
    | candidates | - | accepted, unplaced | late, waiting, unplaced; members of `willing`, `lively` |
    | marks, blocks | - | yes | yes, when `alone` or a late one is there |
    | drafted | - | yes | - |
    | alone | - | - | yes |
    | willing, lively | - | - | yes, when `alone` or a late one is there |
    | counts | - | - | only when the round's weeks are over |
    | audience | yes | - | - |

    `embassies` is filled when `bot.rounds.ambassadors.due` names a report: a few times a round, and in the
    last look, after the end.
    """

    round: Round
    #: SUBMITTED and WAITING applications with their people, first come first.
    waiting: tuple[tuple[Application, Person], ...] = ()
    #: ACCEPTED applicants by country.
    accepted: Mapping[str, int] = field(default_factory=dict)
    #: People for the matching or for a re-match, with their former partners in any round.
    candidates: tuple[Candidate, ...] = ()
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    #: The DRAFTED partnerships of this round, by number: a new draft takes their place.
    drafted: tuple[Partnership, ...] = ()
    #: Everybody whose application is PLACED or ALONE and who is in no opening or running partnership of
    #: this round (no active membership), with their former partners of this round too, first come first.
    alone: tuple[Candidate, ...] = ()
    #: Running partnerships of two in which both said that a third is welcome: a SurveyAnswer each with
    #: survey "third", question = the partnership's id, value "yes".
    willing: tuple[Partnership, ...] = ()
    #: At most 30 running partnerships of two, introduced 14 days ago or longer, with a check-in answered
    #: MET or DATE_SET in the last 14 days, and no SurveyAnswer of survey "third" about them.
    lively: tuple[Partnership, ...] = ()
    #: For the report of the end: the figures of a Desk's `counts` (see `bot.ports.Needs`) of this round.
    counts: Mapping[str, int] = field(default_factory=dict)
    #: People to tell that the round is open: reachable, who want news or applied to an earlier round, with
    #: an id above `round.told_up_to`, by id, at most 500.
    audience: tuple[Person, ...] = ()
    #: The ambassadors who can be written to, by id.
    embassies: tuple[Embassy, ...] = ()
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
    #: The newest round before `round` that has begun; only with the part "evaluation".
    last: Round | None = None
