"""Every table; importing this module is what makes the catalogue complete."""

from storage.tables_base import Row
from storage.tables_delivery import dead_letter, inbox, lease, milestone, outbox
from storage.tables_desk import audit_entry, case, directors_room, pending
from storage.tables_installs import installation
from storage.tables_people import application, block, dialogue, person
from storage.tables_rounds import check_in, mark, membership, partnership, round_, survey_answer


metadata = Row.metadata

__all__ = [
    "application",
    "audit_entry",
    "block",
    "case",
    "check_in",
    "dead_letter",
    "dialogue",
    "directors_room",
    "inbox",
    "installation",
    "lease",
    "mark",
    "membership",
    "metadata",
    "milestone",
    "outbox",
    "partnership",
    "pending",
    "person",
    "round_",
    "survey_answer",
]
