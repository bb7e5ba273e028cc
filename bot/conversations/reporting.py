"""A report of misconduct: in two questions to the directors, never to the partner.

People write in several lines. The first is sent at once, each further one after it, until they say that it
was all: what comes after a report must not reach the partner whom it is about.
"""

from bot.cases import open_case
from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.interrupted import UNDER
from bot.conversations.show import ask
from bot.conversations.stand import Walk, answered, closed
from bot.conversations.tables import MORE
from bot.messages import Message
from bot.outcome import Outcome
from bot.wording import in_words


#: The option that says so.
ALL = "all"


def ask_report(call: Call) -> Outcome:
    """Begin a report."""
    partnership = call.turn.partnership
    return begin(call, "report", about=partnership.id if partnership else "")


def report(walk: Walk, chosen: str) -> Outcome:
    """Send it to the directors as a case, with the person's own words, and ask whether there is more."""
    given = walk.dialogue.answers
    kind = next((one for one in walk.questions if one.id == "report-kind"), None)
    about = in_words(kind, given.get("report-kind"), "en", walk.program) if kind else ""
    case = _case(walk, "report", (about, str(given.get("report-text", ""))))
    return case + _and_more(walk, "commands.report.sent", chosen=chosen)


def more(walk: Walk, chosen: str) -> Outcome:
    """Send what was added to the directors, too; end where that was all."""
    words = str(walk.dialogue.answers.get(MORE, ""))
    if words == ALL:
        return closed(walk, Message(walk.say("commands.report.all")), chosen=chosen)
    return _case(walk, MORE, (words,)) + _and_more(walk, "commands.report.added")


def _and_more(walk: Walk, note: str, *, chosen: str = "") -> Outcome:
    under = {UNDER: walk.dialogue.answers[UNDER]} if UNDER in walk.dialogue.answers else {}
    walk = walk.moved(kind=MORE, at=MORE, answers=under, trail=())
    return answered(walk, ask(walk, walk.questions[0], note=walk.say(note)), chosen=chosen)


def _case(walk: Walk, kind: str, tried: tuple[str, ...]) -> Outcome:
    turn, event = walk.turn, walk.event
    # It was begun about this partnership, which may have ended while the report waited.
    partnership = walk.dialogue.about or (turn.partnership.id if turn.partnership else "")
    return open_case(
        f"report/{event.platform}/{event.id}",
        kind,
        turn.now,
        walk.program,
        person=turn.person,
        partnership=partnership,
        round=turn.its_round.id if turn.its_round else partnership.rpartition(".")[0],
        tried=tried,
        room=turn.directors_room,
    )
