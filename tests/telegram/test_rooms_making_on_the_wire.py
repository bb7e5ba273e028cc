"""Every way to a shared chat, with the real client library: the picker, the link, and by hand."""

from pathlib import Path

import pytest

from bot.model import PartnershipState, RoomKind
from tests.telegram.wired import asked, in_a_room, url_in, wired
from tests.telegram_server import Client, LinkIsDead


pytestmark = pytest.mark.wire


async def test_the_picker_makes_a_room(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)

        partnership = await w.partnership(ana)
        assert (partnership.state, partnership.room, partnership.chat) == (
            PartnershipState.RUNNING,
            RoomKind.GROUP,
            str(group.id),
        )
        assert (group.names, ana.keyboard, ben.keyboard) == ({"Ana", "Ben"}, [], [])
        assert len(group.chat.pinned) == 1
        assert [link.revoked for link in group.chat.links] == [True]


async def test_whatever_the_bot_hears_first_the_room_comes_about(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)

        ana.shares_new_group("Ours", first="chat_shared")

        await ben.hears("Tap here and then")
        assert w.server.times_told("Ana made a chat for you") == 1


async def test_a_picker_that_does_not_add_the_bot_leads_to_the_link(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w, ana=Client(adds_bot=False))
        group = ana.shares_new_group("Ours")
        await ana.hears("it did not let me in")
        post = await ana.hears("There is another way to your chat")

        ana.opens(url_in(post), group=group)

        await ben.hears("Tap here and then")
        ben.tap("Go to our chat")
        await group.hears("please meet each other")


async def test_a_client_whose_picker_makes_no_groups_uses_the_link(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w, ana=Client(creates_groups=False, upgrades_for_rights=True))
        link = next(url_in(post) for post in w.server.messages(ana) if "need a place" in post.text)
        group = w.server.group("By hand", ana)

        ana.opens(link, group=group)

        await ben.hears("Tap here and then")
        ben.tap("Go to our chat")
        await group.hears("please meet each other")


async def test_a_picker_that_gives_no_rights_waits_for_them(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w, ana=Client(grants_rights=False))
        group = ana.shares_new_group("Ours")
        await ana.hears("I am not allowed to invite Ben")

        group.sets_bot_rights("can_manage_chat", "can_invite_users", by=ana) if (
            group.chat.kind == "supergroup"
        ) else group.adds_bot(ana)

        await ben.hears("Tap here and then")


async def test_somebody_added_by_hand_needs_no_link(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        group = ana.shares_new_group("Ours", members=(ben,))

        await group.hears("please meet each other")
        assert (await w.partnership(ben)).present == ((await w.person(ana)), (await w.person(ben)))


async def test_the_second_group_is_left(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        first = ana.shares_new_group("First")
        await ben.hears("Ana made a chat for you")
        second = w.server.group("Second", ben)

        ben.opens(f"https://t.me/antipode_bot?startgroup={(await w.partnership(ben)).echo}", group=second)

        await ben.hears("Ana was a little faster")
        await w.server.until(lambda: second.status() == "left")
        assert (await w.partnership(ben)).chat == str(first.id)


async def test_a_stranger_with_the_link_is_refused_and_the_link_ends(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        zoe = w.server.user("Zoe")
        await w.meets(zoe)
        group = ana.shares_new_group("Ours")
        old = url_in(await ben.hears("Tap here and then"))

        zoe.opens(old)

        await zoe.hears("This chat is for the people of one partnership")
        await w.server.until(lambda: len(group.chat.links) == 2)
        new = await w.server.until(
            lambda: next(
                (p for p in reversed(w.server.messages(ben)) if "Tap here" in p.text and url_in(p) != old),
                None,
            )
        )
        with pytest.raises(LinkIsDead):
            ben.opens(old)
        ben.opens(url_in(new))
        await group.hears("please meet each other")
        assert group.names == {"Ana", "Ben"}


async def test_a_group_that_moves_before_everybody_is_there_gets_a_new_link(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben = await asked(w)
        group = ana.shares_new_group("Ours")
        old = url_in(await ben.hears("Tap here and then"))

        group.migrates()
        new = await w.server.until(
            lambda: next(
                (p for p in reversed(w.server.messages(ben)) if "Tap here" in p.text and url_in(p) != old),
                None,
            )
        )
        ben.opens(url_in(new))

        await group.hears("please meet each other")
