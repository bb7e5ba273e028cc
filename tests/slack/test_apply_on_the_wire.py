"""People and directors with everything real but Slack itself: each deed has one answer, where it belongs."""

import pytest

from bot.app import Bot
from tests.fresh import all_sent
from tests.slack.running import slack, whole_bot
from tests.slack_server import Channel, Person, SlackServer


pytestmark = pytest.mark.wire


async def claimed(server: SlackServer, bot: Bot) -> tuple[Person, Channel]:
    """Give a director with her channel, just claimed."""
    bot.claim_code = "4f7k22qd"
    dora = server.user("Dora")
    room = server.channel("directors", dora)
    dora.runs("/antipode claim 4F7K22QD", room)
    await room.hears("This is the directors' room now")
    return dora, room


async def told(server: SlackServer, person: Person, words: str) -> int:
    """Give how often somebody was told these words, when all that was delivered is answered."""
    await server.until(lambda: not server.undelivered)
    return server.times_told(words, person.dm)


async def test_somebody_applies_by_conversation_and_their_zone_is_proposed() -> None:
    async with slack() as server, whole_bot(server) as bot:
        ana = server.user("Ana", tz="America/Lima")
        ana.writes("apply")
        await ana.hears("How would you like to answer?")
        ana.taps("Answer in the chat")
        for question, answer in (
            ("how your answers are used", "yes"),
            ("how we treat each other", "yes"),
            ("What should your partner call you", "Ana"),
            ("Which country do you live in", "Peru"),
        ):
            await ana.hears(question)
            await all_sent(bot.store)
            ana.writes(answer)

        asked = await ana.hears("Which city do you live in or near")
        assert any("Lima" in label for label in asked.buttons)
        assert server.violations == []


async def test_what_was_written_twice_before_the_answer_came_becomes_nobodys_name() -> None:
    async with slack() as server, whole_bot(server) as bot:
        ana = server.user("Ana")
        ana.writes("apply")
        await ana.hears("How would you like to answer?")
        ana.taps("Answer in the chat")
        await ana.hears("how your answers are used")
        await all_sent(bot.store)
        ana.writes("I agree")
        await ana.hears("how we treat each other")
        await all_sent(bot.store)

        ana.writes("I agree")
        ana.writes("I agree")

        asked = await ana.hears("You wrote that before you could see my question")
        assert "What should your partner call you" in asked.text


async def test_what_slack_repeats_is_answered_once() -> None:
    async with slack() as server, whole_bot(server, http=True):
        server.faults.copies = 3
        ana = server.user("Ana")
        ana.writes("@Antipode status")
        await ana.hears("")
        server.repeats(3)

        assert await told(server, ana, "") == 1


async def test_a_command_in_a_channel_is_answered_in_private_and_says_nothing_there() -> None:
    async with slack() as server, whole_bot(server):
        ana = server.user("Ana")
        lobby = server.channel("lobby", ana, kind="public")
        done = ana.runs("/antipode statsu", lobby)
        await ana.hears("status")

        assert done.acked
        assert not done.reply
        assert lobby.sees() == []


async def test_a_guest_is_told_once_and_is_nobody_to_the_program() -> None:
    async with slack() as server, whole_bot(server, http=True) as bot:
        server.faults.copies = 2
        gus = server.user("Gus", restricted=True)
        gus.writes("apply")
        await gus.hears("You are a guest in this workspace")

        assert await told(server, gus, "You are a guest") == 1
        async with bot.store.unit() as unit:
            people = await unit.work.connection.exec_driver_sql("SELECT name FROM person")  # type: ignore[attr-defined]
            assert people.all() == []


async def test_directors_command_in_their_channel_for_all_to_see() -> None:
    async with slack() as server, whole_bot(server) as bot:
        dora, room = await claimed(server, bot)
        dora.writes("@Antipode round status", room)
        await room.hears("Spring")
        dora.runs("/antipode rond status", room)
        post = await room.hears("round status")
        dora.runs("/antipode round cancel", room)
        await room.hears("shall I do it")
        dora.taps("No, leave it", room)
        await room.hears("")

        assert post.only_for is None
        assert dora.sees() == []
        assert server.violations == []


async def test_a_directors_button_in_a_channel_that_was_shared_does_nothing() -> None:
    async with slack() as server, whole_bot(server) as bot:
        dora, room = await claimed(server, bot)
        dora.runs("/antipode round cancel", room)
        await room.hears("shall I do it")
        room.is_shared_with("T0OTHER")
        await server.until(lambda: not server.undelivered)
        dora.taps("Yes, do it", room)

        await dora.hears("This channel is shared with another workspace")
        async with bot.store.unit() as unit:
            (spring,) = await unit.work.rounds()  # type: ignore[attr-defined]
        assert spring.state == "open"


async def test_a_participant_cannot_direct_from_anywhere_else() -> None:
    async with slack() as server, whole_bot(server) as bot:
        await claimed(server, bot)
        ana = server.user("Ana")
        private = server.channel("ours", ana)
        ana.runs("/antipode round end", private)
        await ana.hears("directors")

        assert private.sees() == []
