"""The whole room ladder with the real client library: every way to a room, and every way it can go wrong."""

from pathlib import Path

import pytest

from bot.events import Joined
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.telegram.wired import DAY, Wired, wired
from tests.telegram_server import Client, Group, LinkIsDead, Person
from tests.telegram_server.world import Post


pytestmark = pytest.mark.wire


def everything_in(folder: Path) -> bytes:
    """Give the content of every file of a folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def url_in(post: Post) -> str:
    """Give the first address in a message: on a button, or behind words."""
    on_buttons = [button["url"] for row in post.inline for button in row if "url" in button]
    behind = [entity["url"] for entity in post.entities if entity["type"] == "text_link"]
    return str((on_buttons + behind)[0])


async def asked(w: Wired, **clients: Client) -> tuple[Person, Person]:
    """Give Ana and Ben, who were asked to make a chat."""
    ana = w.server.user("Ana", username="ana_books", client=clients.get("ana"))
    ben = w.server.user("Ben")
    await w.pairs(ana, ben)
    for person in (ana, ben):
        await person.hears("need a place to talk")
        await person.hears("Do you not want a group?")
    return ana, ben


async def in_a_room(w: Wired) -> tuple[Person, Person, Group]:
    """Give Ana and Ben in their chat, introduced."""
    ana, ben = await asked(w)
    group = ana.shares_new_group("Ana and Ben")
    await ben.hears("Tap here and then")
    ben.tap("Go to our chat")
    await group.hears("please meet each other")
    await group.hears("Saying hello")
    await w.server.until(lambda: group.chat.pinned)
    return ana, ben, group


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


async def test_a_room_that_becomes_a_supergroup_goes_on(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana, ben, group = await in_a_room(w)

        group.migrates()
        group.say(ben, "/help")

        await group.hears("In this chat I understand")
        assert (await w.partnership(ana)).chat == str(group.id)


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
