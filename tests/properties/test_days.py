"""Whatever people do on whatever day: every event is answered, nobody is lost or in two partnerships."""

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS
from storage import StoreImplementation
from tests.fresh import fresh_store
from tests.properties.world import EVIL, World
from tests.storage.given import in_new_loop


WEEKS = 4
#: Every so many days everything is looked at.
LOOK = 4
#: Days take a second: making a failing example smaller would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
NASTY = (
    f"[click](https://{EVIL}/a)", "<!channel>", "@all @everyone <@U1>", "**bold** `code` *x", "=HYPERLINK(1)",
    "[Ana](person:999999)", "[now](time:1)", "\\", "\u202etxt", "x" * 4000, "'; DROP TABLE person;--",
    "\x00\x07", "🧡" * 300,
)  # fmt: skip
WORDS = (
    "/start", "/apply", "/status", "/help", "/withdraw", "/forget", "/mydata", "/privacy", "/away",
    "/away in 3 days", "/back", "/report", "/survey", "/partner", "/cancel", "/round start", "/people a",
    "/claim c0de", "yes", "no", "met", "not yet", "skip", "back", "later", "send", "Brazil", "English", "all",
    "", "/", "/aply",
)  # fmt: skip
LINES = (
    "queue", "status", "round status", "round close", "round start", "round open", "round end", "pairs",
    "yes", "no", "case 1", "case 1 take", "case 1 done 5 called", "case 1 rematch", "people a", "person 1",
    "person 2 remove", "yes", "person 2 restore", "health", "audit", "survey", "export", "report",
    "broadcast all Hello", "pairs swap 1 2", "pairs why 1", "ambassador add BR 1", "round cancel",
    "pairs pin 1 2", "pairs forbid 1 2", "rehearse", "share",
)  # fmt: skip

ANYBODY = st.integers(0, 9).map(lambda number: f"p{number:05}") | st.sampled_from(("eve", "mallory"))
TEXTS = st.sampled_from(WORDS + NASTY) | st.text(max_size=40)
VALUES = st.sampled_from(
    (
        *("cmd:apply", "cmd:forget", "d:round end", "d:yes", "c:spring.1:1:met", "l:spring.1:1:yes"),
        *("k:spring.1:yes", "r:spring.1:contact-yes", "a:application.consent:yes", "~", "", "x" * 60),
    )
)


class Deed(NamedTuple):
    """One thing that happens."""

    what: str
    who: str
    text: str
    #: Which of the buttons there are, from the newest.
    which: int
    #: How often the platform delivers it.
    times: int
    line: str
    value: str


DEEDS = st.builds(
    Deed,
    st.sampled_from(("say", "say", "say", "tap", "tap", "steal", "value", "direct", "wait", "forward")),
    ANYBODY,
    TEXTS,
    st.integers(0, 500),
    st.sampled_from((1, 1, 1, 2, 3)),
    st.sampled_from(LINES) | st.sampled_from(sorted(COMMANDS)),
    VALUES,
)
DAYS = st.lists(st.lists(DEEDS, max_size=5), min_size=3, max_size=WEEKS * 7 + 20)


async def do(world: World, deed: Deed) -> None:
    """Do one thing."""
    steals = deed.what == "steal"
    shown = [choice for chat, choice in world.buttons if (chat != deed.who) is steals]
    match deed.what:
        case "say":
            await world.says(deed.who, deed.text, times=deed.times)
        case "forward":
            await world.says(deed.who, deed.text, forwarded=True)
        case "tap" | "steal" if shown:
            await world.taps(deed.who, shown[-1 - deed.which % len(shown)].value, times=deed.times)
        case "value":
            await world.taps(deed.who, deed.value)
        case "direct":
            await world.types(deed.line)
        case _:
            await world.days(0.3)


async def live(store: StoreImplementation, seed: int, days: list[list[Deed]]) -> list[str]:
    """Let the days pass; give what is wrong after one of them, or in the end."""
    world = World(store, people=10, seed=seed)
    await world.opens(WEEKS)
    for actor in world.company.actors.values():
        await world.says(actor.account, "/start")
    for number, deeds in enumerate(days):
        for each in deeds:
            await do(world, each)
        await world.days(1)
        if number == 9:
            for line in ("round close", "pairs", "round start", "yes"):
                await world.types(line)
        if number % LOOK == 0 and (wrong := await world.wrongs()):
            return [f"day {number}", *wrong]
    return await world.wrongs()


@settings(max_examples=8, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), days=DAYS)
@pytest.mark.long(7)
def test_nobody_is_lost_on_any_day(seed: int, days: list[list[Deed]]) -> None:
    found: list[str] = []

    async def run() -> None:
        async with fresh_store(durable=False) as store:
            found.extend(await live(store, seed, days))

    in_new_loop(run())

    assert found == []
