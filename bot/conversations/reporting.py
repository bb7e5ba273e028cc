"""A report of misconduct: in two questions to the directors, never to the partner."""

from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.stand import Walk
from bot.conversations.telling import go_on, only_words, tell
from bot.outcome import Outcome
from bot.wording import in_words


#: So many words say more than what kind of problem it is.
SENTENCE = 5
KIND, TEXT = "report-kind", "report-text"


def ask_report(call: Call) -> Outcome:
    """Begin a report; what stands behind the command is what happened."""
    partnership = call.turn.partnership
    waiting = call.turn.dialogue
    before = str(waiting.answers.get(TEXT, "")) if waiting and waiting.kind == "report" else ""
    text = "\n".join(filter(None, (before, call.args)))
    told = {TEXT: text} if text else None
    return begin(call, "report", about=partnership.id if partnership else "", answers=told)


def kept(walk: Walk, text: str) -> Walk:
    """Keep a whole sentence that was written where only the kind was asked: nobody tells it twice gladly."""
    if walk.dialogue.at != KIND or len(text.split()) < SENTENCE:
        return walk
    before = str(walk.dialogue.answers.get(TEXT, ""))
    return walk.with_answers({**walk.dialogue.answers, TEXT: f"{before}\n{text}".strip()})


def report(walk: Walk, chosen: str) -> Outcome:
    """Send it to the directors as a case, with the person's own words; then more of it may follow."""
    given = walk.dialogue.answers
    kind = next((one for one in walk.questions if one.id == KIND), None)
    about = in_words(kind, given.get(KIND), "en", walk.program) if kind else ""
    case = tell(walk, (about, str(given.get(TEXT, ""))))
    note = " ".join(filter(None, (walk.say("commands.report.sent"), only_words(walk, walk.event))))
    return case + go_on(walk, case.saves, note, chosen=chosen)
