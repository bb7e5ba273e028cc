"""The records: frozen, plain, one class for each thing that is kept.

Change one with `dataclasses.replace`; save it by returning it in an Outcome. All datetimes are
aware and UTC. A record names another by its id, never by holding it.
"""

from typing import TypeAlias

from bot.model.desk import AuditEntry, Case, CaseState, DirectorsRoom, Pending
from bot.model.people import Answers, Application, ApplicationState, Block, Dialogue, Person
from bot.model.rounds import (
    IN_CONTACT,
    CheckIn,
    Contact,
    Mark,
    Membership,
    PairMark,
    Partnership,
    PartnershipState,
    RoomKind,
    RoomStep,
    Round,
    RoundState,
    SurveyAnswer,
)


Record: TypeAlias = (
    Person
    | Dialogue
    | Application
    | Block
    | Round
    | Partnership
    | Membership
    | Mark
    | CheckIn
    | SurveyAnswer
    | Case
    | AuditEntry
    | DirectorsRoom
    | Pending
)

__all__ = [
    "IN_CONTACT",
    "Answers",
    "Application",
    "ApplicationState",
    "AuditEntry",
    "Block",
    "Case",
    "CaseState",
    "CheckIn",
    "Contact",
    "Dialogue",
    "DirectorsRoom",
    "Mark",
    "Membership",
    "PairMark",
    "Partnership",
    "PartnershipState",
    "Pending",
    "Person",
    "Record",
    "RoomKind",
    "RoomStep",
    "Round",
    "RoundState",
    "SurveyAnswer",
]
