"""Every way a shared chat can go wrong, with the real client library, is mended."""

from pathlib import Path

import pytest

from bot.model import PartnershipState, RoomKind
from tests.telegram.wired import in_a_room, url_in, wired


pytestmark = pytest.mark.wire


async def test_a_room_that_becomes_a_supergroup_goes_on(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)

        group.migrates()
        group.say(ben, "/help")

        await group.hears("In this chat I understand")
        assert (await w.partnership(ana)).chat == str(group.id)


async def test_a_bot_that_is_put_out_asks_the_pair(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)

        group.removes_bot(by=ana)

        await ana.hears("I am no longer in your shared chat with Ben")
        await ben.hears("You and Ana need a place to talk")
        ben.tap("Keep our chat without you")
        await ana.hears("keep your own chat")
        partnership = await w.partnership(ana)
        assert (partnership.state, partnership.room) == (PartnershipState.RUNNING, RoomKind.CONTACT)


async def test_a_deleted_group_is_replaced(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)

        group.deletes()
        await ben.hears("You and Ana need a place to talk")
        again = ben.shares_new_group("Second try")
        await ana.hears("Tap here and then")
        ana.tap("Go to our chat")

        await again.hears("I am here again")
        assert w.server.times_told("please meet each other") == 1


async def test_a_silenced_bot_goes_on_in_private(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, _, group = await in_a_room(w)
        if group.chat.kind == "group":
            group.migrates()

        group.silences_bot()

        await ana.hears("I am no longer in your shared chat")


async def test_rights_taken_from_a_full_room_cost_only_the_pins(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, _, group = await in_a_room(w)

        group.sets_bot_rights()

        await ana.hears("I am no longer an administrator")
        group.say(ana, "/status@antipode_bot")
        await group.hears("This is week 1")


async def test_who_leaves_can_come_back(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)

        ben.leaves(group)
        await ana.hears("Ben has left your shared chat")
        post = await ben.hears("Tap here and then")
        assert (await w.partnership(ben)).room is RoomKind.NONE
        ben.opens(url_in(post))

        await group.hears("I am here again")
