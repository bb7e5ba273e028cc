"""What a press of a button costs: from Slack's delivery to our acknowledgement, committed to SQLite.

`python -m benchmarks.slack_presses [presses a second] [seconds]`: the real `antipode run` in a process of its
own against the strict stand-in, by the socket and by signed requests; each press is a person's `status`.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.slack_server import Limits, Person, SlackServer, library
from tests.slack_server.interactions import Doing
from tests.wire_slack.__main__ import MANIFEST
from tests.wire_slack.process import SlackBot


PEOPLE = 200
A_SECOND = 50
SECONDS = 20
LABEL = "Status"
BLOCKS = [
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "tap:0",
                "text": {"type": "plain_text", "text": LABEL},
                "value": "cmd:status",
            }
        ],
    }
]


async def main(a_second: int = A_SECOND, seconds: int = SECONDS) -> None:
    print("| by | presses a second | presses | failed | median ms | p99 ms | most ms |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in ("socket", "http"):
        with tempfile.TemporaryDirectory(prefix="antipode-presses-") as folder:
            async with SlackServer(MANIFEST, limits=Limits(on=False)) as server:
                done = await pressed(server, Path(folder), name, a_second, seconds)
        spans = sorted(1000 * each.took for each in done if each.acked)
        failed = sum(each.failed for each in done)
        middle, last = spans[len(spans) // 2], spans[len(spans) * 99 // 100]
        print(
            f"| {name} | {a_second} | {len(done)} | {failed} | {middle:.1f} | {last:.1f} | {spans[-1]:.1f} |",
            flush=True,
        )


async def pressed(server: SlackServer, folder: Path, name: str, a_second: int, seconds: int) -> list[Doing]:
    """Press so many buttons a second, each when its time has come, whatever became of those before."""
    bot = SlackBot(server, folder, http=name == "http")
    people = [server.user(f"P{number}") for number in range(PEOPLE)]
    bot.start()
    try:
        await server.until(lambda: bot.running, within=60)
        await shown(server, people)
        loop = asyncio.get_running_loop()
        began, done = loop.time(), []
        for number in range(a_second * seconds):
            await asyncio.sleep(max(0.0, began + number / a_second - loop.time()))
            done.append(people[number % PEOPLE].taps(LABEL, on=people[number % PEOPLE].chat.posts[0]))
        await server.until(lambda: all(each.delivery.done for each in done), within=30)
    finally:
        await asyncio.to_thread(bot.stop)
    assert not server.violations, server.violations[:3]
    return done


async def shown(server: SlackServer, people: list[Person]) -> None:
    """Put a message with the button into everybody's chat."""
    client = library(server)
    for one in people:
        await client.chat_postMessage(channel=one.id, text=LABEL, blocks=BLOCKS)


if __name__ == "__main__":
    asyncio.run(main(*(int(word) for word in sys.argv[1:])))
