"""The language the bot speaks with a person."""

from dataclasses import replace

from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.stand import Walk, closed
from bot.messages import Message
from bot.outcome import Outcome
from bot.texts import Program
from bot.texts.names import own_name
from bot.texts.reading.answers import Understood
from bot.texts.reading.languages import read_languages


def ask_language(call: Call) -> Outcome:
    """Speak the language that was named; ask which one when none was, or when the bot has no words in it."""
    if not call.args:
        return begin(call, "language")
    code = known(call.args, call.language, call.program)
    if not code:
        return begin(call, "language", note=call.say("commands.language.unknown", what=call.args[:60]))
    person = replace(call.turn.person, language=code)
    said = call.program.say(code, "commands.language.done", language=own_name(code))
    return call.settle("language", Message(said), Outcome((person,)))


def choose(walk: Walk, chosen: str) -> Outcome:
    """Speak the chosen language from now on."""
    code = str(walk.dialogue.answers["language"])
    person = replace(walk.turn.person, language=code)
    said = walk.program.say(code, "commands.language.done", language=own_name(code))
    return closed(walk, Message(said), chosen=chosen, outcome=Outcome((person,)))


def known(text: str, language: str, program: Program) -> str:
    """Give the code of the language that is named and spoken by the bot; "" where there is none."""
    spoken = program.texts.languages
    if text.strip().lower() in spoken:
        return text.strip().lower()
    read = read_languages(text, language.partition("-")[0])
    named = read.value if isinstance(read, Understood) and isinstance(read.value, list) else []
    return next((str(code) for code in named if code in spoken), "")
