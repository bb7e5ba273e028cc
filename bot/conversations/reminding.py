"""The one reminder of an application that was left unfinished."""

from dataclasses import replace

from bot.conversations.forms_filling import FORM
from bot.conversations.tables import APPLICATION
from bot.deliveries import choices, tell
from bot.forms import able
from bot.messages import Message
from bot.model import RoundState
from bot.outcome import NOTHING, Outcome
from bot.snapshots import Turn
from bot.texts import Program


def remind(turn: Turn, program: Program) -> Outcome:
    """Remind once, while the round still takes applications."""
    dialogue = turn.dialogue
    if dialogue is None or dialogue.kind != APPLICATION or dialogue.reminded:
        return NOTHING
    reminded = replace(dialogue, reminded=True)
    its_round, person = turn.open_round, turn.person
    if (
        its_round is None
        or its_round.state != RoundState.OPEN
        or dialogue.about != its_round.id
        or not person.reachable
    ):
        return Outcome((reminded,))
    language = person.language
    words = program.say(language, "application.remind", name=person.name, round=its_round.name)
    ways = [(program.say(language, "application.button.go-on"), "cmd:continue")]
    if able(person.platform).forms:
        ways.append((program.say(language, "forms.button.go-on"), f"cmd:apply {FORM}"))
    buttons = choices(*ways)
    key = f"unfinished/{its_round.id}/{person.id}"
    return Outcome((reminded,), (tell(person, key, Message(words, buttons), turn.now, program),))
