"""Finding one's way: the first hello, the list of commands, the notices, and what to say to the rest."""

from bot.conversations.applying import source_of
from bot.conversations.calls import Call, Rows
from bot.conversations.submission import taking
from bot.deliveries import mention
from bot.markup import Markup
from bot.model import RoundState
from bot.outcome import Outcome


def start(call: Call) -> Outcome:
    """Say hello: what the program is and how to begin; the payload of a link says who sent them."""
    person = source_of(call, call.args.strip())
    saves = (person,) if person is not call.turn.person else ()
    return call.answer(hello(call, person.name), _first_buttons(call), saves=saves)


def hello(call: Call, name: str) -> str:
    """Give the greeting: what the program is, and what can be done now."""
    its_round = taking(call.turn, call.program)
    known = "closed" if its_round is None else "open" if its_round.state == RoundState.OPEN else "late"
    if call.turn.application:
        known = "again"
    return call.say(f"commands.start.{known}", name=name, round=its_round.name if its_round else "")


def help_(call: Call) -> Outcome:
    """List what can be asked of the bot."""
    lines = [f"/{word} – {call.say(f'commands.help.{word}')}" for word in LISTED]
    ambassador = call.turn.ambassador
    helper = ambassador is not None and ambassador.id != call.turn.person.id
    last = (
        ("", call.say("commands.help.ambassador", name=mention(ambassador))) if helper and ambassador else ()
    )
    text = "\n".join((call.say("commands.help.head"), "", *lines, *last))
    return call.answer(text, _first_buttons(call))


def privacy(call: Call) -> Outcome:
    """Show the privacy notice."""
    notice = call.program.notice("privacy", call.language)
    text = notice.text.replace("{retention_days}", str(call.program.retention_days))
    return call.answer(Markup(text), call.row("mydata", "forget"))


def welcome(call: Call) -> Outcome:
    """Take thanks kindly."""
    return call.answer(call.say("commands.welcome"), _first_buttons(call))


def lost(call: Call, key: str, **values: str | int) -> Outcome:
    """Say one kind sentence and what the bot can do, with buttons."""
    return call.answer(call.say(f"commands.{key}", **values), _first_buttons(call))


def _first_buttons(call: Call) -> Rows:
    turn = call.turn
    if turn.partnership:
        return (*call.row("prompt", "when"), *call.row("partner", "help"))
    first = "status" if turn.application else "apply"
    return call.row(first, "help") if first == "status" else call.row("apply", "status", "help")


#: The commands in the order in which the help names them.
LISTED = (
    "apply",
    "status",
    "profile",
    "partner",
    "prompt",
    "when",
    "away",
    "back",
    "survey",
    "report",
    "block",
    "withdraw",
    "language",
    "privacy",
    "mydata",
    "forget",
)
