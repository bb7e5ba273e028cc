"""People in every state a page of their own can show: what surrounds each of them."""

from dataclasses import replace
from datetime import timedelta

from bot.model import (
    Application,
    ApplicationState,
    CheckIn,
    Dialogue,
    PartnershipState,
    RoomKind,
    RoundState,
    SurveyAnswer,
)
from bot.snapshots import Turn
from tests.conversations.filling import BIA, Office
from tests.conversations.stage import BEN, NOW, OPEN, PAIR, RUNNING


LIO = replace(BIA, language="en", name="Lio", country="BR", profile={"name": "Lio"})
PARTNER = replace(BEN, platform="slack", account="T1/U8", chat="T1/D8")
ROOM = replace(PAIR, platform="slack", room=RoomKind.GROUP, chat="T1/C9")
#: In its second week: no survey yet.
EARLY = replace(RUNNING, started_at=NOW - timedelta(days=8))
#: In its last week but one.
_LAST = replace(RUNNING, started_at=NOW - timedelta(days=100))
_APPLIED = Application(OPEN.id, 7, ApplicationState.SUBMITTED, {"name": "Lio"}, NOW, country="BR")


def _in(state: ApplicationState, **more: object) -> Turn:
    application = replace(_APPLIED, state=state)
    return replace(Turn(NOW, LIO, application=application, round=OPEN, open_round=OPEN), **more)  # type: ignore[arg-type]


_PAIRED = replace(
    _in(ApplicationState.PLACED),
    round=EARLY,
    open_round=EARLY,
    partnership=replace(ROOM, introduced_at=NOW - timedelta(days=8)),
    partners=(PARTNER,),
)
_ENDED = replace(RUNNING, state=RoundState.ENDED, ended_at=NOW - timedelta(days=1))
_DRAFT = Dialogue(7, "application", "country", {"privacy": "2026-11", "conduct": "2026-11"}, about=OPEN.id)

STATES: dict[str, Turn] = {
    "newcomer": Turn(NOW, replace(LIO, profile={}, country=""), open_round=OPEN),
    "newcomer-between-rounds": Turn(NOW, replace(LIO, profile={}, country="")),
    "drafting": Turn(
        NOW, replace(LIO, profile={}), dialogue=replace(_DRAFT, touched_at=NOW), open_round=OPEN
    ),
    "applied": _in(ApplicationState.SUBMITTED),
    "waiting": _in(ApplicationState.WAITING, queue_place=3),
    "paired": _PAIRED,
    "opening": replace(
        _PAIRED, partnership=replace(ROOM, state=PartnershipState.OPENING, introduced_at=None)
    ),
    "asked": replace(_PAIRED, check_in=CheckIn(ROOM.id, 7, 2, NOW - timedelta(hours=3))),
    "silent": replace(_PAIRED, check_in=CheckIn(ROOM.id, 7, 1002, NOW - timedelta(hours=3))),
    "last": replace(_PAIRED, round=_LAST, open_round=_LAST),
    "away": replace(_PAIRED, person=replace(LIO, away_until=(NOW + timedelta(days=9)).date())),
    "survey": replace(_PAIRED, round=RUNNING, open_round=RUNNING),
    "survey-answered": replace(
        _PAIRED,
        round=RUNNING,
        open_round=RUNNING,
        surveys=(SurveyAnswer(RUNNING.id, 7, "mid", "match", "5", NOW),),
    ),
    "alone": replace(_in(ApplicationState.ALONE), round=EARLY, open_round=EARLY),
    "unplaced": replace(_in(ApplicationState.UNPLACED), round=EARLY, open_round=EARLY),
    "ended": replace(_in(ApplicationState.PLACED), round=_ENDED, open_round=None),
    "ended-and-open": replace(
        _in(ApplicationState.PLACED), round=_ENDED, open_round=replace(OPEN, id="autumn")
    ),
    "removed": Turn(NOW, replace(LIO, removed_at=NOW, profile={}), open_round=OPEN),
}


def looking(state: str) -> Office:
    """Give an office in which somebody in this state has looked at their page."""
    stage = Office(STATES[state])
    stage.look()
    return stage
