"""A draft of two pairs, as the directors see it."""

import json
from dataclasses import replace

from bot.model import Round
from bot.snapshots import Candidate, Desk
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    DAN,
    FAY,
    PROPOSED,
    candidate,
    counted,
    desk,
    pair,
)


QUALITY = {
    "pairs": 2,
    "trios": 0,
    "placed": 4,
    "placed_max": 5,
    "unplaced": 1,
    "worst": 1234,
    "p5": 1300,
    "median": 5000,
    "gap_percent": 0.25,
    "wishes": 4,
    "wishes_met": 3,
}
REASONS = (
    ("interest", json.dumps({"interest": "cataloguing", "named_by": 3, "permille": 600})),
    ("wish", json.dumps({"of": "11", "about": "continent", "value": "OC"})),
    ("open", json.dumps({"who": ["11", "12"]})),
)
DRAFT = (
    pair(1, ANA, BEN, reasons=REASONS, score=7312),
    pair(2, CLEO, DAN, score=1234, pinned=True),
)


def drafted(here: Round = PROPOSED, *candidates: Candidate, **parts: object) -> Desk:
    """Give a desk with the draft of Ana and Ben, Cleo and Dan."""
    everybody = candidates or tuple(candidate(each) for each in (ANA, BEN, CLEO, DAN, FAY))
    on = desk(round=here, partnerships=DRAFT, candidates=everybody, counts=counted(partnerships__drafted=2))
    return replace(on, **parts)  # type: ignore[arg-type]
