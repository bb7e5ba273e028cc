"""What goes wrong with a pair's shared chat, and its mending: people leave, the bot is put out, it moves."""

from dataclasses import replace

from bot.cases import open_case
from bot.events import Left, Moved, RoomLost
from bot.messages import Ask, Delivery, Message
from bot.model import Person, RoomKind, RoomStep
from bot.outcome import NOTHING, Outcome
from bot.rooms.asking import button, each, invite, link_message
from bot.rooms.ladder import climb, on_step
from bot.rooms.pair import LIVE, Pair, names, of_turn, write
from bot.rooms.rungs import first_rung, next_rung
from bot.snapshots import Turn
from bot.texts import Program


def left(event: Left, turn: Turn, program: Program) -> Outcome:
    """Tell the partners that somebody left the chat, offer the way back, and let the directors know."""
    partnership = turn.partnership
    if partnership is None or partnership.chat != event.chat or partnership.state not in LIVE:
        return NOTHING
    pair = of_turn(turn, partnership)
    if not pair.has(turn.person):
        return NOTHING
    present = tuple(member for member in partnership.present if member != turn.person.id)
    without = on_step(pair.now_with(replace(partnership, present=present)), RoomStep.PICKER, program)
    told = [
        write(without, partner, "left", _left_words(turn.person, partner, program), program)
        for partner in pair.others(turn.person)
    ]
    case = open_case(
        f"left/{partnership.id}/{turn.person.id}",
        "left",
        turn.now,
        program,
        person=turn.person,
        partnership=partnership.id,
        round=partnership.round,
        room=turn.directors_room,
    )
    return Outcome((without.partnership,), (*told, *invite(without, event.id))) + case


def lost(event: RoomLost, turn: Turn, program: Program) -> Outcome:
    """Mend a room the bot is not in any more, or has no rights in: ask the pair, then the next way."""
    partnership = turn.partnership
    if partnership is None or partnership.state not in LIVE:
        return NOTHING
    pair = of_turn(turn, partnership)
    if event.why == "not-there" and not partnership.chat:
        return _not_there(turn, pair, program)
    if event.why == "rights":
        return _without_rights(event, turn, pair, program)
    if partnership.chat != event.chat:
        return NOTHING
    if event.why == "full":
        return climb(pair, RoomStep.CONTACT, program)
    return _start_over(pair, program)


def moved(event: Moved, turn: Turn) -> Outcome:
    """Keep the chat's new id; links made before are gone with the old one."""
    partnership = turn.partnership
    if partnership is None or partnership.chat != event.chat:
        return NOTHING
    pair = of_turn(turn, replace(partnership, chat=event.to, link=""))
    waiting = partnership.state in LIVE and partnership.room is not RoomKind.GROUP
    return Outcome((pair.partnership,), invite(pair, event.id) if waiting else ())


def _left_words(gone: Person, partner: Person, program: Program) -> Message:
    return Message(program.say(partner.language, "rooms.left", name=gone.name or "…"))


def _not_there(turn: Turn, pair: Pair, program: Program) -> Outcome:
    if next_rung(pair.partnership, program) is not RoomStep.LINK and pair.partnership.step is RoomStep.PICKER:
        return climb(pair, next_rung(pair.partnership, program), program)
    on = on_step(pair, RoomStep.LINK, program)
    message = link_message(on, turn.person, program)
    sorry = Message(program.say(turn.person.language, "rooms.not-there"), ask=Ask.CLOSE)
    return Outcome(
        (on.partnership,),
        (
            write(on, turn.person, "not-there", sorry, program, awake=True),
            write(on, turn.person, "link", message, program, awake=True),
        ),
    )


def _without_rights(event: RoomLost, turn: Turn, pair: Pair, program: Program) -> Outcome:
    partnership = pair.partnership
    if partnership.chat not in ("", event.chat) or not pair.has(turn.person):
        return NOTHING
    if partnership.room is RoomKind.GROUP:
        words = Message(program.say(turn.person.language, "rooms.rights-while-open"))
        return Outcome(deliveries=(write(pair, turn.person, f"rights/{event.id}", words, program),))
    present = tuple(dict.fromkeys((*partnership.present, turn.person.id)))
    known = replace(partnership, chat=event.chat, present=present, link="")
    partner = names(pair.others(turn.person), turn.person.language, program)
    words = Message(program.say(turn.person.language, "rooms.rights", partner=partner), ask=Ask.CLOSE)
    told = write(pair, turn.person, f"rights/{event.id}", words, program, awake=True)
    return Outcome((known,), (told,))


def _start_over(pair: Pair, program: Program) -> Outcome:
    """Offer the best way again to those who had a room, the next way to those it never worked for."""
    partnership = pair.partnership
    without = pair.now_with(replace(partnership, chat="", present=(), link=""))
    if partnership.step is not RoomStep.OPEN:
        return climb(without, next_rung(without.partnership, program), program)
    there = climb(without, first_rung(partnership), program)
    return Outcome(deliveries=_gone(without, program)) + there


def _gone(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    def message(person: Person) -> Message:
        partner = names(pair.others(person), person.language, program)
        rows = (button(pair, person, "apart", program),)
        return Message(program.say(person.language, "rooms.gone", partner=partner), rows)

    return each(pair, "gone", message, program)
