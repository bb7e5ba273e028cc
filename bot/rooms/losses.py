"""What goes wrong with a pair's shared chat, and its mending: people leave, the bot is put out, it moves."""

from dataclasses import replace

from bot.cases import open_case
from bot.events import Left, Moved, RoomLost
from bot.messages import Ask, Delivery, Message
from bot.model import Person, RoomKind, RoomStep
from bot.outcome import NOTHING, Outcome
from bot.rooms.asking import button, each, group_link, invite, link_message
from bot.rooms.ladder import climb, give_up_rung, on_step
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
    if turn.person.id not in partnership.present:
        return NOTHING
    present = tuple(member for member in partnership.present if member != turn.person.id)
    without = pair.now_with(replace(partnership, present=present))
    led = (
        first_rung(partnership) is not RoomStep.DIRECT
    )  # elsewhere nobody can be led back to where they left
    words = "rooms.left" if led else "rooms.left-elsewhere"
    if led:
        without = on_step(without, RoomStep.PICKER, program)
    told = [
        write(without, partner, "left", _left_words(turn.person, partner, words, program), program)
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
    return Outcome((without.partnership,), (*told, *(invite(without, event.id) if led else ()))) + case


def lost(event: RoomLost, turn: Turn, program: Program) -> Outcome:
    """Mend a room the bot is not in any more, or has no rights in: ask the pair, then the next way."""
    partnership = turn.partnership
    if partnership is None or partnership.state not in LIVE:
        return NOTHING
    pair = of_turn(turn, partnership)
    if partnership.step is RoomStep.DIRECT and event.about:
        return give_up_rung(pair, program)  # the platform does not let the bot open it
    if event.why == "not-there" and not partnership.present:
        return _not_there(event, turn, pair, program)
    if event.why == "rights":
        return _without_rights(event, turn, pair, program)
    if partnership.chat != event.chat:
        return NOTHING
    if event.why == "full":
        return climb(pair, RoomStep.CONTACT, program)
    return _start_over(pair, program)


def moved(event: Moved, turn: Turn) -> Outcome:
    """Keep the chat's new id; links made before are gone with the old one."""
    partnership, directors = turn.partnership, turn.directors_room
    if directors is not None and directors.chat == event.chat:
        return Outcome((replace(directors, chat=event.to),))
    if partnership is None or partnership.chat != event.chat:
        return NOTHING
    pair = of_turn(turn, replace(partnership, chat=event.to, link=""))
    waiting = partnership.state in LIVE and partnership.room is not RoomKind.GROUP and partnership.present
    return Outcome((pair.partnership,), invite(pair, event.id) if waiting else ())


def _left_words(gone: Person, partner: Person, words: str, program: Program) -> Message:
    return Message(program.say(partner.language, words, name=gone.name or "…"))


def _not_there(event: RoomLost, turn: Turn, pair: Pair, program: Program) -> Outcome:
    """Offer the link to whoever made a chat that the bot did not get into (tdesktop#27709)."""
    partnership = pair.partnership
    if not pair.has(turn.person) or not group_link(partnership, program):
        return NOTHING
    on = on_step(pair, RoomStep.LINK, program) if partnership.step is RoomStep.PICKER else pair
    sorry = Message(program.say(turn.person.language, "rooms.not-there"), ask=Ask.CLOSE)
    way = link_message(on, turn.person, program)
    return Outcome(
        (on.partnership,),
        (
            write(on, turn.person, f"not-there/{event.id}", sorry, program, awake=True),
            write(on, turn.person, f"link/{event.id}", way, program, awake=True),
        ),
    )


def _without_rights(event: RoomLost, turn: Turn, pair: Pair, program: Program) -> Outcome:
    """Tell whoever can mend it; a room where everybody is needs no right but to write."""
    partnership = pair.partnership
    if partnership.chat not in ("", event.chat):
        return NOTHING
    actor = (turn.person,) if event.sender and pair.has(turn.person) else ()
    present = tuple(dict.fromkeys((*partnership.present, *(person.id for person in actor))))
    told = actor or tuple(member for member in pair.members if member.id in present)
    is_open = partnership.room is RoomKind.GROUP
    words = "rooms.rights-while-open" if is_open else "rooms.rights"
    messages = tuple(_rights(event, pair, person, words, program) for person in told)
    if is_open:
        return Outcome(deliveries=messages)
    return Outcome((replace(partnership, chat=event.chat, present=present, link=""),), messages)


def _rights(event: RoomLost, pair: Pair, person: Person, words: str, program: Program) -> Delivery:
    partner = names(pair.others(person), person.language, program)
    message = Message(program.say(person.language, words, partner=partner), ask=Ask.CLOSE)
    return write(pair, person, f"rights/{event.id}", message, program, awake=True)


def _start_over(pair: Pair, program: Program) -> Outcome:
    """Offer the best way again to those who had a room, the next way to those it never worked for."""
    partnership = pair.partnership
    without = pair.now_with(replace(partnership, chat="", present=(), link=""))
    if partnership.step is RoomStep.OPEN and partnership.room is not RoomKind.GROUP:
        return Outcome((without.partnership,))  # they have another room: this chat was one more attempt
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
