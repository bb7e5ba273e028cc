"""Answers to the silence ladder: taps ("l:<partnership>:<week>:<word>") and words, and what follows.

The rungs themselves are `bot.partnerships.silence`. A wish for another partner asks for the cause first;
the cause goes to the directors, never to the partner.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.access import owns
from bot.cases import open_case
from bot.check_ins import parts, read_words, row_of
from bot.deliveries import answer as reply_with
from bot.deliveries import choices, reply, settle
from bot.events import Event, Said, Tapped
from bot.markup import Markup
from bot.messages import Choice, Message
from bot.model import CheckIn, Contact, PartnershipState, SurveyAnswer
from bot.outcome import NOTHING, Outcome
from bot.partnerships.calendar import patience, timetable_of
from bot.partnerships.parting import SILENT, part
from bot.partnerships.weekly import LADDER_ROWS
from bot.rooms.pair import names
from bot.snapshots import Turn
from bot.texts import Program


#: What the question of day 10 can be answered with, and what is kept of it.
ANSWERS: Mapping[str, Contact] = {
    "yes": Contact.MET,
    "not-yet": Contact.NOT_YET,
    "away": Contact.AWAY,
    "another": Contact.ANOTHER,
    "wrong": Contact.WRONG,
}
#: The causes of a wish for another partner (program: "Before a re-match the cause is asked").
CAUSES = ("zone", "language", "workload", "technical", SILENT, "conduct")
#: The survey in which pairs say whether a third is welcome; the question is the partnership's id.
THIRD = "third"
#: A question can be answered for so many days of the program, and in so many weeks after its own.
OPEN_FOR = 14.0
OPEN_WEEKS = 2


def answer(event: Event, turn: Turn, program: Program) -> Outcome:
    """Take a tap on one of the ladder's buttons, or words while its question is open; always one reply."""
    if isinstance(event, Tapped):
        return _tapped(event, turn, program)
    assert isinstance(event, Said)
    found = heard(event, turn, program)
    if found is not None:
        return found
    if turn.check_in is None or turn.check_in.week < LADDER_ROWS:
        return Outcome(deliveries=(reply_with(event, turn, program, "ladder.gone"),))
    text = program.say(turn.person.language, "ladder.again", partner=_partner(turn, program))
    return Outcome(deliveries=(reply(event, Message(text, _buttons(turn, turn.check_in, program))),))


def heard(event: Said, turn: Turn, program: Program) -> Outcome | None:
    """Take words as the answer to the open question of day 10; None when they are not."""
    row = turn.check_in
    if row is None or row.week < LADDER_ROWS or event.media or event.forwarded:
        return None
    said = read_words(event.text, "ladder", tuple(ANSWERS), turn, program)
    if said is None or not owns(turn, row.partnership):
        return None
    return _answered(event, turn, row.week, said, program)


def want_another(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    """Ask for the cause before a partnership is ended for another one (also for a command's button)."""
    assert turn.partnership is not None
    language, about = turn.person.language, turn.partnership.id
    buttons = [
        (program.say(language, f"ladder.button.because-{cause}"), f"l:{about}:0:because-{cause}")
        for cause in CAUSES
    ]
    stay = (program.say(language, "ladder.button.stay"), f"l:{about}:0:stay")
    text = program.say(language, "ladder.another.ask", partner=_partner(turn, program))
    return Outcome(deliveries=(reply(event, Message(text, choices(*buttons, stay))),), telling=True)


def _tapped(event: Tapped, turn: Turn, program: Program) -> Outcome:
    partnership, week, said = parts(event.value)
    live = turn.partnership
    known = said in _TAPS or said in ANSWERS or said.removeprefix("because-") in CAUSES
    if live is None or not owns(turn, partnership) or live.state is PartnershipState.ENDED or not known:
        return _without_buttons(event) + Outcome(
            deliveries=(reply_with(event, turn, program, "ladder.gone"),)
        )
    label = program.say(turn.person.language, f"ladder.button.{said}")
    settled = Outcome(deliveries=(settle(event, event.ref, label),)) if event.ref else NOTHING
    if said.startswith("because-"):
        return settled + _parted(event, turn, said.removeprefix("because-"), program)
    if said in _TAPS:
        return settled + _TAPS[said](event, turn, program)
    return settled + _answered(event, turn, week, said, program)


def _without_buttons(event: Tapped) -> Outcome:
    return Outcome(deliveries=(settle(event, event.ref, ""),)) if event.ref else NOTHING


def _answered(event: Said | Tapped, turn: Turn, week: int, said: str, program: Program) -> Outcome:
    """Keep the answer; "yes" and "not yet" on the nudge of day 7 are kept as an answer of their week too."""
    assert turn.partnership is not None
    if said == "another":
        return want_another(event, turn, program)
    stands = week if week >= LADDER_ROWS else LADDER_ROWS + week
    row = row_of(turn, turn.partnership.id, stands)
    row = row or CheckIn(turn.partnership.id, turn.person.id, stands, turn.now)
    if _is_old(turn, row, program):
        return Outcome(deliveries=(reply_with(event, turn, program, "ladder.old"),))
    thanks = program.say(turn.person.language, f"ladder.thanks.{said}", partner=_partner(turn, program))
    telling = said == "wrong"
    if row.answer is ANSWERS[said]:
        return Outcome(deliveries=(reply(event, Message(thanks)),), telling=telling)
    if row.answer is not None:
        label = program.say(turn.person.language, f"ladder.button.{said}")
        thanks = program.say(
            turn.person.language, "ladder.thanks.changed", answer=label, thanks=Markup(thanks)
        )
    kept = replace(row, answer=ANSWERS[said], answered_at=turn.now)
    case = _case(event, turn, _CASES[said], program) if said in _CASES else NOTHING
    return Outcome((kept,)) + case + Outcome(deliveries=(reply(event, Message(thanks)),), telling=telling)


def _is_old(turn: Turn, row: CheckIn, program: Program) -> bool:
    """Tell whether the question is closed: asked two weeks ago, or in a week that is as long over."""
    if turn.now > row.asked_at + patience(program, OPEN_FOR):
        return True
    about = turn.its_round
    if about is None or about.started_at is None or not row.partnership.startswith(f"{about.id}."):
        return False
    return timetable_of(about, program).week(turn.now) - (row.week - LADDER_ROWS) > OPEN_WEEKS


def _parted(event: Tapped, turn: Turn, cause: str, program: Program) -> Outcome:
    """End the partnership for the cause that was given; bad behaviour goes to the directors at once."""
    assert turn.partnership is not None
    words = "parted-conduct" if cause == "conduct" else "parted-trio" if len(turn.partners) > 1 else "parted"
    label = program.say("en", f"ladder.button.because-{cause}")
    tried = (program.say("en", "ladder.tried.cause", cause=label),)
    case = _case(event, turn, "report", program, tried) if cause == "conduct" else NOTHING
    wish = SurveyAnswer(
        turn.partnership.round, turn.person.id, "another", turn.partnership.id, cause, turn.now
    )
    thanks = reply_with(event, turn, program, f"ladder.thanks.{words}")
    told = Outcome(deliveries=(thanks,), telling=cause == "conduct")
    return Outcome((wish,)) + part(turn, cause, program) + case + told


def _case(event: Event, turn: Turn, kind: str, program: Program, tried: tuple[str, ...] = ()) -> Outcome:
    assert turn.partnership is not None
    key = f"report/{event.id}" if kind == "report" else f"{kind}/{turn.partnership.id}/{turn.person.id}"
    return open_case(
        key,
        kind,
        turn.now,
        program,
        person=turn.person,
        partnership=turn.partnership.id,
        round=turn.partnership.round,
        tried=tried,
        room=turn.directors_room,
    )


def _wrote(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    return _thanked(event, turn, "wrote", program)


def _stay(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    return _thanked(event, turn, "stay", program)


def _help(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    return _case(event, turn, "help", program) + _thanked(event, turn, "help", program)


def _third_yes(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    return _third(event, turn, "yes", program)


def _third_no(event: Said | Tapped, turn: Turn, program: Program) -> Outcome:
    return _third(event, turn, "no", program)


def _third(event: Said | Tapped, turn: Turn, said: str, program: Program) -> Outcome:
    assert turn.partnership is not None
    about = turn.partnership
    kept = SurveyAnswer(about.round, turn.person.id, THIRD, about.id, said, turn.now)
    return Outcome((kept,)) + _thanked(event, turn, f"third-{said}", program)


def _thanked(event: Said | Tapped, turn: Turn, words: str, program: Program) -> Outcome:
    thanks = reply_with(event, turn, program, f"ladder.thanks.{words}", partner=_partner(turn, program))
    return Outcome(deliveries=(thanks,))


def _partner(turn: Turn, program: Program) -> Markup:
    return names(turn.partners, turn.person.language, program)


def _buttons(turn: Turn, row: CheckIn, program: Program) -> tuple[tuple[Choice, ...], ...]:
    language = turn.person.language
    return choices(
        *(
            (program.say(language, f"ladder.button.{tap}"), f"l:{row.partnership}:{row.week}:{tap}")
            for tap in ANSWERS
        )
    )


#: Answers that open a case, and of which kind.
_CASES: Mapping[str, str] = {"away": "away", "wrong": "report"}
_TAPS: Mapping[str, Callable[[Said | Tapped, Turn, Program], Outcome]] = {
    "wrote": _wrote,
    "stay": _stay,
    "help": _help,
    "third-yes": _third_yes,
    "third-no": _third_no,
}
