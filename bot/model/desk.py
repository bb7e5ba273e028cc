"""Records of the directors' desk: cases, the audit log, the directors' room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CaseState(StrEnum):
    """A case waits for a human, or is done."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Case:
    """Something that needs a human; the same key opens one case only."""

    #: "quiet/<partnership>/<week>", "report/<event id>", "unreachable/<person>/<round>"…
    key: str
    kind: str
    opened_at: datetime
    #: The number directors type; 0 until the storage has given one.
    number: int = 0
    round: str = ""
    partnership: str = ""
    person: int = 0
    #: The country whose ambassador sees it too.
    country: str = ""
    #: What the bot did already, a sentence each; for a report: their own words.
    tried: tuple[str, ...] = ()
    state: CaseState = CaseState.OPEN
    taken_by: int = 0
    #: When a director took it: the labour meter counts from here.
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: int = 0
    #: What was done, in a few words.
    outcome: str = ""
    #: Minutes of directors' work: from the first command about it to its closing, or as they say.
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when; `key` makes a repeated command one entry."""

    key: str
    at: datetime
    #: The director's person id.
    who: int
    what: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class DirectorsRoom:
    """The private room from which the program is run; one a platform."""

    platform: str
    chat: str
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that cannot be undone, waiting for the button (or the word "yes") of a director."""

    #: The director's person id: each may have one.
    person: int
    command: str
    asked_at: datetime
