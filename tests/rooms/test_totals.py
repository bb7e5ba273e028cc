"""Whatever happens in whatever order, a pair is never lost: it waits for something, or it has a room."""

from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events import AskedToJoin, Invited, Joined, Left, Moved, RoomLost, RoomOpened
from bot.model import PartnershipState, RoomKind, RoomStep
from bot.rooms import WAITING
from bot.rooms.choices import WHATS
from tests.rooms.scene import DAY, GROUP, OTHER, Scene


EVENTS: list[tuple[type[Any], dict[str, Any]]] = [
    (RoomOpened, {"about": "spring-2027.17"}),
    (RoomOpened, {"about": "spring-2027.17", "checked": True}),
    (RoomOpened, {"about": ""}),
    (RoomOpened, {"about": "99"}),
    (RoomLost, {"why": "not-there", "about": "spring-2027.17"}),
    (RoomLost, {"why": "rights"}),
    (RoomLost, {"why": "removed"}),
    (RoomLost, {"why": "full", "about": "spring-2027.17"}),
    (Invited, {"url": "https://t.me/+a", "about": "spring-2027.17"}),
    (AskedToJoin, {}),
    (Joined, {}),
    (Left, {}),
    (Moved, {"to": OTHER}),
]

happenings = st.tuples(st.sampled_from(EVENTS), st.integers(0, 3), st.sampled_from((GROUP, OTHER)))
taps = st.tuples(st.sampled_from(WHATS), st.integers(0, 1))
steps = st.one_of(happenings, taps, st.just("look"))


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=14))
def test_a_pair_always_waits_for_something_or_has_a_room(deeds: list[Any]) -> None:
    scene = Scene().begins()
    people = (*scene.members, scene.stranger, None)
    keys: dict[str, Any] = {}
    refs = count(1)

    for deed in deeds:
        if deed == "look":
            scene.looks(DAY)
        elif len(deed) == 3:
            (kind, values), who, chat = deed
            scene.happens(kind, people[who], chat, **values)
        else:
            scene.taps(scene.members[deed[1]], deed[0], ref=str(next(refs)))
        for delivery in scene.told:
            assert delivery.body == keys.setdefault(delivery.key, delivery.body)

    partnership = scene.partnership
    assert partnership.state in (PartnershipState.OPENING, PartnershipState.RUNNING)
    assert partnership.look_at is not None
    assert partnership.step in WAITING or partnership.room is not RoomKind.NONE
    assert partnership.room is not RoomKind.GROUP or (
        partnership.step is RoomStep.OPEN and set(partnership.present) == {1, 2} and partnership.chat
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(steps, max_size=10))
def test_a_silent_pair_has_a_way_to_write_after_at_most_nine_days(deeds: list[Any]) -> None:
    scene = Scene().begins()
    people = (*scene.members, scene.stranger, None)
    for deed in deeds:
        if isinstance(deed, tuple) and len(deed) == 3:
            (kind, values), who, chat = deed
            scene.happens(kind, people[who], chat, **values)

    for _ in range(9):
        scene.looks(DAY)

    assert scene.partnership.room is not RoomKind.NONE
