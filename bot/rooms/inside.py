"""What is said or tapped in a pair's shared chat: commands are answered shortly, private things in private.

The pair's talk itself never gets this far; a reply to one of the bot's messages is talk as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.deliveries import reply
from bot.events import Said, Tapped
from bot.markup import Markup
from bot.messages import Address, Choice, Message
from bot.model import Person
from bot.outcome import NOTHING, Outcome
from bot.rooms.pair import LIVE, Pair, names, of_turn
from bot.rooms.posting import room_language
from bot.snapshots import Turn
from bot.texts import Program
from bot.texts.topics import prompt
from bot.timetable import Timetable, zone_of


#: Commands that concern only the person who typed them: their answer never stands in a shared chat.
PRIVATE = frozenset(
    "start apply profile away back withdraw report block language mydata forget privacy".split()  # noqa: SIM905
)


def said(event: Said, turn: Turn, program: Program) -> Outcome:
    """Answer a command in the room; anything else said there is between the partners."""
    word = command_of(event.text)
    if not word or event.forwarded or event.edited:
        return NOTHING
    return _command(event, word, turn, program)


def tapped(event: Tapped, turn: Turn, program: Program) -> Outcome:
    """Answer a button tapped in the room."""
    if not event.value.startswith("cmd:"):
        return _in_room(event, turn, program, "rooms.inside.not-here")
    return _command(event, event.value.removeprefix("cmd:").strip(), turn, program)


def command_of(text: str) -> str:
    """Give the command's word of a text ("/when" is "when"); "" when it is none."""
    words = text.strip().lower().split()
    if not words or not words[0].startswith("/"):
        return ""
    if words[0] == "/antipode":
        return words[1] if len(words) > 1 else "help"
    return words[0][1:]


def _command(event: Said | Tapped, word: str, turn: Turn, program: Program) -> Outcome:
    partnership = turn.partnership
    if partnership is None or partnership.state not in LIVE:
        return _in_room(event, turn, program, "rooms.inside.over")
    pair = of_turn(turn, partnership)
    if not pair.has(turn.person):
        return _in_room(event, turn, program, "rooms.inside.stranger")
    if word in PRIVATE:
        return _in_private(event, word, turn, program)
    make = _COMMANDS.get(word)
    if make is None:
        return _in_room(event, turn, program, "rooms.inside.unknown")
    return Outcome(deliveries=(reply(event, make(pair, turn, program)),))


def _in_room(event: Said | Tapped, turn: Turn, program: Program, words: str) -> Outcome:
    language = turn.person.language
    if turn.partnership is not None:
        language = room_language(of_turn(turn, turn.partnership).members, program)
    return Outcome(
        deliveries=(reply(event, Message(program.say(language, words), _private_row(language, program))),)
    )


def _in_private(event: Said | Tapped, word: str, turn: Turn, program: Program) -> Outcome:
    """Answer in private and say nothing in the room: what somebody asks for is nobody else's matter."""
    if not turn.person.chat:
        return _in_room(event, turn, program, "rooms.inside.private")
    text = program.say(turn.person.language, "rooms.inside.here", command=word)
    rows = ((Choice(program.say(turn.person.language, "rooms.inside.go-on", command=word), f"cmd:{word}"),),)
    to = Address(event.platform, "person", str(turn.person.id))
    return Outcome(deliveries=(replace(reply(event, Message(text, rows)), to=to),))


def _private_row(language: str, program: Program) -> tuple[tuple[Choice, ...], ...]:
    name = program.bot_names.get("telegram", "")
    if not name:
        return ()
    return ((Choice(program.say(language, "rooms.inside.open"), url=f"https://t.me/{name}"),),)


def _week(turn: Turn, program: Program) -> int:
    if turn.its_round is None:
        return 0
    began = turn.its_round.started_at or turn.its_round.starts_at or turn.now
    return Timetable(began, turn.its_round.weeks, program.pace).week(turn.now)


def _prompt(pair: Pair, turn: Turn, program: Program) -> Message:
    language = room_language(pair.members, program)
    week = _week(turn, program)
    if turn.its_round is None or not pair.partnership.first_week <= week <= turn.its_round.weeks:
        return Message(program.say(language, "rooms.inside.no-prompt"))
    topic, step = prompt(program.topics, week, pair.partnership.first_week, turn.its_round.weeks)
    questions = Markup("\n".join(f"• {question}" for question in step.questions))
    words = program.say(
        language,
        "rooms.inside.prompt",
        week=week,
        title=Markup(topic.title),
        heading=Markup(step.heading),
        text=Markup(step.text),
        questions=questions,
    )
    return Message(words)


def _when(pair: Pair, turn: Turn, program: Program) -> Message:
    language = room_language(pair.members, program)
    clocks = Markup("\n".join(_clock(member, pair, language, program) for member in pair.members))
    return Message(program.say(language, "rooms.inside.when", clocks=clocks), _private_row(language, program))


def _clock(member: Person, pair: Pair, language: str, program: Program) -> str:
    there = pair.now.astimezone(zone_of(member.zone))
    day = program.say(language, f"rooms.inside.days.{there:%a}".lower())
    return program.say(
        language, "rooms.inside.clock", name=member.name or "…", day=day, time=f"{there:%H:%M}"
    )


def _partner(pair: Pair, turn: Turn, program: Program) -> Message:
    language = room_language(pair.members, program)
    people = names(pair.members, language, program)
    return Message(
        program.say(language, "rooms.inside.partner", people=people), _private_row(language, program)
    )


def _status(pair: Pair, turn: Turn, program: Program) -> Message:
    language = room_language(pair.members, program)
    week, weeks = _week(turn, program), turn.its_round.weeks if turn.its_round else 0
    return Message(
        program.say(language, "rooms.inside.status", week=week, weeks=weeks), _private_row(language, program)
    )


def _help(pair: Pair, turn: Turn, program: Program) -> Message:
    language = room_language(pair.members, program)
    return Message(program.say(language, "rooms.inside.help"), _private_row(language, program))


_COMMANDS: Mapping[str, Callable[[Pair, Turn, Program], Message]] = {
    "prompt": _prompt,
    "when": _when,
    "partner": _partner,
    "status": _status,
    "help": _help,
}
