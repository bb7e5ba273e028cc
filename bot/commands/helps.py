"""`help`: what there is to type; and the answer to what could not be read: the nearest command."""

from bot.commands.command import Answer, Call, Command, Rows
from bot.commands.near import nearest
from bot.deliveries import choices
from bot.markup import Markup, escape


#: Commands of participants: they work in the private chat with the bot.
PRIVATE = frozenset(
    {"start", "apply", "profile", "partner", "prompt", "when", "away", "back", "withdraw", "block"}
    | {"language", "mydata", "forget", "privacy"}
)
#: The order in which help shows the commands, a heading in the texts each.
CHAPTERS = ("today", "round", "pairs", "people", "words", "figures", "machine")


def helps(call: Call) -> Answer:
    """Explain one command, or list them all."""
    if call.doubt:
        return _doubt(call)
    if not call.args or not call.args[0]:
        return _all(call)
    name = nearest(call.args[0], tuple(call.commands))
    return _one(call, call.commands[name]) if name else _all(call)


def _all(call: Call) -> Answer:
    chapters = "\n\n".join(_chapter(call, chapter) for chapter in CHAPTERS)
    return Answer(call.say("help.all", chapters=Markup(chapters)))


def _chapter(call: Call, chapter: str) -> str:
    rows = [command for command in call.commands.values() if command.chapter == chapter]
    lines = [f"`{escape(command.usage)}` – {call.say(_about(command))}" for command in rows]
    return "\n".join([call.say(f"chapters.{chapter}"), *lines])


def _one(call: Call, command: Command) -> Answer:
    text = call.say(
        "help.one", usage=command.usage, example=command.example, about=Markup(call.say(_about(command)))
    )
    return Answer(text)


def _doubt(call: Call) -> Answer:
    """Answer a line that could not be read; the button runs the nearest where that needs nothing more."""
    word = call.what.casefold().partition(" ")[0]
    if word in PRIVATE:
        return call.answer("help.private", word=word)
    command = call.commands.get(call.args[0]) if call.args else None
    if command is None:
        return Answer(call.say("help.unknown", what=call.what), _help_button(call))
    values = {"what": call.what, "usage": command.usage, "example": command.example, "name": command.name}
    doubt = "near" if call.doubt == "unknown" else call.doubt
    return Answer(call.say(f"help.{doubt}", **values), _run_button(call, command))


def _run_button(call: Call, command: Command) -> Rows:
    if command.usage.split("[")[0].strip() != command.name or command.options not in ((), ("page",)):
        return _help_button(call)
    return choices((command.name, f"d:{command.name}"), (call.label("help"), "d:help"))


def _help_button(call: Call) -> Rows:
    return choices((call.label("help"), "d:help"))


def _about(command: Command) -> str:
    return f"about.{command.name.replace(' ', '-')}"
