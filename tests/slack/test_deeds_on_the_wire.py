"""What Slack is asked for besides messages, on the wire: taking buttons away, files, carrying, leaving."""

import pytest

from adapters.slack.blocks import without_choices
from bot.messages import Attachment, Carry, Choice, Message, OpenRoom, RoomDeed, Settle, Tend
from bot.ports import Rejected, RetryLater
from tests.slack.sending import sending, with_scopes, without_scopes
from tests.slack_server import Fault


ROWS = ((Choice("Yes", "a:consent:yes"), Choice("No", "a:consent:no")),)
ASKS = Message("**Welcome!** May I begin? [Ana](person:1)", ROWS)


async def test_buttons_that_were_used_are_taken_away_and_what_was_chosen_is_shown() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        sent = await s.sends(ASKS, s.account(ana), people=(ana,))
        shown = without_choices(ana.last().json())

        for chat in (s.place(ana.chat.id), s.account(ana)):
            await s.sends(Settle(sent.ref, "Yes, *please*", shown), chat)

        assert ana.sees() == [f"Antipode: *Welcome!* May I begin? <@{ana.id}>\n✓ Yes, _please_"]


async def test_settling_what_is_not_known_or_gone_does_nothing() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        shown = without_choices({"text": "Hello", "blocks": []})

        await s.sends(Settle("1.2", "Yes"), s.account(ana))
        await s.sends(Settle("", "Yes", shown), s.account(ana))
        await s.sends(Settle("1700000000.000100", "Yes", shown), s.account(ana))

        assert ana.sees() == []


async def test_deeds_that_slack_does_not_have_are_defects() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        admit = Tend(RoomDeed.ADMIT, s.account(ana))

        assert isinstance(await s.fails(admit, s.account(ana)), Rejected)


async def test_a_file_comes_after_its_words_in_private_and_in_a_room() -> None:
    async with sending(manifest=with_scopes("files:write")) as s:
        ana = s.server.user("Ana")
        room = s.server.channel("tea", ana)
        message = Message("Your data", attachment=Attachment("my-data.json", "application/json", '{"ö": 1}'))

        for chat in (s.account(ana), s.place(room.id)):
            await s.sends(message, chat)

        for seen in (s.server.messages(ana), s.server.messages(room)):
            assert [post.words for post in seen] == ["Your data", ""]
            (file,) = seen[1].files
            assert (file["name"], s.server.world.uploads[file["id"]].content) == (
                "my-data.json",
                '{"ö": 1}'.encode(),
            )


async def test_without_the_scope_for_files_the_words_are_sent_once_and_the_file_never() -> None:
    async with sending(manifest=without_scopes("files:write"), strict=False) as s:
        ana = s.server.user("Ana")
        message = Message("Your data", attachment=Attachment("my-data.json", "application/json", "{}"))

        error = await s.fails(message, s.account(ana))

        assert str(error).startswith("missing_scope: files:write")
        assert ana.sees() == ["Antipode: Your data"]


async def test_a_message_is_carried_to_the_partner_with_its_author_and_calls_nobody() -> None:
    async with sending() as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        said = ana.writes("Hello *Ben*, <!channel> & https://example.org")
        photo = ana.sends_file("desk.png")

        for ref in (said.ts, photo.ts, "1700000000.000100"):
            await s.sends(Carry(s.place(ana.chat.id), ref, "✉ **Ana**"), s.account(ben))

        assert [line.replace("\u200b", "") for line in ben.sees()] == [
            "Antipode: ✉ *Ana*\n\nHello *Ben*, &lt;!channel&gt; &amp; <https://example.org>",
            "Antipode: ✉ *Ana*\n\n📎 desk.png",
        ]


async def test_the_bot_leaves_a_channel_and_where_nobody_can_leave_it_stays() -> None:
    async with sending(manifest=with_scopes("groups:write"), strict=False) as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        channel = s.server.channel("tea", ana)
        opened = await s.sends(OpenRoom("spring.1", (1, 2), "Ana and Ben"), people=(ana, ben))

        for chat in (s.place(channel.id), s.place(opened.ref), s.place("C0NOTTHERE")):
            await s.sends(Tend(RoomDeed.LEAVE, chat), chat)

        assert (channel.names, s.server.rooms()[0].names) == (["Ana"], ["Ana", "Ben", "Antipode"])


@pytest.mark.parametrize("shown", ["no json", "[]", "{}", '{"text": 1}'])
async def test_what_is_not_as_it_was_given_cannot_be_settled(shown: str) -> None:
    async with sending() as s:
        ana = s.server.user("Ana")

        assert isinstance(await s.fails(Settle("1.2", "Yes", shown), s.account(ana)), Rejected)


async def test_a_refusal_while_settling_is_waited_for() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        sent = await s.sends(ASKS, s.account(ana), people=(ana,))
        settle = Settle(sent.ref, "Yes", without_choices(ana.last().json()))
        s.server.faults.plan("chat.update", Fault.TOO_MANY)

        assert isinstance(await s.fails(settle, s.account(ana)), RetryLater)
