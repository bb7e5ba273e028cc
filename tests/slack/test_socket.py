"""By the socket nothing is lost: not while a connection changes, falls silent or is cut, nor by a failure."""

import asyncio
from datetime import timedelta

import pytest

from bot.events import Said, Tapped
from tests.slack.receiving import receiving
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire


async def test_what_people_do_is_decided_and_acknowledged() -> None:
    async with SlackServer() as server, receiving(server) as here:
        ana = server.user("Ana", tz="America/Lima", locale="es-PE")
        ana.writes("one")
        ana.runs("/antipode two")
        await here.desk.has("one", "/two")
        await here.desk.settled()

    assert [ack.reason for ack in server.acks] == ["", ""]
    assert server.violations == []


async def test_who_writes_comes_with_their_name_zone_and_language() -> None:
    async with SlackServer() as server, receiving(server) as here:
        ana = server.user("Ana Ríos", tz="America/Lima", locale="es-PE")
        ana.writes("one")
        await here.desk.has("one")

    sender = here.desk.events[0].sender
    assert sender is not None
    assert (sender.account, sender.name, sender.zone, sender.language) == (
        f"{server.team.id}/{ana.id}",
        "Ana Ríos",
        "America/Lima",
        "es",
    )


async def test_a_command_typed_anywhere_is_answered_in_the_persons_own_chat() -> None:
    async with SlackServer() as server, receiving(server) as here:
        ana = server.user("Ana")
        lobby = server.channel("lobby", ana, kind="public")
        ana.runs("/antipode status", lobby)
        await here.desk.has("/status")

    event = here.desk.events[0]
    assert (event.chat, event.private) == (f"{server.team.id}/{ana.chat.id}", True)


async def test_an_event_is_acknowledged_only_after_the_commit() -> None:
    async with SlackServer() as server, receiving(server) as here:
        seen: list[bool] = []
        here.desk.during = lambda: seen.append(any(each.acked for each in server.courier.history))
        server.user("Ana").writes("one")
        await here.desk.has("one")
        await here.desk.settled()

    assert seen == [False]
    assert [ack.ok for ack in server.acks] == [True]


async def test_an_event_that_could_not_be_decided_comes_again() -> None:
    async with SlackServer() as server, receiving(server) as here:
        here.desk.failures = 1
        server.courier.backoff = 0.001
        server.user("Ana").writes("one")
        await server.until(lambda: (server.acks and not server.acks[0].ok) or here.desk.words())
        await server.until(lambda: here.desk.words() == ["one"], within=10)

    assert here.desk.words() == ["one"]


async def test_a_repeated_event_has_the_same_id() -> None:
    async with SlackServer() as server, receiving(server) as here:
        server.faults.copies = 3
        server.user("Ana").writes("one")
        await here.desk.settled()
        await server.until(lambda: len(server.acks) == 3)

    assert here.desk.words() == ["one"]


async def refreshed(server: SlackServer) -> None:
    """Ask for another connection, and wait until it is there and the old one is gone."""
    before = server.sockets.opened
    await server.sockets.tell_to_leave("refresh_requested", close=False)
    await server.until(lambda: server.sockets.opened > before and len(server.sockets.links) == 1)


async def test_when_slack_asks_for_it_another_connection_is_open_before_the_old_one_goes() -> None:
    async with SlackServer() as server, receiving(server) as here:
        ana = server.user("Ana")
        there: list[int] = []
        tell, server.sockets.changed = server.sockets.changed, lambda: there.append(len(server.sockets.links))
        for number in range(20):
            ana.writes(f"m{number}")
            if number % 7 == 3:
                await refreshed(server)
        server.sockets.changed = tell
        await server.until(lambda: len(here.desk.words()) == 20)
        await here.desk.settled()
        assert here.socket is not None
        assert here.socket.is_open

    assert there == [2, 1, 2, 1, 2, 1]
    assert sorted(here.desk.words()) == sorted(f"m{number}" for number in range(20))
    assert {ack.reason for ack in server.acks} == {""}


async def test_a_cut_connection_is_opened_again_and_nothing_is_lost() -> None:
    async with SlackServer() as server, receiving(server) as here:
        ana = server.user("Ana")
        ana.writes("before")
        await here.desk.has("before")
        server.sockets.cut()
        ana.writes("during")
        await server.until(lambda: server.sockets.opened == 2)
        ana.writes("after")
        await server.until(lambda: len(here.desk.words()) == 3, within=10)

    assert sorted(here.desk.words()) == ["after", "before", "during"]


async def test_a_connection_that_answers_no_pings_is_given_up() -> None:
    async with SlackServer() as server, receiving(server, heartbeat=0.2) as here:
        server.sockets.links[0].silent = True
        await server.until(lambda: server.sockets.opened == 2)
        server.user("Ana").writes("one")
        await here.desk.has("one")


async def test_a_connection_by_which_nothing_comes_is_replaced() -> None:
    async with SlackServer() as server, receiving(server, idle=timedelta(seconds=0.2)) as here:
        server.sockets.links[0].deaf = True
        await server.until(lambda: server.sockets.opened >= 2)
        server.user("Ana").writes("one")
        await server.until(lambda: here.desk.words() == ["one"], within=10)


async def test_what_is_being_decided_is_acknowledged_before_a_stop() -> None:
    async with SlackServer() as server:
        async with receiving(server) as here:
            ana = server.user("Ana")
            await here.profiles.get(f"{server.team.id}/{ana.id}")
            started = asyncio.Event()
            here.desk.during = started.set
            ana.writes("one")
            await started.wait()
        await here.desk.settled()

    assert [ack.reason for ack in server.acks] == [""]


async def test_many_at_once_share_a_commit() -> None:
    async with SlackServer() as server, receiving(server) as here:
        people = [server.user(f"P{number}") for number in range(40)]
        for one in people:
            await here.profiles.get(f"{server.team.id}/{one.id}")
        for one in people:
            one.writes("hello")
        await server.until(lambda: len(here.desk.events) == 40)
        await here.desk.settled()

    assert len(here.desk.batches) < 40


async def test_a_mention_in_the_bots_own_chat_is_one_event() -> None:
    async with SlackServer() as server, receiving(server) as here:
        server.user("Ana").writes("@Antipode status")
        await here.desk.settled()

    assert [type(event) for event in here.desk.events] == [Said]


async def test_a_pairs_talk_never_comes_and_a_tap_in_their_chat_does() -> None:
    async with SlackServer() as server, receiving(server) as here:
        ana, bo = server.user("Ana"), server.user("Bo")
        client = here.workspaces.all()[0].client
        opened = await client.conversations_open(users=[ana.id, bo.id])
        button = {"type": "button", "text": {"type": "plain_text", "text": "When"}, "value": "cmd:when"}
        await client.chat_postMessage(
            channel=opened["channel"]["id"],
            text="Hello",
            blocks=[{"type": "actions", "block_id": "b", "elements": [button | {"action_id": "a"}]}],
        )
        room = server.rooms()[0]
        ana.writes("Heron", room)
        bo.taps("When", room)
        await here.desk.settled()

    (event,) = here.desk.events
    assert isinstance(event, Tapped)
    assert (event.chat, event.private, event.value) == (f"{server.team.id}/{room.id}", False, "cmd:when")
