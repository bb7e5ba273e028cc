"""What follows a report: more of it, line by line, to the directors until the person says that it was all.

People write in several lines, and none of them may reach the partner whom it is about.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.answers import listed
from bot.cases import open_case
from bot.conversations.calls import Call
from bot.conversations.interrupted import UNDER, below, started
from bot.conversations.show import ask
from bot.conversations.stand import Walk, answered, asking, closed, was_away
from bot.conversations.steering import steer_of
from bot.conversations.tables import MORE, REPORTS
from bot.deliveries import reply_key
from bot.events import Exchange, Said, Tapped
from bot.messages import Message
from bot.model import Case, Dialogue, Record, RoomKind
from bot.outcome import Outcome
from bot.rooms.pair import names
from bot.snapshots import Turn
from bot.texts.reading.folding import key


#: The case that is told more of, and its lines so far.
CASE, LINES = "case", "lines"
#: Steering words that end it, too.
_ENDS = frozenset({"done", "cancel", "later", "throw"})


def tell(walk: Walk, lines: tuple[str, ...], *, name: str = "") -> Outcome:
    """Open the case of a report; with the `name` of one, tell more of it: all its lines so far."""
    turn, event = walk.turn, walk.event
    # It was begun about this partnership, which may have ended while the report waited.
    about = walk.dialogue.about or (turn.partnership.id if turn.partnership else "")
    return open_case(
        name or f"report/{event.platform}/{event.id}",
        "report",
        turn.now,
        walk.program,
        person=turn.person,
        partnership=about,
        round=turn.its_round.id if turn.its_round else about.rpartition(".")[0],
        tried=lines,
        room=turn.directors_room,
        more=bool(name),
    )


def go_on(walk: Walk, saves: Iterable[Record], note: str, *, chosen: str = "") -> Outcome:
    """Wait for more of the case that is saved."""
    case = next(one for one in saves if isinstance(one, Case))
    under = {UNDER: walk.dialogue.answers[UNDER]} if UNDER in walk.dialogue.answers else {}
    walk = walk.moved(
        kind=MORE, at=MORE, about=case.partnership, answers=_known(case) | under, trail=(), editing=False
    )
    return _asked(walk, note, chosen=chosen)


def and_more(outcome: Outcome, call: Call) -> Outcome:
    """Let somebody who begins to tell go on, where their next words would be carried to the partner."""
    turn = _after(call.turn, outcome)
    partnership = call.turn.partnership
    waits = turn.dialogue is not None and turn.dialogue.kind in REPORTS
    told = next((one for one in outcome.deliveries if one.key == reply_key(call.event)), None)
    if not outcome.telling or waits or partnership is None or partnership.room is not RoomKind.RELAY:
        return outcome
    if told is None or not isinstance(told.body, Message):
        return outcome
    case = next((one for one in outcome.saves if isinstance(one, Case) and one.kind == "report"), None)
    dialogue = started(turn, MORE, about=partnership.id, answers=_known(case) if case else {})
    walk = Walk(call.event, turn, call.program, replace(dialogue, at=MORE))
    asks = ask(walk, walk.questions[0], note=told.body.text)
    body = replace(asks, rows=(*told.body.rows, *asks.rows))
    deliveries = tuple(replace(one, body=body) if one is told else one for one in outcome.deliveries)
    drops = tuple(one for one in outcome.drops if not isinstance(one, Dialogue))
    return replace(outcome, saves=(*outcome.saves, asking(walk)), drops=drops, deliveries=deliveries)


def nothing_more(event: Tapped, turn: Turn) -> Outcome:
    """End what waits only because something was asked that a button answers now."""
    dialogue = turn.dialogue
    if dialogue is None or dialogue.kind != MORE or LINES in dialogue.answers:
        return Outcome()
    under = below(dialogue, turn)
    return Outcome((under,)) if under else Outcome(drops=(dialogue,))


def _after(turn: Turn, outcome: Outcome) -> Turn:
    """Give the turn with the dialogue as this leaves it."""
    saved = [one for one in outcome.saves if isinstance(one, Dialogue)]
    gone = any(isinstance(one, Dialogue) for one in outcome.drops)
    dialogue = saved[-1] if saved else None if gone else turn.dialogue
    return replace(turn, dialogue=dialogue)


def hear(walk: Walk, event: Said) -> Outcome:
    """Send words to the directors, or end where they say that it was all.

    What comes an hour later may be for somebody else: it goes to nobody, and the person is told. Words that
    were written before one could be seen to ask, say nothing about the question: "no" is a line like others.
    """
    text = event.text.strip()
    if was_away(walk):
        return closed(walk, Message(walk.say("commands.report.over")))
    if not text:
        return _asked(walk, walk.say("application.only-words"))
    steer = steer_of(text, walk.language, walk.program)
    if not 0 < event.order < walk.turn.put:
        if steer in _ENDS or key(text) in _words(walk, "all"):
            return over(walk, "")
        if steer or key(text) in _words(walk, "nothing"):
            return _asked(walk, walk.say("commands.report.nothing-sent"))
    return _added(walk, event, text)


def over(walk: Walk, chosen: str) -> Outcome:
    """End it; in a relay the person is told for whom their words are from now on."""
    turn = walk.turn
    lines = [walk.say("commands.report.all")]
    if turn.partnership is not None and turn.partnership.room is RoomKind.RELAY:
        partner = names(turn.partners, walk.language, walk.program)
        lines.append(walk.say("commands.report.again", partner=partner))
    return closed(walk, Message("\n\n".join(lines)), chosen=chosen)


def only_words(walk: Walk, event: Exchange) -> str:
    """Give the sentence that a picture was not sent along; "" where there was none."""
    return walk.say("commands.report.only-words") if isinstance(event, Said) and event.media else ""


def _added(walk: Walk, event: Said, text: str) -> Outcome:
    answers = walk.dialogue.answers
    lines = (*listed(answers.get(LINES)), text)
    name = str(answers.get(CASE, ""))
    case = tell(walk, lines, name=name)
    if not name:
        return case + go_on(walk, case.saves, _noted(walk, event))
    walk = walk.with_answers({**answers, LINES: list(lines)})
    return case + _asked(walk, _noted(walk, event))


def _noted(walk: Walk, event: Said) -> str:
    return " ".join(filter(None, (walk.say("commands.report.added"), only_words(walk, event))))


def _asked(walk: Walk, note: str, *, chosen: str = "") -> Outcome:
    return answered(walk, ask(walk, walk.questions[0], note=note), chosen=chosen)


def _known(case: Case) -> dict[str, object]:
    return {CASE: case.key, LINES: list(case.tried)}


def _words(walk: Walk, which: str) -> frozenset[str]:
    name = f"commands.report.words.{which}"
    lines = (walk.say(name), walk.program.say("en", name))
    return frozenset(key(word) for line in lines for word in line.split(","))
