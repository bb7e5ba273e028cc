"""Answers to "keep in touch?": taps ("k:<partnership>:handle", ":other", ":no"), and a contact that is typed.

Nothing is given to anybody here: the partnership's next look exchanges the contacts when all said yes.
"""

from dataclasses import replace

from bot.access import owns
from bot.deliveries import answer as reply_with
from bot.deliveries import settle
from bot.events import Event, Said, Tapped
from bot.model import SurveyAnswer
from bot.outcome import NOTHING, Outcome
from bot.partnerships.keeping import KEEP_IN_TOUCH
from bot.snapshots import Turn
from bot.texts import Program


#: Kept while somebody was asked which contact to show and has not written it.
WHICH = "which"
LONGEST_CONTACT = 120
_TAPS = frozenset({"handle", "other", "no"})


def answer(event: Event, turn: Turn, program: Program) -> Outcome:
    """Take a tap, or the contact somebody writes; always one reply."""
    if isinstance(event, Tapped):
        return _tapped(event, turn, program)
    assert isinstance(event, Said)
    found = heard(event, turn, program)
    return found or Outcome(deliveries=(reply_with(event, turn, program, "partnerships.keep.gone"),))


def heard(event: Said, turn: Turn, program: Program) -> Outcome | None:
    """Take words as the contact somebody was asked for; None when nobody asked."""
    if turn.partnership is None or _said(turn) != WHICH or event.forwarded:
        return None
    contact = " ".join(event.text.split())
    if not contact or len(contact) > LONGEST_CONTACT or event.media:
        return Outcome(deliveries=(reply_with(event, turn, program, "partnerships.keep.again"),))
    if contact.casefold() in ("no", "cancel", "/cancel"):
        return _no(event, turn, program)
    return _yes(event, turn, contact, program)


def _tapped(event: Tapped, turn: Turn, program: Program) -> Outcome:
    about, _, said = event.value.removeprefix("k:").rpartition(":")
    if not owns(turn, about) or said not in _TAPS:
        shown = settle(event, event.ref, "")
        gone = reply_with(event, turn, program, "partnerships.keep.gone")
        return Outcome(deliveries=(shown, gone) if event.ref else (gone,))
    handle = turn.person.handle.lstrip("@")
    label = program.say(turn.person.language, f"partnerships.keep.{said}", handle=handle)
    settled = Outcome(deliveries=(settle(event, event.ref, label),)) if event.ref else NOTHING
    if said == "no":
        return settled + _no(event, turn, program)
    if said == "handle" and handle:
        return settled + _yes(event, turn, f"@{handle}", program)
    asked = Outcome((_row(turn, WHICH),), (reply_with(event, turn, program, "partnerships.keep.which"),))
    return settled + asked


def _yes(event: Said | Tapped, turn: Turn, contact: str, program: Program) -> Outcome:
    """Keep the yes with the contact, and let the partnership be looked at now: it may be the last yes."""
    assert turn.partnership is not None
    about = turn.partnership
    shown = SurveyAnswer(about.round, turn.person.id, KEEP_IN_TOUCH, "contact", contact, turn.now)
    told = reply_with(event, turn, program, "partnerships.keep.yes-thanks", contact=contact)
    return Outcome((_row(turn, "yes"), shown, replace(about, look_at=turn.now)), (told,))


def _no(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    told = reply_with(event, turn, program, "partnerships.keep.no-thanks")
    return Outcome((_row(turn, "no"),), (told,))


def _row(turn: Turn, said: str) -> SurveyAnswer:
    assert turn.partnership is not None
    about = turn.partnership
    return SurveyAnswer(about.round, turn.person.id, KEEP_IN_TOUCH, about.id, said, turn.now)


def _said(turn: Turn) -> str:
    about = turn.partnership.id if turn.partnership else ""
    rows = [row for row in turn.surveys if row.survey == KEEP_IN_TOUCH and row.question == about]
    return rows[-1].value if rows else ""
