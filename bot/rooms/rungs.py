"""The rungs of each platform's room ladder, as data, and how long people are given on each."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.model import Partnership, PartnershipState, RoomStep
from bot.texts import Program


#: The ways to a room, best first. Bots cannot create groups on Telegram, so people are led there.
RUNGS: Mapping[str, tuple[RoomStep, ...]] = {
    "telegram": (RoomStep.PICKER, RoomStep.LINK, RoomStep.CONTACT, RoomStep.RELAY),
    "slack": (RoomStep.DIRECT, RoomStep.RELAY),
    "playground": (RoomStep.DIRECT, RoomStep.RELAY),
}
#: Steps that wait for people or for the platform.
WAITING = frozenset({RoomStep.DIRECT, RoomStep.PICKER, RoomStep.LINK, RoomStep.CONTACT})

#: Days of the program until a nudge, and until the next rung.
NUDGE_AFTER: Mapping[RoomStep, float] = {
    RoomStep.DIRECT: 1,
    RoomStep.PICKER: 1,
    RoomStep.LINK: 1,
    RoomStep.CONTACT: 1,
}
NEXT_AFTER: Mapping[RoomStep, float] = {
    RoomStep.DIRECT: 1,
    RoomStep.PICKER: 3,
    RoomStep.LINK: 3,
    RoomStep.CONTACT: 2,
}


def first_rung(partnership: Partnership) -> RoomStep:
    """Give the best way this platform has."""
    return RUNGS.get(partnership.platform, (RoomStep.RELAY,))[0]


def next_rung(partnership: Partnership, program: Program) -> RoomStep:
    """Give the rung below the one the partnership stands on; a way that has no link to offer is left out."""
    rungs = RUNGS.get(partnership.platform, (RoomStep.RELAY,))
    below = rungs[rungs.index(partnership.step) + 1 :] if partnership.step in rungs else rungs
    if partnership.present:  # their chat is there and somebody does not come: another chat will not help
        below = tuple(step for step in below if step is not RoomStep.LINK)
    if "telegram" not in program.bot_names:
        below = tuple(step for step in below if step is not RoomStep.LINK)
    return below[0] if below else RoomStep.RELAY


def days(program: Program, count: float) -> timedelta:
    """Give how long `count` days of the program last at its pace."""
    return program.pace * count / 7


def sooner(partnership: Partnership, now: datetime, program: Program) -> datetime | None:
    """Give the next look of a partnership that may have another one planned: a running one has its weeks."""
    own = next_look(partnership, now, program)
    if partnership.state is not PartnershipState.RUNNING or partnership.look_at is None:
        return own or partnership.look_at
    return min(own or partnership.look_at, partnership.look_at)


def next_look(partnership: Partnership, now: datetime, program: Program) -> datetime | None:
    """Give when the ladder must look at this partnership again; None when it waits for nobody."""
    if partnership.step not in WAITING:
        return None
    since = partnership.step_at or now
    nudge = since + days(program, NUDGE_AFTER[partnership.step])
    return nudge if now < nudge else since + days(program, NEXT_AFTER[partnership.step])
