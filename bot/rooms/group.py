"""How a pair's shared chat comes about: it is found, checked, its people are invited and come.

The first chat wins; a second one is left. A chat is checked before anybody is invited, because the
platform's picker proves nothing (the bot may not be in it).
"""

from dataclasses import replace
from datetime import timedelta

from bot.deliveries import reply_key
from bot.events import AskedToJoin, Invited, Joined, RoomOpened
from bot.messages import Address, Ask, Delivery, Message, RoomDeed, Tend
from bot.model import Partnership, PartnershipState, Person, RoomKind, RoomStep
from bot.outcome import NOTHING, Outcome
from bot.rooms.asking import invitation, invite
from bot.rooms.ladder import settle
from bot.rooms.pair import LIVE, Pair, names, of_turn, room_key, tend, write
from bot.rooms.posting import room_language
from bot.rooms.rungs import first_rung, sooner
from bot.snapshots import Turn
from bot.texts import Program


def opened(event: RoomOpened, turn: Turn, program: Program) -> Outcome:
    """Take a chat as the pair's room: check it, then invite who is missing; leave one that is not wanted."""
    partnership = turn.partnership
    if turn.in_directors_room:
        return NOTHING
    if partnership is None or partnership.state not in LIVE or not _meant(event, partnership):
        return _leave_strange(event, turn, program)
    pair = of_turn(turn, partnership)
    if first_rung(partnership) is RoomStep.DIRECT:
        given = replace(partnership, chat=event.chat, present=partnership.members)
        return Outcome((settle(pair.now_with(given), RoomKind.GROUP).partnership,))
    return _led(event, turn, pair, program)


def _led(event: RoomOpened, turn: Turn, pair: Pair, program: Program) -> Outcome:
    """Take a chat to which people were led."""
    partnership = pair.partnership
    other = partnership.chat != event.chat
    if not event.about and (other or partnership.room is RoomKind.GROUP):
        return NOTHING
    if event.sender and not pair.has(turn.person):
        return Outcome(deliveries=(_leave(event), *_to_person(event, turn, "rooms.refused", program)))
    if other and partnership.present:
        return _leave_second(event, turn, pair, program)
    if partnership.room is RoomKind.GROUP:
        return NOTHING
    if event.checked:
        return _take(event, turn, pair, program)
    # The chat is noted before it is checked: should the bot get its rights a moment later, we look again.
    noted = replace(partnership, chat=event.chat)
    return Outcome((noted,) if other else (), (_check(event, turn, pair),))


def invited(event: Invited, turn: Turn, program: Program) -> Outcome:
    """Pass the link on to the one it was made for; a link nobody needs any more is ended."""
    partnership = turn.partnership
    if partnership is None or partnership.chat != event.chat or partnership.state not in LIVE:
        return NOTHING
    pair = of_turn(turn, replace(partnership, link=event.url))
    if turn.person not in pair.missing:
        return Outcome(deliveries=(tend(pair, RoomDeed.REVOKE, event.id, url=event.url),))
    words = "rooms.invited.nudge" if partnership.link else "rooms.invited.join"
    join = write(
        pair, turn.person, f"invited/{event.id}", invitation(pair, turn.person, words, program), program
    )
    if partnership.link:
        return Outcome((pair.partnership,), (join,))
    partner = names(pair.others(turn.person), turn.person.language, program)
    made = Message(program.say(turn.person.language, "rooms.invited.made", partner=partner), ask=Ask.CLOSE)
    return Outcome((pair.partnership,), (write(pair, turn.person, f"made/{event.id}", made, program), join))


def asked(event: AskedToJoin, turn: Turn, program: Program) -> Outcome:
    """Let a member in; refuse anybody else kindly and make a new link, for the old one has wandered."""
    partnership = turn.partnership
    if partnership is None or partnership.chat != event.chat:
        return NOTHING
    pair = of_turn(turn, partnership)
    account = event.sender.account if event.sender else turn.person.account
    if pair.has(turn.person) and partnership.state in LIVE:
        return Outcome(deliveries=(tend(pair, RoomDeed.ADMIT, event.id, account=account),))
    refused = (tend(pair, RoomDeed.REFUSE, event.id, account=account), *_sorry(turn, pair, program))
    if partnership.state not in LIVE or not partnership.link:
        return Outcome(deliveries=refused)
    ended = tend(pair, RoomDeed.REVOKE, event.id, url=partnership.link)
    new = pair.now_with(replace(partnership, link=""))
    return Outcome((new.partnership,), (*refused, ended, *invite(new, event.id)))


def joined(event: Joined, turn: Turn, program: Program) -> Outcome:
    """Note who came; with everybody there the link ends and the partnership runs."""
    partnership = turn.partnership
    if partnership is None or partnership.chat != event.chat or partnership.state not in LIVE:
        return NOTHING
    pair = of_turn(turn, partnership)
    if not pair.has(turn.person):
        return Outcome(deliveries=(_guest(event, turn, pair, program),))
    if turn.person.id in partnership.present:
        return NOTHING
    here = replace(partnership, present=(*partnership.present, turn.person.id))
    if set(here.present) < set(here.members):
        return Outcome((here,))
    return _complete(pair.now_with(here), event.id, program)


def _meant(event: RoomOpened, partnership: Partnership) -> bool:
    return not event.about or partnership.is_called(event.about)


def _leave_strange(event: RoomOpened, turn: Turn, program: Program) -> Outcome:
    # A chat that is already some pair's room stays, whatever old button was tapped in it.
    known = turn.partnership is not None and turn.partnership.chat == event.chat
    if known or not event.about:
        return NOTHING
    leave = _leave(event)
    told = _to_person(event, turn, "rooms.old-chat", program)
    return Outcome(deliveries=(leave, *told))


def _leave_second(event: RoomOpened, turn: Turn, pair: Pair, program: Program) -> Outcome:
    if not event.about:
        return NOTHING
    if not pair.partnership.link or turn.person not in pair.missing:
        return Outcome(deliveries=(_leave(event), *_to_person(event, turn, "rooms.second", program)))
    join = invitation(pair, turn.person, "rooms.second-join", program)
    told = write(pair, turn.person, f"second/{event.id}", join, program, awake=True)
    return Outcome(deliveries=(_leave(event), told))


def _leave(event: RoomOpened) -> Delivery:
    to = Address(event.platform, "chat", event.chat)
    body = Tend(RoomDeed.LEAVE, event.chat)
    return Delivery(f"leave/{event.platform}/{event.id}", to, body, event.at, event.at + timedelta(days=1))


def _to_person(event: RoomOpened, turn: Turn, words: str, program: Program) -> tuple[Delivery, ...]:
    if not turn.person.chat:
        return ()
    message = Message(program.say(turn.person.language, words), ask=Ask.CLOSE)
    to = Address(event.platform, "person", str(turn.person.id))
    return (Delivery(reply_key(event), to, message, event.at, event.at + timedelta(days=2)),)


def _check(event: RoomOpened, turn: Turn, pair: Pair) -> Delivery:
    maker = (turn.person,) if pair.has(turn.person) else ()
    rest = tuple(member for member in pair.members if member not in maker)
    accounts = ",".join(member.account for member in maker + rest)
    body = Tend(RoomDeed.CHECK, event.chat, pair.partnership.id, accounts)
    to = Address(event.platform, "chat", event.chat)
    key = f"{room_key(pair, 'check')}/{event.id}"
    return Delivery(key, to, body, event.at, event.at + timedelta(days=1))


def _take(event: RoomOpened, turn: Turn, pair: Pair, program: Program) -> Outcome:
    partnership = pair.partnership
    if partnership.chat == event.chat and partnership.link:
        return NOTHING
    maker = (turn.person.id,) if event.sender and pair.has(turn.person) else ()
    present = tuple(dict.fromkeys((*partnership.present, *maker)))
    # The same chat found twice (the picker and the link both tell of it) is the same occasion.
    since = partnership.step_at if partnership.present else turn.now
    taken = replace(partnership, chat=event.chat, present=present, step_at=since)
    there = pair.now_with(replace(taken, look_at=sooner(taken, turn.now, program)))
    if not there.missing:
        return _complete(there, event.id, program)
    told = [
        write(there, member, f"made/{len(present)}", _made_words(there, member, program), program, awake=True)
        for member in there.members
        if member.id in present
    ]
    return Outcome((there.partnership,), (*told, *invite(there, str(len(present)))))


def _made_words(pair: Pair, person: Person, program: Program) -> Message:
    partner = names(pair.missing, person.language, program)
    return Message(program.say(person.language, "rooms.made", partner=partner), ask=Ask.CLOSE)


def _complete(pair: Pair, about: str, program: Program) -> Outcome:
    partnership = pair.partnership
    there = settle(pair.now_with(replace(partnership, link="")), RoomKind.GROUP)
    ended = (tend(pair, RoomDeed.REVOKE, about, url=partnership.link),) if partnership.link else ()
    again = partnership.state is PartnershipState.RUNNING and partnership.introduced_at is not None
    return Outcome((there.partnership,), (*ended, *((_here_again(there, program),) if again else ())))


def _here_again(pair: Pair, program: Program) -> Delivery:
    to = Address(pair.partnership.platform, "room", pair.partnership.id)
    message = Message(program.say(room_language(pair.members, program), "rooms.here-again"))
    return Delivery(room_key(pair, "here-again"), to, message, pair.now, pair.now + timedelta(days=1))


def _guest(event: Joined, turn: Turn, pair: Pair, program: Program) -> Delivery:
    to = Address(event.platform, "room", pair.partnership.id)
    language = room_language(pair.members, program)
    people = names(pair.members, language, program)
    message = Message(program.say(language, "rooms.guest", name=turn.person.name or "…", people=people))
    key = f"room/{pair.partnership.id}/guest/{turn.person.id}"
    return Delivery(key, to, message, event.at, event.at + timedelta(days=1))


def _sorry(turn: Turn, pair: Pair, program: Program) -> tuple[Delivery, ...]:
    if not turn.person.chat or pair.has(turn.person):
        return ()
    message = Message(program.say(turn.person.language, "rooms.refused"))
    return (write(pair, turn.person, "refused", message, program, awake=True),)
