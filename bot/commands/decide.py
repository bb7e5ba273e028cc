"""From a line or a tap in the directors' room to an Outcome: who may, what is meant, a yes first."""

from dataclasses import replace
from datetime import timedelta

from bot.access import may_direct
from bot.commands.command import Answer, Call, Command, page_of
from bot.commands.grammar import arguments, bare
from bot.commands.parse import Parsed, is_for_another, is_for_bot, is_vague, parse, stripped
from bot.commands.table import COMMANDS
from bot.deliveries import choices, reply, settle
from bot.events import Said, Tapped
from bot.messages import Message
from bot.model import AuditEntry, Pending
from bot.outcome import NOTHING, Outcome
from bot.ports import Needs
from bot.snapshots import Desk
from bot.texts import Program


#: How long a change that cannot be undone waits for its yes.
VALID = timedelta(minutes=10)
#: Platforms show at most so much in one message with comfort; the rest is on the next page.
LONGEST = 3_500
MOST_ROWS = 8
#: Arguments that name people, by their name in a usage.
PEOPLE = frozenset({"A", "B", "ID", "FIND", "WHO"})


def words_of(event: object) -> str:
    """Give the command in an event: what was written, or what the button carried ("" when it is not ours)."""
    if isinstance(event, Said):
        return event.text
    value = event.value if isinstance(event, Tapped) else ""
    return f"/{value.removeprefix('d:')}" if value.startswith("d:") else ""


def needs(text: str, pending: Pending | None = None) -> Needs:
    """Give what a desk must hold for this line; chatter needs nothing.

    A yes needs what the command needs that waits for it. Which one that is, every desk knows: a yes is
    asked about twice, first without `pending` and then with the desk's.
    """
    parsed = parse(text)
    if parsed.command == "yes" and pending is not None:
        return needs(pending.command)
    command = COMMANDS.get(parsed.command)
    return _needs(command, parsed) if command else Needs()


def decide(event: Said | Tapped, desk: Desk, program: Program) -> Outcome:
    """Give what a line or a tap in the directors' room leads to: at most one reply, and the changes."""
    text = words_of(event)
    if not _is_meant(event, text, desk, program):
        return NOTHING
    call = Call(event, desk, program, COMMANDS)
    if not may_direct(event, in_directors_room=_in_room(event, desk)):
        return _outcome(call, call.answer("refused.hidden"))
    if isinstance(event, Said) and (event.forwarded or event.edited):
        return _outcome(call, call.answer("refused.forwarded" if event.forwarded else "refused.edited"))
    if isinstance(event, Tapped) and not event.value.startswith("d:"):
        return _outcome(call, call.answer("refused.button"))
    return _welcome(call) + _act(_with_director(call), parse(text))


def _act(call: Call, parsed: Parsed) -> Outcome:
    if _is_vague(words_of(call.event), call.desk):
        return _outcome(call, call.answer("confirm.vague"))
    if parsed.command in ("yes", "no"):
        return _confirm(call, parsed)
    command = COMMANDS[parsed.command]
    call = _filled(call, parsed)
    if parsed.doubt:
        return _outcome(call, command.run(call))
    return _outcome(call, command.run(call)) if command.preview is None else _ask(call, command)


def _ask(call: Call, command: Command) -> Outcome:
    """Show what would happen, and wait for a yes of the same director."""
    assert command.preview is not None
    answer = command.preview(call)
    if answer.refused:
        return _outcome(call, answer)
    now = call.desk.now
    waiting = Pending(call.desk.director.id, stripped(words_of(call.event)), now)
    stamp = int(now.timestamp())
    buttons = choices((call.label("yes"), f"d:yes {stamp}"), (call.label("no"), f"d:no {stamp}"))
    text = f"{answer.text}\n\n{call.say('confirm.ask', name=call.desk.director.name or '…')}"
    return _outcome(call, replace(answer, text=text, rows=buttons, saves=(waiting,)))


def _confirm(call: Call, parsed: Parsed) -> Outcome:
    waiting = call.desk.pending
    if waiting is None:
        return _outcome(call, call.answer("confirm.nothing"))
    stamp = parsed.args[0] if parsed.args else ""
    if stamp and stamp != str(int(waiting.asked_at.timestamp())):
        return _outcome(call, call.answer("confirm.another"))
    if call.desk.now - waiting.asked_at > VALID:
        return _outcome(call, replace(call.answer("confirm.late"), drops=(waiting,)))
    if parsed.command == "no":
        return _outcome(call, replace(call.answer("confirm.dropped"), drops=(waiting,))) + _settled(
            call, "no"
        )
    outcome = _run(_filled(call, parse(waiting.command)), parse(waiting.command))
    return outcome + Outcome(drops=(waiting,)) + _settled(call, "yes")


def _run(call: Call, parsed: Parsed) -> Outcome:
    """Run what was confirmed, unless in the meantime it became impossible."""
    command = COMMANDS[parsed.command]
    assert command.preview is not None
    check = command.preview(call)
    return _outcome(call, check if check.refused else command.run(call))


def _settled(call: Call, chosen: str) -> Outcome:
    event = call.event
    if not isinstance(event, Tapped) or not event.ref:
        return NOTHING
    return Outcome(deliveries=(settle(event, event.ref, call.label(chosen)),))


def _filled(call: Call, parsed: Parsed) -> Call:
    return replace(call, args=parsed.args, options=parsed.options, doubt=parsed.doubt, what=parsed.what)


def _outcome(call: Call, answer: Answer) -> Outcome:
    message = Message(_clipped(answer.text, call), answer.rows[:MOST_ROWS], answer.attachment)
    saves = answer.saves + (() if answer.refused else _audited(call, answer))
    deliveries = (reply(call.event, message), *answer.deliveries)
    if answer.refused:
        return Outcome(deliveries=(reply(call.event, message),))
    return Outcome(saves, deliveries, answer.drops, answer.erasures)


def _audited(call: Call, answer: Answer) -> tuple[AuditEntry, ...]:
    if not answer.audit:
        return ()
    key = f"{call.event.platform}/{call.event.id}"
    return (AuditEntry(key, call.desk.now, call.desk.director.id, answer.audit, answer.about),)


def _clipped(text: str, call: Call) -> str:
    """Give the text, cut at a line's end where it is longer than a message can be."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rpartition("\n")[0] or text[: LONGEST - 1]
    return f"{kept}\n{call.say('list.cut')}"


def _welcome(call: Call) -> Outcome:
    """Who commands for the first time is a director from now on: the room is what makes them one."""
    person = call.desk.director
    if person.director:
        return NOTHING
    key = f"director/{call.event.platform}/{person.id}"
    entry = AuditEntry(key, call.desk.now, person.id, "became a director", str(person.id))
    return Outcome((replace(person, director=True), entry))


def _with_director(call: Call) -> Call:
    """Give the call with the director marked as one everywhere, so that no later save takes it back."""
    director = replace(call.desk.director, director=True)
    people = tuple(director if person.id == director.id else person for person in call.desk.people)
    return replace(call, desk=replace(call.desk, director=director, people=people))


def _is_meant(event: Said | Tapped, text: str, desk: Desk, program: Program) -> bool:
    if isinstance(event, Tapped):
        return True
    if is_for_bot(text, _names(program)):
        return True
    if desk.pending is None or is_for_another(text, _names(program)):
        return False
    return parse(text).command in ("yes", "no") or _is_vague(text, desk)


def _is_vague(text: str, desk: Desk) -> bool:
    waits = desk.pending is not None and desk.now - desk.pending.asked_at <= VALID
    return waits and is_vague(text)


def _in_room(event: Said | Tapped, desk: Desk) -> bool:
    room = desk.room
    return room is not None and (room.platform, room.chat) == (event.platform, event.chat)


def _names(program: Program) -> tuple[str, ...]:
    return tuple(program.bot_names.values())


def _needs(command: Command, parsed: Parsed) -> Needs:
    given = tuple(zip(arguments(command.usage), parsed.args, strict=False))
    return Needs(
        parts=command.parts,
        find=tuple(bare(text) for kind, text in given if kind in PEOPLE and text),
        ids=tuple(text for kind, text in given if kind == "N" and "cases" in command.parts),
        limit=command.limit,
        offset=(page_of(parsed.options) - 1) * command.limit if "page" in command.options else 0,
    )
