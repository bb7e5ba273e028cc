"""The whole bot in one loop: everything of Slack, a database, the strict server with the app's manifest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from adapters.clock import SystemClock
from adapters.web import serving
from bot.app import Bot
from bot.entry.side import Around
from bot.entry.slack import slack_side, slack_workspaces
from bot.model import Round, RoundState
from bot.outcome import Outcome
from bot.sender import Lane
from bot.settings import load_settings
from tests.conversations.stage import program
from tests.fresh import fresh_store
from tests.slack_server import Limits, SlackServer


MANIFEST = Path(__file__).parents[2] / "slack-manifest.json"


def slack() -> SlackServer:
    """Give the strict server, with the manifest of the app; its windows are a second long."""
    return SlackServer(MANIFEST, limits=Limits(speed=60.0))


@asynccontextmanager
async def whole_bot(server: SlackServer, *, http: bool = False) -> AsyncIterator[Bot]:
    """Run the bot, with a round that takes applications, until the block ends; by socket or by requests."""
    async with AsyncExitStack() as stack:
        clock = SystemClock()
        store = await stack.enter_async_context(fresh_store())
        settings = load_settings(
            {
                "SLACK_BOT_TOKEN": server.bot_token,
                "SLACK_APP_TOKEN": "" if http else server.app_token,
                "SLACK_SIGNING_SECRET": server.signing_secret if http else "",
                "SLACK_API_URL": server.base_url,
                "SLACK_PACE_FACTOR": "60",
            },
            Path("/nowhere/.env"),
        )
        bot = Bot(store, program(), clock)
        now = clock.now()
        opened = Round(
            "spring",
            "Spring",
            RoundState.OPEN,
            closes_at=now + timedelta(days=20),
            starts_at=now + timedelta(days=30),
        )
        async with store.unit() as unit:
            await unit.save(Outcome((opened,)), now)
        around = Around(settings, store, bot, stack)
        side = await slack_side(await slack_workspaces(settings, stack), around)
        lane = Lane(side.chat, store, clock, bot.handle, pacer=side.pacer)
        around.lanes["slack"] = lane
        awake = asyncio.Event()
        bot.sleepers.append(awake)
        tasks = [asyncio.create_task(lane.keep_delivering(awake))]
        tasks += [asyncio.create_task(run()) for run in side.receiving.runs]
        try:
            if http:
                serve = serving("127.0.0.1", 0, side.receiving.routes)
                server.delivers_to(f"http://127.0.0.1:{await stack.enter_async_context(serve)}")
            await server.until(lambda: http or bool(server.sockets.links))
            yield bot
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
