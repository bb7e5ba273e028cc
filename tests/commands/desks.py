"""Plain desks, people and events for the tests of commands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.commands import decide
from bot.events import Said, Sender, Tapped
from bot.markup import plain
from bot.messages import Message
from bot.model import (
    Answers,
    Application,
    ApplicationState,
    AuditEntry,
    Case,
    DirectorsRoom,
    Partnership,
    PartnershipState,
    Person,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.snapshots import Candidate, Desk
from bot.texts import Program, load_program


NOW = datetime(2027, 1, 4, 10, tzinfo=UTC)
ROOM = DirectorsRoom("telegram", "-100", NOW)
EVA = Person(1, "telegram", "901", chat="901", handle="eva", name="Eva", country="DE", director=True)
ANA = Person(
    11,
    "telegram",
    "911",
    chat="911",
    handle="ana_s",
    name="Ana Silva",
    country="BR",
    zone="America/Sao_Paulo",
)
BEN = Person(12, "telegram", "912", chat="912", name="Ben", country="NZ", zone="Pacific/Auckland")
CLEO = Person(13, "telegram", "913", chat="913", name="Cleo", country="KE", zone="Africa/Nairobi")
DAN = Person(14, "telegram", "914", chat="914", name="Dan", country="IN", zone="Asia/Kolkata")
FAY = Person(15, "telegram", "915", chat="915", name="Fay", country="BR", zone="America/Sao_Paulo")
PEOPLE = (EVA, ANA, BEN, CLEO, DAN, FAY)

DRAFT = Round("spring", "Spring", RoundState.DRAFT)
OPEN = replace(DRAFT, state=RoundState.OPEN)
CLOSED = replace(DRAFT, state=RoundState.CLOSED)
PROPOSED = replace(DRAFT, state=RoundState.PROPOSED, numbered=2)
RUNNING = replace(DRAFT, state=RoundState.RUNNING, started_at=NOW - timedelta(weeks=4), numbered=2)
ENDED = replace(RUNNING, state=RoundState.ENDED, ended_at=NOW)

ANSWERS: Answers = {
    "languages": ["en"],
    "interests": ["cataloguing"],
    "hours": ["Mo09+8"],
    "sector": "public",
}


@cache
def program() -> Program:
    """Give the built-in program."""
    return load_program(bot_names={"telegram": "antipode_bot"})


def said(text: str, **changes: Any) -> Said:
    """Give a line of Eva in the directors' room."""
    event = Said(
        id="e1",
        platform="telegram",
        at=NOW,
        chat="-100",
        private=False,
        sender=Sender("901", "Eva"),
        text=text,
    )
    return replace(event, **changes)


def tapped(value: str, **changes: Any) -> Tapped:
    """Give a tap of Eva in the directors' room."""
    event = Tapped(
        id="e2",
        platform="telegram",
        at=NOW,
        chat="-100",
        private=False,
        sender=Sender("901", "Eva"),
        value=value,
        ref="77",
    )
    return replace(event, **changes)


def desk(**parts: Any) -> Desk:
    """Give a desk of Eva's with these parts."""
    return replace(Desk(NOW, EVA, ROOM, people=PEOPLE), **parts)


def application(
    person: Person, state: ApplicationState = ApplicationState.ACCEPTED, **changes: Any
) -> Application:
    """Give the person's application to the round."""
    made = Application("spring", person.id, state, ANSWERS, NOW - timedelta(days=20), country=person.country)
    return replace(made, **changes)


def candidate(person: Person, *, met: tuple[int, ...] = ()) -> Candidate:
    """Give the person as the matching sees them."""
    return Candidate(application(person), person, met)


def pair(
    number: int, *members: Person, state: PartnershipState = PartnershipState.DRAFTED, **changes: Any
) -> Partnership:
    """Give a partnership of these people."""
    ids = tuple(member.id for member in members)
    made = Partnership(
        f"spring.{number}", "spring", number, "telegram", ids, state, starter=ids[0], score=5000
    )
    return replace(made, **changes)


def case(number: int = 7, kind: str = "quiet", **changes: Any) -> Case:
    """Give an open case about Ana and Ben."""
    made = Case(
        f"{kind}/spring.1/{number}",
        kind,
        NOW - timedelta(days=3),
        number=number,
        round="spring",
        partnership="spring.1",
        person=ANA.id,
        country="BR",
        tried=("A friendly nudge on day 7.",),
    )
    return replace(made, **changes)


def do(text: str, on: Desk, **changes: Any) -> Outcome:
    """Decide about a line."""
    return decide(said(text, **changes), on, program())


def reply_in(outcome: Outcome) -> Message:
    """Give the one reply of an outcome."""
    replies = [delivery.body for delivery in outcome.deliveries if delivery.key.startswith("reply/")]
    assert len(replies) == 1
    assert isinstance(replies[0], Message)
    return replies[0]


def words(outcome: Outcome) -> str:
    """Give the words of the one reply, without markup."""
    return plain(reply_in(outcome).text)


def values(outcome: Outcome) -> list[str]:
    """Give what the buttons of the reply carry."""
    return [choice.value for row in reply_in(outcome).rows for choice in row]


def saved(outcome: Outcome, kind: type) -> list[Any]:
    """Give the records of one kind that are saved."""
    return [record for record in outcome.saves if isinstance(record, kind)]


def audited(outcome: Outcome) -> list[tuple[str, str]]:
    """Give what the audit log gets."""
    return [(entry.what, entry.about) for entry in saved(outcome, AuditEntry)]


def counted(**counts: int) -> Mapping[str, int]:
    """Give counts; "__" in a name stands for a dot."""
    return {name.replace("__", "."): count for name, count in counts.items()}
