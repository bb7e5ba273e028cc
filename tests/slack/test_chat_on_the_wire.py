"""Messages on the wire: what people see of each body, and what becomes of every error."""

import pytest

from adapters.slack.render import posts
from adapters.slack.text import Reader
from bot.messages import Choice, Message
from bot.ports import CannotReach, ChatError, NotSent, Rejected, RetryLater, Uncertain
from tests.lease import Lease
from tests.slack.sending import sending
from tests.slack_server import Fault, Limits


ROWS = ((Choice("Yes", "a:consent:yes"), Choice("No", "a:consent:no")),)
ASKS = Message("**Welcome!** May I begin? [Ana](person:1)", ROWS)
#: Before the head of a call, and before its body.
QUESTIONS = 2


async def test_somebody_gets_a_message_with_buttons_in_private() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")

        sent = await s.sends(ASKS, s.account(ana), people=(ana,))

        assert ana.sees() == [f"Antipode: *Welcome!* May I begin? <@{ana.id}> [Yes] [No]"]
        assert sent.ref == ana.last().ts
        assert ana.last().text == "Welcome! May I begin? Ana"


async def test_a_message_carries_its_key_where_people_do_not_see_it() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")

        await s.sends(ASKS, s.account(ana), key="prompt/x.1/1")

        assert ana.last().metadata == {"event_type": "antipode", "event_payload": {"key": "prompt/x.1/1"}}


async def test_what_somebody_wrote_calls_nobody() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")

        await s.sends(Message(f"<!channel> <@{ana.id}> <https://evil.example|bank>"), s.account(ana))

        assert ana.sees() == [
            f"Antipode: &lt;!channel&gt; &lt;@{ana.id}&gt; &lt;<https://evil.example>|bank&gt;"
        ]


async def test_a_long_text_arrives_whole_and_in_order_and_the_buttons_once() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        words = [f"word{number}" for number in range(4000)]

        await s.sends(Message(" ".join(words), ROWS), s.account(ana))

        seen = s.server.messages(ana)
        assert " ".join(post.words for post in seen).split() == words
        assert [post.buttons for post in seen] == [[]] * (len(seen) - 1) + [["Yes", "No"]]


async def test_a_repetition_goes_on_where_a_message_of_several_stopped() -> None:
    async with sending(limits=Limits(speed=3, burst=1), factor=1e6) as s:
        ana = s.server.user("Ana")
        words = [f"word{number}" for number in range(4000)]
        long = Message(" ".join(words))

        s.server.clock.freeze()

        came = []
        for _ in range(len(posts(long, Reader())) - 1):
            assert isinstance(await s.fails(long, s.account(ana), key="long"), RetryLater)
            came.append(len(s.server.messages(ana)))
            s.server.clock.advance(0.4)
        await s.sends(long, s.account(ana), key="long")

        assert came == list(range(1, len(posts(long, Reader()))))
        assert " ".join(post.words for post in s.server.messages(ana)).split() == words


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.FATAL_AFTER, Fault.GARBAGE_AFTER])
async def test_a_private_message_whose_answer_was_lost_is_found_and_not_sent_again(fault: Fault) -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        words = [f"word{number}" for number in range(4000)]
        long = Message(" ".join(words), ROWS)
        await s.sends(Message("Something else"), s.place(ana.chat.id), key="reply/slack/0", attempts=1)
        s.server.faults.plan("chat.postMessage", fault)
        assert isinstance(await s.fails(long, s.account(ana), key="reply/slack/1"), Uncertain)

        sent = await s.sends(long, s.account(ana), key="reply/slack/1", attempts=1)

        _, *seen = s.server.messages(ana)
        assert " ".join(post.words for post in seen).split() == words
        assert sent.ref == seen[-1].ts


@pytest.mark.parametrize("attempts", [0, 1])
async def test_who_has_no_lease_any_more_posts_nothing(attempts: int) -> None:
    """A machine that slept after it had looked for the message wakes late: another has sent it."""
    async with sending() as s:
        ana = s.server.user("Ana")

        error = await s.fails(ASKS, s.account(ana), attempts=attempts, ours=Lease(0))

        assert type(error) is NotSent
        assert ana.sees() == []


@pytest.mark.parametrize("questions", range(QUESTIONS))
async def test_nothing_leaves_when_the_lease_ends_before_the_words_do(questions: int) -> None:
    """A process that is stopped while a connection is made wakes late, too."""
    async with sending() as s:
        ana = s.server.user("Ana")

        error = await s.fails(Message("Late"), s.account(ana), ours=Lease(questions))
        await s.sends(Message("In time"), s.account(ana), ours=Lease(QUESTIONS))

        assert type(error) is NotSent
        assert ana.sees() == ["Antipode: In time"]


async def test_a_long_text_whose_lease_ends_goes_no_further() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        long = Message(" ".join(f"word{number}" for number in range(4000)))

        error = await s.fails(long, s.account(ana), ours=Lease(QUESTIONS))

        assert type(error) is NotSent
        assert len(ana.sees()) == 1


@pytest.mark.parametrize(
    ("fault", "fact"),
    [(Fault.TOO_MANY, RetryLater), (Fault.SERVER_ERROR, NotSent)],
)
async def test_what_cannot_be_looked_for_now_is_sent_later(fault: Fault, fact: type[ChatError]) -> None:
    """Better later than twice."""
    async with sending() as s:
        ana = s.server.user("Ana")
        s.server.faults.plan("chat.postMessage", Fault.RESET_AFTER)
        s.server.faults.plan("conversations.history", fault)
        await s.fails(ASKS, s.account(ana), key="reply/slack/1")

        error = await s.fails(ASKS, s.account(ana), key="reply/slack/1", attempts=1)
        await s.sends(ASKS, s.account(ana), key="reply/slack/1", attempts=2)

        assert type(error) is fact
        assert len(ana.sees()) == 1


@pytest.mark.parametrize(
    ("fault", "fact"),
    [
        (Fault.TOO_MANY, RetryLater),
        (Fault.SERVER_ERROR, Uncertain),
        (Fault.UNAVAILABLE, Uncertain),
        (Fault.FATAL_AFTER, Uncertain),
        (Fault.RESET_BEFORE, Uncertain),
        (Fault.RESET_AFTER, Uncertain),
        (Fault.HANG, Uncertain),
        (Fault.HANG_AFTER, Uncertain),
        (Fault.GARBAGE_AFTER, Uncertain),
    ],
)
async def test_what_goes_wrong_is_told_as_what_really_happened(fault: Fault, fact: type[ChatError]) -> None:
    async with sending(patience=0.3) as s:
        ana = s.server.user("Ana")
        s.server.faults.plan("chat.postMessage", fault)

        error = await s.fails(ASKS, s.account(ana))

        assert (type(error), len(s.server.calls_of("chat.postMessage"))) == (fact, 1)


async def test_without_a_connection_nothing_was_sent() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        s.chat.calls.api_url = "http://127.0.0.1:9/api/"

        assert isinstance(await s.fails(ASKS, s.account(ana)), NotSent)


async def test_slack_says_how_long_to_wait() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        s.server.faults.retry_after = 42
        s.server.faults.plan("chat.postMessage", Fault.TOO_MANY)

        error = await s.fails(ASKS, s.account(ana))

        assert isinstance(error, RetryLater)
        assert (error.after.total_seconds(), error.everything) == (42, False)


async def test_a_conversation_that_is_not_there_cannot_be_reached() -> None:
    async with sending() as s:
        channel = s.server.channel("tea", s.server.user("Ana"))
        channel.archives(by=s.server.user("Ben"))

        gone = await s.fails(ASKS, s.place("C0NOTTHERE"))
        archived = await s.fails(ASKS, s.place(channel.id))

        assert [str(gone), str(archived)] == ["not-found", "deleted"]
        assert isinstance(gone, CannotReach)


@pytest.mark.parametrize("why", ["account_inactive", "token_revoked", "invalid_auth"])
async def test_a_workspace_that_is_lost_waits_as_a_whole(why: str) -> None:
    async with sending() as s:
        ana = s.server.user("Ana")
        assert s.server.team.install is not None
        s.server.team.install.dead = why

        error = await s.fails(ASKS, s.account(ana))

        assert isinstance(error, RetryLater)
        assert error.everything


async def test_a_workspace_without_the_app_waits_and_the_next_one_is_served() -> None:
    async with sending() as s:
        other = s.server.new_team("Museums", installed=False)
        eve, ana = s.server.user("Eve", team=other), s.server.user("Ana")

        error = await s.fails(ASKS, s.account(eve))
        await s.sends(ASKS, s.account(ana))

        assert isinstance(error, RetryLater)
        assert (error.everything, len(ana.sees())) == (True, 1)


async def test_people_of_two_workspaces_are_written_to_each_in_theirs() -> None:
    async with sending() as s:
        other = s.server.new_team("Museums")
        eve, ana = s.server.user("Eve", team=other), s.server.user("Ana")

        for person in (eve, ana):
            await s.sends(Message("Hello [Ana](person:1)"), s.account(person), people=(ana,))

        assert (eve.sees(), ana.sees()) == (["Antipode: Hello Ana"], [f"Antipode: Hello <@{ana.id}>"])


async def test_a_button_that_slack_would_not_take_is_a_defect_and_not_tried() -> None:
    async with sending() as s:
        ana = s.server.user("Ana")

        error = await s.fails(Message("Hi", ((Choice("Empty"),),)), s.account(ana))

        assert (type(error), s.server.calls) == (Rejected, [])
