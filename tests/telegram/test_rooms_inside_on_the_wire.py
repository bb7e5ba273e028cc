"""In the pair's chat, with the real client library: nothing is kept, private matters go in private."""

from pathlib import Path

import pytest

from bot.events import Joined
from tests.telegram.wired import in_a_room, wired


pytestmark = pytest.mark.wire


def everything_in(folder: Path) -> bytes:
    """Give the content of every file of a folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_what_the_pair_writes_never_gets_further_than_the_door(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)
        before = len(w.events)

        group.say(ana, "Heron and lighthouse")
        ben.sends_photo("Heron at dawn", to=group)
        group.say(ben, "/when")
        await group.hears("It is now")

        assert [type(event).__name__ for event in w.events[before:]] == ["Said"]
        assert b"Heron" not in everything_in(tmp_path)


async def test_private_matters_of_the_room_are_answered_in_private(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        _, ben, group = await in_a_room(w)
        seen = len(group.sees())

        group.say(ben, "/report")

        await ben.hears("You wrote /report in the shared chat")
        assert len(group.sees()) == seen + 1


async def test_a_guest_is_told_whose_chat_it_is(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, _, group = await in_a_room(w)
        zoe = w.server.user("Zoe")

        group.adds(zoe, by=ana)

        await group.hears("Hello Zoe!")
        assert [event for event in w.events if isinstance(event, Joined)]
