"""Directors command from a private channel that is theirs alone; Slack is asked each time whether it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from tests.slack.receiving import Reception, receiving
from tests.slack_server import Channel, Fault, Person, SlackServer


pytestmark = pytest.mark.wire


@dataclass
class Scene:
    """A directors' channel with Ana in it."""

    server: SlackServer
    here: Reception
    ana: Person
    room: Channel

    async def runs(self, who: Person, line: str = "/antipode round end", room: Channel | None = None) -> str:
        """Run a command and give what became of it: "done", or the name of the sentence."""
        before = len(self.here.desk.events), len(self.here.desk.refused)
        who.runs(line, room or self.room)
        await self.here.desk.settled()
        if len(self.here.desk.events) > before[0]:
            return "done"
        (chat, sentence) = self.here.desk.refused[before[1]]
        assert chat == f"{self.server.team.id}/{who.chat.id}"
        return sentence.removeprefix("slack.directors.")

    def asked(self) -> int:
        return len(self.server.calls_of("conversations.info"))

    def later(self) -> None:
        """Let the minute pass in which an answer counts."""
        self.here.directors.changed(f"{self.server.team.id}/{self.room.id}")


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana")
        room = server.channel("directors", ana)
        here.directors.chat = f"{server.team.id}/{room.id}"
        yield Scene(server, here, ana, room)


async def test_a_member_commands_in_the_private_channel() -> None:
    async with scene() as here:
        assert await here.runs(here.ana) == "done"

    (event,) = here.here.desk.events
    assert (event.chat, event.private) == (here.here.directors.chat, False)


async def test_slack_is_asked_once_a_minute() -> None:
    async with scene() as here:
        for _ in range(3):
            await here.runs(here.ana)
        first = here.asked()
        here.later()
        await here.runs(here.ana)

        assert (first, here.asked()) == (1, 2)


async def test_a_channel_that_was_shared_takes_no_commands() -> None:
    async with scene() as here:
        assert await here.runs(here.ana) == "done"
        here.room.is_shared_with("T0OTHER")
        await here.here.desk.settled()

        assert await here.runs(here.ana) == "shared"


async def test_a_public_channel_is_none() -> None:
    async with scene() as here:
        lobby = here.server.channel("lobby", here.ana, kind="public")

        assert await here.runs(here.ana, "/antipode claim 1234", lobby) == "not-private"


async def test_a_channel_without_the_bot_is_none() -> None:
    async with scene() as here:
        other = here.server.channel("other", here.ana, bot=False)

        assert await here.runs(here.ana, "/antipode claim 1234", other) == "bot-outside"


async def test_a_claim_in_a_private_channel_gets_through() -> None:
    async with scene() as here:
        other = here.server.channel("other", here.ana)

        assert await here.runs(here.ana, "/antipode claim 1234", other) == "done"


async def test_a_claim_in_the_bots_own_chat_is_told_where_to_go() -> None:
    async with scene() as here:
        assert await here.runs(here.ana, "/antipode claim 1234", here.ana.dm) in (
            "not-private",
            "bot-outside",
        )


async def test_a_guest_is_no_director() -> None:
    async with scene() as here:
        guest = here.server.user("Gus", restricted=True)
        here.room.adds(guest, by=here.ana)
        await here.here.desk.settled()

        assert await here.runs(guest) == "slack.guest"


async def test_who_is_not_in_the_channel_any_more_is_no_director() -> None:
    async with scene() as here:
        bo = here.server.user("Bo")
        here.room.adds(bo, by=here.ana)
        assert await here.runs(bo) == "done"
        button = here.here.directors

        bo.leaves(here.room)
        await here.here.desk.settled()

        assert await button.problem(f"{here.server.team.id}/{bo.id}", button.chat) == "not-member"


async def test_who_came_in_just_now_is_a_director() -> None:
    async with scene() as here:
        bo = here.server.user("Bo")
        assert await here.runs(here.ana) == "done"
        here.room.adds(bo, by=here.ana)

        assert await here.runs(bo) == "done"


async def test_nothing_happens_while_slack_cannot_be_asked() -> None:
    async with scene() as here:
        here.server.fail_next("conversations.info", Fault.SERVER_ERROR)
        first = await here.runs(here.ana)
        second = await here.runs(here.ana)

        assert (first, second) == ("unknown", "done")


async def test_an_archived_channel_takes_no_commands() -> None:
    async with scene() as here:
        here.room.archives(here.ana)
        problem = await here.here.directors.problem(
            f"{here.server.team.id}/{here.ana.id}", here.here.directors.chat
        )

        assert problem == "archived"


async def test_nothing_happens_while_nobody_tells_who_commands() -> None:
    async with scene() as here:
        here.server.fail_next("users.info", Fault.SERVER_ERROR, 2)
        first = await here.runs(here.ana)
        second = await here.runs(here.ana)

        assert (first, second) == ("unknown", "done")


async def test_a_channel_that_another_process_heard_being_claimed_is_known_at_once() -> None:
    async with scene() as here:
        theirs, here.here.directors.chat = here.here.directors.chat, ""

        async def meet() -> None:
            here.here.directors.chat = theirs

        here.here.intake.meet = meet
        await here.runs(here.ana)

        (event,) = here.here.desk.events
        assert (event.chat, event.private) == (theirs, False)
