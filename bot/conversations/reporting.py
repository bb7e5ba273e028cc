"""A report of misconduct: in two questions to the directors, never to the partner."""

from bot.cases import open_case
from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.stand import Walk, closed
from bot.messages import Message
from bot.outcome import Outcome
from bot.wording import in_words


def ask_report(call: Call) -> Outcome:
    """Begin a report."""
    partnership = call.turn.partnership
    return begin(call, "report", about=partnership.id if partnership else "")


def report(walk: Walk, chosen: str) -> Outcome:
    """Send it to the directors as a case, with the person's own words."""
    turn, event = walk.turn, walk.event
    given = walk.dialogue.answers
    kind = next((one for one in walk.questions if one.id == "report-kind"), None)
    about = in_words(kind, given.get("report-kind"), "en", walk.program) if kind else ""
    # It was begun about this partnership, which may have ended while the report waited.
    partnership = walk.dialogue.about or (turn.partnership.id if turn.partnership else "")
    case = open_case(
        f"report/{event.platform}/{event.id}",
        "report",
        turn.now,
        walk.program,
        person=turn.person,
        partnership=partnership,
        round=turn.its_round.id if turn.its_round else partnership.rpartition(".")[0],
        tried=(about, str(given.get("report-text", ""))),
        room=turn.directors_room,
    )
    return closed(walk, Message(walk.say("commands.report.sent")), chosen=chosen, outcome=case)
