"""Who somebody is comes from their workspace: members are heard, guests and strangers told why not."""

import pytest

from adapters.slack.receive_people import Profiles
from bot.events import Joined, Moved, Reachable, Unreachable
from tests.slack.receiving import receiving
from tests.slack_server import Fault, SlackServer


pytestmark = pytest.mark.wire


async def test_guests_and_strangers_get_one_kind_sentence_and_bots_none() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        people = [
            server.user("Gus", restricted=True),
            server.user("Ula", ultra_restricted=True),
            server.user("Sia", stranger=True),
        ]
        for one in people:
            one.writes("hello")
        await here.desk.settled()

    chats = [f"{server.team.id}/{one.chat.id}" for one in people]
    sentences = ["slack.guest", "slack.guest", "slack.stranger"]
    assert sorted(here.desk.refused) == sorted(zip(chats, sentences, strict=True))
    assert here.desk.events == []


async def test_who_became_a_guest_can_still_see_and_delete_what_is_kept() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        gus = server.user("Gus", restricted=True)
        gus.runs("/antipode mydata")
        gus.writes("Forget")
        gus.writes("forget that I applied")
        await here.desk.settled()

    assert sorted(here.desk.words()) == ["/mydata", "Forget"]
    assert [sentence for _, sentence in here.desk.refused] == ["slack.guest"]


async def test_who_was_deactivated_cannot_be_reached_until_they_come_back() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana")
        await here.profiles.read_all(here.workspaces.all()[0])
        ana.is_deactivated()
        await here.desk.settled()
        ana.is_reactivated()
        await here.desk.settled()

    account = f"{server.team.id}/{ana.id}"
    assert [(type(event), event.sender and event.sender.account) for event in here.desk.events] == [
        (Unreachable, account),
        (Reachable, account),
    ]


async def test_what_people_change_about_themselves_is_no_event_and_is_known() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana", tz="America/Lima", locale="pt-BR")
        ana.writes("one")
        await here.desk.has("one")
        ana.changes(tz="Asia/Tokyo", title="Librarian")
        await here.desk.settled()
        ana.writes("two")
        await here.desk.has("one", "two")

    zones = [(e.sender.zone, e.sender.language) for e in here.desk.events if e.sender]
    assert zones == [("America/Lima", "pt-br"), ("Asia/Tokyo", "pt-br")]
    assert len(server.calls_of("users.info")) == 1


async def test_who_becomes_a_guest_cannot_take_part_any_more() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        server.user("Ana").changes(restricted=True)
        await here.desk.settled()

    (event,) = here.desk.events
    assert isinstance(event, Unreachable)
    assert event.why == "guest"


async def test_who_left_while_nobody_listened_is_found_in_the_list() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        people = [server.user(f"P{number}") for number in range(250)]
        people[3].account.deleted = True
        gone = await here.profiles.read_all(here.workspaces.all()[0])

    assert [one.account for one in gone] == [f"{server.team.id}/{people[3].id}"]
    assert len(server.calls_of("users.list")) == 2


async def test_somebody_slack_tells_nothing_about_is_heard_all_the_same() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        server.fail_next("users.info", Fault.SERVER_ERROR)
        server.user("Ana").writes("one")
        await here.desk.has("one")

    (event,) = here.desk.events
    assert event.sender is not None
    assert event.sender.zone == ""


async def test_a_private_chat_that_slack_does_not_tell_is_the_account_itself() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana")
        server.fail_next("conversations.open", Fault.SERVER_ERROR)
        ana.runs("/antipode one", server.channel("lobby", ana, kind="public"))
        await here.desk.has("/one")

    assert here.desk.events[0].chat == f"{server.team.id}/{ana.id}"


async def test_somebody_is_asked_about_once_however_much_they_do() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana")
        for number in range(5):
            ana.writes(str(number))
        await here.desk.has(*map(str, range(5)))

    assert len(server.calls_of("users.info")) == 1
    assert server.calls_of("conversations.open") == []


async def test_who_comes_into_a_private_channel_with_the_bot_joined_it() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana, bo, helper = server.user("Ana"), server.user("Bo"), server.user("Helper", is_bot=True)
        room = server.channel("pair", ana)
        room.adds(bo, by=ana)
        room.adds(helper, by=ana)
        await here.desk.settled()

    (event,) = here.desk.events
    assert isinstance(event, Joined)
    assert (event.chat, event.private) == (f"{server.team.id}/{room.id}", False)


async def test_a_channel_that_gets_a_new_id_has_moved() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        room = server.channel("pair", server.user("Ana"))
        old = room.id
        room.gets_new_id()
        await here.desk.settled()

    (event,) = here.desk.events
    assert isinstance(event, Moved)
    assert (event.chat, event.to) == (f"{server.team.id}/{old}", f"{server.team.id}/{room.id}")


async def test_a_workspace_that_uninstalls_is_not_called_any_more() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        server.uninstalls()
        await server.until(lambda: here.desk.ended)

    assert here.desk.ended[0] == server.team.id
    assert here.workspaces.token(server.team.id) == ""


async def test_a_long_list_is_read_as_fast_as_slack_allows() -> None:
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    async with SlackServer() as server, receiving(server, http=True) as here:
        people = [server.user(f"P{number}") for number in range(250)]
        server.fail_next("users.list", Fault.TOO_MANY)
        profiles = Profiles(here.workspaces, pause)
        await profiles.read_all(here.workspaces.all()[0])

    assert waited == [1.0]
    assert all(profiles.known(f"{server.team.id}/{one.id}") for one in people)
