"""Turns in shared chats: whose room it is, and who did something there."""

from dataclasses import replace
from typing import Any

from bot.events import Joined, Moved, RoomLost, RoomOpened, Sender
from bot.model import (
    DirectorsRoom,
    Partnership,
    PartnershipState,
    Person,
)
from storage import StoreImplementation
from tests.storage.given import LANE, NOW, ana, every, pair, said, save, spring, turn_of


SHARED: Any = {"private": False, "chat": "-100"}


async def test_events_of_the_directors_room_are_known(store: StoreImplementation) -> None:
    """Only from that chat, on its platform."""
    room = DirectorsRoom(LANE, "-5", NOW)
    await save(store, room)

    inside = await turn_of(store, said(private=False, chat="-5"))
    outside = await turn_of(store, said())

    assert inside
    assert outside
    assert (inside.in_directors_room, inside.directors_room) == (True, room)
    assert (outside.in_directors_room, outside.directors_room) == (False, room)


async def test_a_shared_chat_is_its_partnerships_room(store: StoreImplementation) -> None:
    """Whoever comes into it: a stranger's turn has that partnership, and all members as partners."""
    mine, theirs = pair(1, 1, 2, chat="-100"), pair(2, 3, 4, chat="-200")
    await save(store, spring(), *(ana(number) for number in (1, 2, 3, 4)), *mine, *theirs)

    stranger = await turn_of(store, Joined(id="1", platform=LANE, at=NOW, sender=Sender("999"), **SHARED))
    member = await turn_of(store, said("703", **SHARED))

    assert stranger
    assert member
    assert (stranger.partnership, stranger.partners) == (mine[0], (ana(1), ana(2)))
    assert (member.partnership, member.person) == (mine[0], ana(3))


async def test_a_room_that_is_over_belongs_to_no_partnership(store: StoreImplementation) -> None:
    """Not to the member's present one either."""
    over = pair(1, 1, 2, chat="-100", state=PartnershipState.ENDED, active=False)
    await save(store, spring(), ana(1), ana(2), *over, *pair(2, 1, 2))

    turn = await turn_of(store, said(**SHARED))

    assert turn
    assert turn.partnership is None


async def test_in_any_other_chat_it_is_the_persons_own_partnership(store: StoreImplementation) -> None:
    """The bot was added to a group: whose it may be is for the rules."""
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2))

    turn = await turn_of(store, said(**SHARED))

    assert turn
    assert turn.partnership == pair(1, 1, 2)[0]


async def test_an_opened_room_names_its_partnership(store: StoreImplementation) -> None:
    """By id or by echo, with or without somebody who did it."""
    opening = pair(7, 1, 2, state=PartnershipState.OPENING)
    partnership = opening[0]
    assert isinstance(partnership, Partnership)
    await save(store, spring(), ana(1), ana(2), ana(3), *opening)

    by_id = await turn_of(store, RoomOpened(id="1", platform=LANE, at=NOW, about="spring.7", **SHARED))
    by_echo = await turn_of(
        store,
        RoomOpened(
            id="2", platform=LANE, at=NOW, about=str(partnership.echo), sender=Sender("702"), **SHARED
        ),
    )

    assert by_id
    assert by_echo
    assert (by_id.partnership, by_id.person, by_id.partners) == (partnership, ana(1), (ana(2),))
    assert (by_echo.partnership, by_echo.person, by_echo.partners) == (partnership, ana(2), (ana(1),))


async def test_an_echo_of_another_round_names_nothing(store: StoreImplementation) -> None:
    """An old button cannot be taken for a new one."""
    partnership = pair(7, 1, 2)[0]
    assert isinstance(partnership, Partnership)
    old = replace(partnership, round="autumn").echo
    await save(store, spring(), ana(1), ana(2), *pair(7, 1, 2))

    turn = await turn_of(store, RoomOpened(id="1", platform=LANE, at=NOW, about=str(old), **SHARED))

    assert turn is None


async def test_a_lost_or_moved_room_is_found_by_its_chat(store: StoreImplementation) -> None:
    """Such events have no sender: the starter stands for the partnership."""
    rooms = pair(1, 1, 2, chat="-100")
    await save(store, spring(), ana(1), ana(2), *rooms)

    lost = await turn_of(store, RoomLost(id="1", platform=LANE, at=NOW, why="removed", **SHARED))
    moved = await turn_of(store, Moved(id="2", platform=LANE, at=NOW, to="-200", **SHARED))
    unknown = await turn_of(store, Moved(id="3", platform=LANE, at=NOW, to="-9", private=False, chat="-8"))

    assert lost
    assert moved
    assert (lost.partnership, moved.partnership, lost.person) == (rooms[0], rooms[0], ana(1))
    assert unknown is None


async def test_a_hidden_administrator_is_nobody(store: StoreImplementation) -> None:
    """They get a turn, to be told so, but no row."""
    await save(store, DirectorsRoom(LANE, "-5", NOW))
    hidden = Sender("1087968824", "Group", anonymous=True)

    turn = await turn_of(store, said(private=False, chat="-5", sender=hidden))

    assert turn
    assert (turn.person.id, turn.in_directors_room) == (0, True)
    assert await every(store, Person) == []
