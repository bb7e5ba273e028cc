"""Records of people: who they are, where a conversation stands, what they applied with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias


Answers: TypeAlias = Mapping[str, object]
"""Answers by question id; every value is plain JSON (str, int, bool, list, dict)."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person known to the bot on one platform; `id` comes from the storage at first contact."""

    id: int
    platform: str
    #: The platform's own id of the account, as text ("7654321098", "U012AB3CD").
    account: str
    #: The private chat with the bot; "" until the person has opened it.
    chat: str = ""
    handle: str = ""
    #: The name they asked to be called; before they say, the platform's display name.
    name: str = ""
    #: Two letters (or "pt-br"); the platform's setting at first, then what they chose.
    language: str = "en"
    #: IANA zone; "" until known (then UTC is shown and nothing is held back for the night).
    zone: str = ""
    country: str = ""
    #: False after the platform said that messages cannot reach them.
    reachable: bool = True
    #: Away until this day (their own calendar), not included; None when here.
    away_until: date | None = None
    consent: str = ""
    consented_at: datetime | None = None
    #: Wants to hear when a round opens.
    wants_news: bool = False
    #: The country they are the ambassador for; "" for nearly everybody.
    ambassador_for: str = ""
    director: bool = False
    #: How many partners they left without a word; two or more and they wait until they say they are back.
    ghosted: int = 0
    #: Set when directors removed them (misconduct): they take part in nothing and cannot apply.
    removed_at: datetime | None = None
    #: The answers they last applied with, to fill in the next application.
    profile: Answers = field(default_factory=dict)
    #: When they last wrote or tapped: somebody who just wrote is not asleep.
    seen_at: datetime | None = None
    #: Set when they asked to be forgotten: nothing personal is left in the row.
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where a conversation with one person stands; one row a person, gone when it is over."""

    person: int
    #: Which table of questions is walked: "application", "survey-mid", "report"…
    kind: str
    #: The question that waits for an answer, or "summary".
    at: str
    answers: Answers = field(default_factory=dict)
    #: Questions answered so far, in order, for "back".
    trail: tuple[str, ...] = ()
    #: True when one answer is changed from the summary: then the walk returns there.
    editing: bool = False
    #: What the dialogue is about: a round's or a partnership's id.
    about: str = ""
    touched_at: datetime | None = None
    #: The unfinished are reminded once.
    reminded: bool = False
    #: The order (`Base.order`) of the latest that was written or tapped in it; 0 when nothing told its own.
    heard: float = 0.0
    #: The key of the delivery by which the question that waits was put first; "" when it was put otherwise.
    asked: str = ""


class ApplicationState(StrEnum):
    """Where an application is; a draft is a Dialogue and has no row."""

    SUBMITTED = "submitted"  # sent in; the country balance is looked at next
    ACCEPTED = "accepted"  # takes part in the matching
    WAITING = "waiting"  # the country's share is full: in the visible queue
    LATE = "late"  # came after the draft of pairs: waits for a place in the running round
    PLACED = "placed"  # has a partnership
    ALONE = "alone"  # lost their partner in mid-round: waits for another
    UNPLACED = "unplaced"  # could not be paired; `why` says which rule
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Application:
    """One person's application to one round."""

    round: str
    person: int
    state: ApplicationState
    answers: Answers
    submitted_at: datetime
    country: str = ""
    #: The rule that stopped a placement (`bot.matching`), for the person and the directors.
    why: str = ""
    #: Through whose link they came: an ambassador's person id, or 0.
    source: int = 0
    #: People let down before come first in matching.
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """`person` never wants to be paired with `other`; nobody but directors sees it."""

    person: int
    other: int
    at: datetime
