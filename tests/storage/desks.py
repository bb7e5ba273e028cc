"""A running round with its directors' room, and the desk that a command gets to see."""

from typing import Any

from bot.model import (
    ApplicationState,
    DirectorsRoom,
    PartnershipState,
    RoomKind,
    RoundState,
)
from bot.ports import Needs
from bot.snapshots import Desk
from storage import StoreImplementation
from tests.storage.given import DAY, LANE, NOW, ana, applied, pair, said, save, spring


ROOM = DirectorsRoom(LANE, "-5", NOW)


async def a_running_round(store: StoreImplementation) -> StoreImplementation:
    """A running round: a pair of two, a draft, somebody who withdrew; an older round; the directors' room."""
    old = spring(id="old", name="Old", state=RoundState.ENDED)
    people = [
        ana(1, name="Élodie", handle="elo"),
        ana(2, name="Ben", ambassador_for="FR", wants_news=True),
        ana(3, name="Benoîte", handle="benny"),
        ana(4, name="Ana"),
        ana(9, name="Director", director=True),
    ]
    states = {3: ApplicationState.UNPLACED, 4: ApplicationState.WITHDRAWN}
    applications = [
        applied(number, state=states.get(number, ApplicationState.PLACED), source=2 if number == 1 else 0)
        for number in (1, 2, 3, 4)
    ]
    former = pair(1, 1, 3, round="old", state=PartnershipState.ENDED, active=False)
    live = pair(1, 1, 2, score=50, room=RoomKind.GROUP)
    draft = pair(2, 3, 4, score=10, state=PartnershipState.DRAFTED)
    await save(store, old)
    await save(store, spring(), *people, *applications, *former, *live, *draft, ROOM)
    await save(store, applied(1, round="old", submitted_at=NOW - DAY))
    return store


async def desk_of(store: StoreImplementation, *parts: str, **needs: Any) -> Desk:
    async with store.unit() as unit:
        event = said("709", private=False, chat="-5")
        found = await unit.desk(event, Needs(frozenset(parts), **needs), NOW)
    assert found
    return found
