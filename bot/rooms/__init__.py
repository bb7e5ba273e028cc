"""The shared chats of partnerships: how a pair comes to one, what happens in it, and how to write to a pair.

`begin` and `look` lead a pair to a room, `advance` decides about every event of a room, `heard` takes words
for the ladder's buttons, `post` writes to a pair whatever its room is, `carry` relays a message.
"""

from typing import TypeAlias, assert_never

from bot.events import (
    AskedToJoin,
    Dismissed,
    Event,
    Filled,
    HomeOpened,
    Invited,
    Joined,
    Left,
    Moved,
    Reachable,
    RoomLost,
    RoomOpened,
    Said,
    Tapped,
    Unreachable,
)
from bot.outcome import NOTHING, Outcome
from bot.rooms import choices, group, inside, losses
from bot.rooms.choices import heard
from bot.rooms.ladder import begin, look
from bot.rooms.posting import carry, post, room_language
from bot.rooms.rungs import WAITING, next_look
from bot.snapshots import Turn
from bot.texts import Program


RoomEvent: TypeAlias = RoomOpened | Invited | AskedToJoin | Joined | Left | RoomLost | Moved

__all__ = [
    "WAITING",
    "advance",
    "begin",
    "carry",
    "heard",
    "look",
    "next_look",
    "post",
    "room_language",
]


def advance(event: Event, turn: Turn, program: Program) -> Outcome:
    """Decide about an event of a room: somebody came or went, a choice on the way there, words inside it."""
    match event:
        case Tapped() if event.value.startswith("r:"):
            return choices.chosen(event, turn, program)
        case Tapped():
            return inside.tapped(event, turn, program)
        case Said():
            return inside.said(event, turn, program)
        case Reachable() | Unreachable() | Filled() | Dismissed() | HomeOpened():
            return NOTHING
    return _about_the_room(event, turn, program)


def _about_the_room(event: RoomEvent, turn: Turn, program: Program) -> Outcome:
    match event:
        case RoomOpened():
            return group.opened(event, turn, program)
        case Invited():
            return group.invited(event, turn, program)
        case AskedToJoin():
            return group.asked(event, turn, program)
        case Joined():
            return group.joined(event, turn, program)
        case Left():
            return losses.left(event, turn, program)
        case RoomLost():
            return losses.lost(event, turn, program)
        case Moved():
            return losses.moved(event, turn)
    assert_never(event)
