"""Who gets no shared chat still can write, with the real client library: by contacts or relay."""

from pathlib import Path

import pytest

from bot.model import RoomKind, RoomStep
from tests.telegram.wired import DAY, asked, wired


pytestmark = pytest.mark.wire


async def test_a_partner_who_does_not_come_is_nudged_and_then_asked_for_the_contact(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        ana.shares_new_group("Ours")
        await ben.hears("Tap here and then")

        await w.looks(after=DAY)
        await ben.hears("is ready and waits for you")
        await w.looks(after=2 * DAY)

        await ben.hears("May I show Ana how to write to you?")


async def test_two_yes_exchange_the_contacts(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)

        ana.tap("Share our contacts")
        await ben.hears("May I show Ana how to write to you?")
        ben.say("yes")

        post = await ben.hears("Ana (@ana_books)")
        assert [e["user"]["id"] for e in post.entities if e["type"] == "text_mention"] == [ana.id]
        await ana.hears("Everybody said yes")
        await ana.hears("please meet each other")
        assert (await w.partnership(ana)).room is RoomKind.CONTACT


async def test_a_no_makes_a_relay_that_carries_words_and_pictures(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        ana.tap("Share our contacts")
        await ben.hears("May I show Ana how to write to you?")
        ben.tap("No, write through the bot")
        await ana.hears("write to each other through me")
        await ana.hears("please meet each other")
        await ben.hears("please meet each other")

        said = ana.say("Heron and lighthouse")
        carried = await ben.hears("Heron and lighthouse")
        ana.edits(said, "Heron and lighthouses")
        changed = await ben.hears("Heron and lighthouses")
        ben.sends_photo("My library")
        picture = await ana.hears("My library")

        assert [post.buttons for post in (carried, changed, picture)] == [
            ["✉ Ana"],
            ["✎ Ana, changed"],
            ["✉ Ben"],
        ]
        assert "photo" in picture.data
        tap = ben.tap("✉ Ana", on=carried)
        await ben.hears("This message is from your partner")
        assert tap.query is not None


async def test_old_buttons_are_answered_and_change_nothing(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        ana.tap("Write through the bot")
        await ben.hears("write to each other through me")

        tap = ben.tap("Write through the bot")

        await ben.hears("This button is from an earlier message")
        await w.server.until(lambda: tap.answered)
        assert (await w.partnership(ben)).room is RoomKind.RELAY


async def test_nobody_does_anything_and_still_they_can_write(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)

        steps = []
        for days in (3, 3, 2):
            await w.looks(after=days * DAY)
            steps.append((await w.partnership(ana)).step)
        await ben.hears("write to each other through me")

        assert steps == [RoomStep.LINK, RoomStep.CONTACT, RoomStep.OPEN]


async def test_who_blocks_the_bot_is_known_to_be_unreachable(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)

        ben.blocks_bot()
        ana.tap("Write through the bot")

        await ana.hears("write to each other through me")
        await w.server.until(lambda: any(type(e).__name__ == "Unreachable" for e in w.events))
