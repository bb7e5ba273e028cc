"""Where two platforms meet in the tables: directors' rooms, and people who are named elsewhere."""

from datetime import timedelta

from bot.model import DirectorsRoom
from storage.work import main_room
from tests.storage.given import NOW


FIRST = DirectorsRoom("telegram", "-9", NOW)
SECOND = DirectorsRoom("slack", "T1/C1", NOW + timedelta(days=1))


def test_directors_hear_of_somebody_in_the_room_of_their_platform() -> None:
    assert main_room({"telegram": FIRST, "slack": SECOND}, "slack") == SECOND


def test_a_platform_without_a_room_is_told_of_in_the_first() -> None:
    assert main_room({"telegram": FIRST}, "slack") == FIRST
    assert main_room({}, "slack") is None
