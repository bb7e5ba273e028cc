"""Telegram and Slack in one process and one round: people are paired within their platform."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.slack_server import Limits, SlackServer
from tests.telegram_server import TelegramServer
from tests.wire.cast import Part, cast
from tests.wire.crowd import Crowd as TelegramCrowd
from tests.wire.rooms import Way
from tests.wire.shorter import shorter
from tests.wire_slack.__main__ import MANIFEST
from tests.wire_slack.crowd import Crowd, Director
from tests.wire_slack.process import SlackBot


pytestmark = pytest.mark.wire

SPEED = 20.0


def plain(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give the same people, all of them keen and without quirks."""
    return tuple(Part(part.name, part.country, part.city, part.tongues) for part in parts)


def pairs(bot: SlackBot) -> set[tuple[str, str]]:
    """Give the platform of each partnership and of its members."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as file:
        rows = file.execute(
            "SELECT partnership.id, partnership.platform, person.platform FROM partnership"
            " JOIN membership ON membership.partnership = partnership.id"
            " JOIN person ON person.id = membership.person"
        ).fetchall()
    return {(of, member) for _, of, member in rows}


@pytest.mark.long(21)
def test_people_are_paired_within_their_platform_in_one_round(tmp_path: Path) -> None:
    parts = plain(cast(4))
    with (
        TelegramServer().in_thread() as telegram,
        SlackServer(MANIFEST, limits=Limits(speed=SPEED)).in_thread() as slack,
    ):
        settings = {
            "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram.port}",
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "SLACK_PACE_FACTOR": f"{SPEED:g}",
            "ANTIPODE_CONTENT": str(shorter(tmp_path)),
        }
        bot = SlackBot(slack, tmp_path, pace="60s")
        bot.environment |= settings
        there = TelegramCrowd(telegram, parts[:2], ways=(Way.PICKER,), blocks_in_week=99)
        here = Crowd(slack, parts[2:], leaves_in_week=99)
        try:
            bot.start()
            bot.wait_until_running()
            director = Director(here)
            director.types(f"claim {bot.claim_code}", "This is the directors' room now")
            director.types("round new Spring weeks=4", "is in draft")
            director.types("round open", "takes applications")
            for actor in there.actors:
                actor.person.say("/start")
            for one in here.actors:
                one.person.writes("start")

            def applied() -> bool:
                there.play(lambda: True, within=5, what="Telegram")
                return all(each.applied for each in there.actors) and all(one.applied for one in here.actors)

            here.play(applied, within=60, what="all applications")
            director.types("round close", "takes no more applications")
            director.sees("2 pairs, 0 trios, 0 without a place")
            director.types("round start", "shall I do it")
            director.taps("Yes, do it", "has begun")
            here.play(lambda: here.introduced() == 1, within=30, what="the introduction on Slack")
            there.play(
                lambda: there.rooms.plans and all(map(there.introduced, there.rooms.plans)),
                within=30,
                what="the introduction on Telegram",
            )
        finally:
            code = bot.stop()

    assert code == 0
    assert pairs(bot) == {("telegram", "telegram"), ("slack", "slack")}
    assert (slack.violations, telegram.violations) == ([], [])
