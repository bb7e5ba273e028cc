"""What an adapter refuses before any rule sees it is decided: brought again, it is not done after all."""

from contextlib import AsyncExitStack
from pathlib import Path

from bot.entry.side import Around
from bot.model import Person
from bot.settings import load_settings
from storage import StoreImplementation
from tests.core.running import Running, said
from tests.storage.given import every


async def test_what_was_refused_is_not_done_when_it_comes_again(store: StoreImplementation) -> None:
    """Slack could not be asked who commands; it brings the command again, and can be asked by then."""
    running = Running(store)
    async with AsyncExitStack() as stack:
        around = Around(load_settings({}, Path("/nowhere/.env")), store, running.bot, stack)
        await around.refuse(said("/start"), "slack.directors.unknown")
        await around.refuse(said("/start"), "slack.directors.unknown")
        await running.hear(said("/start"))

    assert running.said == [running.bot.program.say("en", "slack.directors.unknown")]
    assert await every(store, Person) == []
