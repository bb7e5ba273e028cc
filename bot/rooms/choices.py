"""What people choose on the way to a room, by a button ("r:<partnership>:<what>") or in words.

A tap that no longer applies gets one kind sentence and changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.access import owns
from bot.deliveries import answer, settle
from bot.events import Event, Said, Tapped
from bot.markup import plain
from bot.model import Partnership, RoomKind, RoomStep
from bot.outcome import NOTHING, Outcome
from bot.rooms.asking import tell_each
from bot.rooms.ladder import climb, settle_on_contact, settle_on_relay
from bot.rooms.ladder import settle as settle_in
from bot.rooms.pair import LIVE, Pair, names, of_turn
from bot.rooms.rungs import RUNGS, WAITING, first_rung
from bot.snapshots import Turn
from bot.texts import Program


#: Longer words are no name of a button.
LONGEST_WORDS = 60
#: What a button of the ladder can ask for; each can be typed too, in the words of the content.
WHATS = ("contact-yes", "contact-no", "relay", "contact", "again", "apart")


def chosen(event: Tapped, turn: Turn, program: Program) -> Outcome:
    """Do what a button of the ladder asks for, if it still applies to the person who tapped."""
    about, _, what = event.value.removeprefix("r:").rpartition(":")
    if what == "by":
        return Outcome(deliveries=(answer(event, turn, program, "rooms.carry.explained"),))
    partnership = turn.partnership
    if partnership is None or not owns(turn, about) or partnership.state not in LIVE:
        return _too_late(event, turn, program)
    if what not in WHATS or not _applies(what, partnership):
        return _too_late(event, turn, program)
    label = program.say(turn.person.language, f"rooms.button.{what}")
    settled = Outcome(deliveries=(settle(event, event.ref, label),)) if event.ref else NOTHING
    return settled + _CHOICES[what](event, turn, of_turn(turn, partnership), program)


def heard(event: Said, turn: Turn, program: Program) -> Outcome | None:
    """Take words as one of the ladder's buttons; None when they are not about the room.

    Whoever has an open question of another kind answers that one, so ask here after it.
    """
    partnership = turn.partnership
    if partnership is None or partnership.state not in LIVE or event.media or event.forwarded:
        return None
    said = event.text.strip().strip(".!").casefold()
    if not said or len(said) > LONGEST_WORDS:
        return None
    for what in WHATS:
        if _applies(what, partnership) and said in _words(turn, what, program):
            return _CHOICES[what](event, turn, of_turn(turn, partnership), program)
    return None


def _words(turn: Turn, what: str, program: Program) -> tuple[str, ...]:
    language = turn.person.language
    label = plain(program.say(language, f"rooms.button.{what}"))
    own = program.say(language, f"rooms.words.{what}") + "," + program.say("en", f"rooms.words.{what}")
    return tuple(word.strip().casefold() for word in (label, *own.split(",")))


def _applies(what: str, partnership: Partnership) -> bool:
    """Tell whether a choice makes sense where the partnership stands now."""
    led = len(RUNGS.get(partnership.platform, ())) > 2
    if what in ("contact-yes", "contact-no"):
        return partnership.step is RoomStep.CONTACT
    if what == "relay":
        return partnership.step in WAITING or partnership.room is RoomKind.CONTACT
    if what == "contact":
        return (
            led
            and partnership.step in (RoomStep.PICKER, RoomStep.LINK, RoomStep.OPEN)
            and (partnership.room in (RoomKind.NONE, RoomKind.RELAY))
        )
    if what == "apart":
        return led and partnership.step in WAITING and partnership.room is RoomKind.NONE
    return led and partnership.room is not RoomKind.GROUP and partnership.step is not RoomStep.PICKER


def _yes(event: Event, turn: Turn, pair: Pair, program: Program) -> Outcome:
    agreed = tuple(dict.fromkeys((*pair.partnership.agreed, turn.person.id)))
    with_yes = pair.now_with(replace(pair.partnership, agreed=agreed))
    if set(agreed) >= set(pair.partnership.members):
        return _thanks(event, turn, program) + settle_on_contact(with_yes, program)
    partner = names(pair.others(turn.person), turn.person.language, program)
    waiting = answer(event, turn, program, "rooms.contact.waiting", partner=partner)
    return Outcome((with_yes.partnership,), (waiting,))


def _no(event: Event, turn: Turn, pair: Pair, program: Program) -> Outcome:
    # Who said no stays unsaid: all hear the same words.
    return _thanks(event, turn, program) + settle_on_relay(_without_yes(pair), program)


def _relay(event: Event, turn: Turn, pair: Pair, program: Program) -> Outcome:
    return _thanks(event, turn, program) + settle_on_relay(pair, program)


def _contact(event: Event, turn: Turn, pair: Pair, program: Program) -> Outcome:
    """Ask the others at once: whoever proposes it has said yes."""
    agreed = pair.now_with(replace(pair.partnership, agreed=(turn.person.id,)))
    partner = names(pair.others(turn.person), turn.person.language, program)
    told = answer(event, turn, program, "rooms.contact.waiting", partner=partner)
    return Outcome(deliveries=(told,)) + climb(agreed, RoomStep.CONTACT, program)


def _again(event: Event, turn: Turn, pair: Pair, program: Program) -> Outcome:
    fresh = pair.now_with(replace(pair.partnership, chat="", present=(), link="", agreed=()))
    return _thanks(event, turn, program) + climb(fresh, first_rung(pair.partnership), program)


def _apart(event: Event, turn: Turn, pair: Pair, program: Program) -> Outcome:
    """Leave them in the chat they have without the bot, and write to each in private."""
    there = settle_in(pair, RoomKind.CONTACT)
    told = tell_each(there, "apart", "rooms.apart", program)
    return _thanks(event, turn, program) + Outcome((there.partnership,), told)


def _without_yes(pair: Pair) -> Pair:
    return pair.now_with(replace(pair.partnership, agreed=()))


def _thanks(event: Event, turn: Turn, program: Program) -> Outcome:
    return Outcome(deliveries=(answer(event, turn, program, "rooms.chosen"),))


def _too_late(event: Tapped, turn: Turn, program: Program) -> Outcome:
    return Outcome(deliveries=(answer(event, turn, program, "rooms.too-late"),))


_CHOICES: Mapping[str, Callable[[Event, Turn, Pair, Program], Outcome]] = {
    "contact-yes": _yes,
    "contact-no": _no,
    "relay": _relay,
    "contact": _contact,
    "again": _again,
    "apart": _apart,
}
