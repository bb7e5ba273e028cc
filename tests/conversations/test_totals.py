"""Whatever happens at whatever step of a conversation: exactly one reply, within every platform's limits."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events import Reachable, Unreachable
from bot.markup import plain
from bot.messages import Message, from_json, to_json
from bot.model import CheckIn, RoomKind
from tests.conversations.stage import NOW, Stage, paired


#: How far into the application a walk begins: each list is what was said before.
PATH = (
    "/apply",
    "yes",
    "yes",
    "Ana",
    "Brazil",
    "Sao Paulo",
    "Portuguese and English",
    "public library",
    "Student",
    "5",
    "archives, zines",
    "friends",
    "weekday evenings",
    "from Africa",
    "I like books",
    "all",
    "send",
)
COMMANDS = (
    "start",
    "apply",
    "status",
    "profile",
    "partner",
    "prompt",
    "when",
    "away",
    "away 15 March",
    "away yesterday",
    "back",
    "withdraw",
    "report",
    "block",
    "language",
    "language klingon",
    "mydata",
    "forget",
    "privacy",
    "help",
    "survey",
    "pause",
    "round close",
    "statsu",
    "xyzzy",
)
TAPS = (
    "a:country:BR",
    "a:country:XX",
    "a:zone:~skip",
    "a:interests:+cataloguing",
    "a:interests:~page9",
    "a:interests:!00000000",
    "a:summary:~send",
    "a:summary:country",
    "a:summary:~change7",
    "a:withdraw:yes",
    "a:forget:yes",
    "a:block:yes",
    "a:mid.contact:weekly",
    "a:",
    "a::",
    "cmd:",
    "cmd:survey",
    "cmd:continue",
    "cmd:no-news",
    "cmd:nonsense",
    "c:spring-2027.17:9:met",
    "c:old.1:3:met",
    "l:x",
    "k:spring-2027:yes",
    "r:x",
    "d:queue",
    "",
    "zzz",
)
STEERS = (
    "back",
    "skip",
    "done",
    "later",
    "cancel",
    "throw away",
    "go on",
    "yes",
    "no",
    "change",
    "send",
    "all",
)
texts = st.one_of(
    st.sampled_from(STEERS),
    st.sampled_from(COMMANDS).map(lambda word: f"/{word}"),
    st.sampled_from(PATH),
    st.text(max_size=40),
    st.sampled_from(("x" * 5000, "", " ", "*[a](person:1)*", "Brasil", "1, 3", "{name}", "\x00", "🇧🇷")),
)
steps = st.one_of(
    st.tuples(st.just("say"), texts),
    st.tuples(st.just("button"), st.integers(0, 30)),
    st.tuples(st.just("tap"), st.sampled_from(TAPS)),
    st.tuples(st.just("photo"), st.sampled_from(("", "a caption"))),
    st.tuples(st.just("forwarded"), st.sampled_from(("/forget", "hello"))),
    st.tuples(st.just("wait"), st.integers(1, 100)),
)


def play(stage: Stage, kind: str, what: object) -> None:
    """Let one thing happen."""
    stage.replies = []
    match kind:
        case "say":
            stage.say(str(what))
        case "button" if stage.buttons:
            stage.tap(stage.buttons[int(str(what)) % len(stage.buttons)].value)
        case "button":
            stage.say("/help")
        case "tap":
            stage.tap(str(what))
        case "photo":
            stage.say(str(what), media="photo")
        case "forwarded":
            stage.say(str(what), forwarded=True)
        case "wait":
            stage.later(hours=float(str(what)))


def check(stage: Stage, kind: str) -> None:
    """There was exactly one reply, and it can be sent."""
    if kind == "wait":
        return
    assert len(stage.replies) == 1
    message = stage.replies[0].body
    assert isinstance(message, Message)
    assert 0 < len(plain(message.text)) <= 4096
    assert len(message.rows) <= 8
    assert all(0 < len(row) <= 8 for row in message.rows)
    assert all(choice.label and len(choice.label) <= 64 for choice in stage.buttons)
    assert all(len(choice.value.encode()) <= 60 for choice in stage.buttons)
    assert from_json(to_json(message)) == message
    assert len({one.key for one in stage.sent}) == len(stage.sent)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PATH)), st.lists(steps, min_size=1, max_size=8))
def test_every_event_at_every_step_of_an_application_gets_one_reply(
    reached: int, events: list[tuple[str, object]]
) -> None:
    """From any step of the application on, anything may happen."""
    stage = Stage()
    for words in PATH[:reached]:
        stage.say(words)

    for kind, what in events:
        play(stage, kind, what)
        check(stage, kind)


@settings(max_examples=80, deadline=None)
@given(st.lists(steps, min_size=1, max_size=10), st.booleans())
def test_every_event_in_a_partnership_gets_one_reply(events: list[tuple[str, object]], asked: bool) -> None:
    """With a partner, and with or without an open check-in."""
    stage = paired()
    if asked:
        row = CheckIn("spring-2027.17", 7, 9, NOW - timedelta(hours=3))
        stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))

    for kind, what in events:
        play(stage, kind, what)
        check(stage, kind)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.just("say"), texts), min_size=1, max_size=6))
def test_in_a_relay_words_are_answered_or_carried(events: list[tuple[str, object]]) -> None:
    """Every message of a relay either gets one reply or goes to the partner."""
    stage = paired(RoomKind.RELAY)

    for kind, what in events:
        before = len(stage.sent)
        play(stage, kind, what)
        carried = [one for one in stage.sent[before:] if one.key.startswith("carry/")]
        assert (len(stage.replies), len(carried)) in ((1, 0), (0, 1))


def test_reports_about_reachability_are_answered_by_nobody() -> None:
    """Whoever blocked the bot is not written to."""
    stage = Stage()
    at = stage.turn.now

    stage.happen(Unreachable(id="1", platform="telegram", at=at, chat="77", why="blocked"))
    assert (stage.turn.person.reachable, stage.sent) == (False, [])

    stage.happen(Reachable(id="2", platform="telegram", at=at, chat="77"))
    assert (stage.turn.person.reachable, stage.sent) == (True, [])


def test_an_edited_message_is_passed_over() -> None:
    """An edit after the answer was taken is no second answer."""
    stage = Stage()
    stage.say("/apply")
    stage.say("yes", edited=True)

    assert stage.replies == []
