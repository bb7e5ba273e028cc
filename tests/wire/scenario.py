"""One whole round on the wire, with everything that happens on the way; `Scenario` has its measures."""

from __future__ import annotations

import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.telegram_server import TelegramServer
from tests.wire.cast import cast
from tests.wire.crowd import Crowd, Director
from tests.wire.figures import Figures, figures_of
from tests.wire.measures import Measures, Tell, pair_up
from tests.wire.process import BotProcess
from tests.wire.rooms import Plan, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Measures):
    """The measures of a round on Telegram, and in which weeks what happens."""

    ways: tuple[Way, ...] = (Way.RELAY, Way.LINK, Way.LEAK, Way.CONTACT, Way.PICKER, Way.LINK, Way.RELAY)
    migrates_in: int = 3
    blocks_in: int = 7


def play(server: TelegramServer, folder: Path, scenario: Scenario, tell: Tell = lambda _: None) -> Figures:
    """Play the round and give its figures; raises AssertionError where it cannot go on."""
    settings = {"ANTIPODE_CONTENT": scenario.content} if scenario.content else {}
    bot = BotProcess(server, folder, pace=f"{scenario.pace}s", **settings)
    began = time.monotonic()
    parts = cast(scenario.people)
    crowd = Crowd(server, parts, ways=scenario.ways, blocks_in_week=scenario.blocks_in)
    crowd.surveys = scenario.surveys
    try:
        bot.start()
        bot.wait_until_running()
        director = Director(crowd)
        _apply(crowd, bot, director, scenario, tell)
        pair_up(len(crowd.actors) // 2, director, tell)
        _rooms(crowd, bot, scenario, tell)
        _weeks(crowd, bot, director, scenario, tell)
        _end(crowd, bot, director, scenario, tell)
    finally:
        code = bot.stop()
    assert code == 0, f"SIGTERM ended it with {code}: {bot.said()[-2000:]}"
    seconds = time.monotonic() - began
    return figures_of(crowd, bot, pace=scenario.pace, commands=director.commands, seconds=seconds)


def _apply(crowd: Crowd, bot: BotProcess, director: Director, scenario: Scenario, tell: Tell) -> None:
    """Let everybody apply; the bot is killed when most are in the middle of it."""
    early = crowd.actors[: len(crowd.actors) // 3]
    for actor in early:
        actor.person.say("/start")
    director.types(f"/claim {bot.claim_code}", "This is the directors' room now")
    crowd.play(
        lambda: all(any("interested" in line for line in actor.person.sees()) for actor in early),
        within=60,
        what="the first to be noted as interested",
    )
    director.types(f"round new Spring weeks={scenario.weeks}", "is in draft", f"{scenario.weeks} weeks")
    director.types("round opne", "Did you mean", "round open")
    director.types("/round@antipode_bot open", "takes applications")
    for actor in crowd.actors[len(early) :]:
        actor.person.say("/start")
    half = len(crowd.actors) // 2
    crowd.play(
        lambda: sum(actor.midway for actor in crowd.actors) >= half and crowd.paused,
        within=120,
        what="half of the people in the middle of their application",
    )
    tell("killing the bot while people apply")
    bot.kill()
    bot.start()
    crowd.play(lambda: bot.running, within=60, what="the bot to run again")
    crowd.resume()
    crowd.play(lambda: all(actor.applied for actor in crowd.actors), within=240, what="all applications")
    tell(f"{len(crowd.actors)} people have applied")


def _rooms(crowd: Crowd, bot: BotProcess, scenario: Scenario, tell: Tell) -> None:
    pairs = len(crowd.actors) // 2
    crowd.play(
        lambda: len(crowd.rooms.plans) >= pairs and all(map(crowd.introduced, crowd.rooms.plans[:pairs])),
        within=scenario.within(2),
        what="everybody's introduction",
    )
    for path in ("healthz", "readyz"):
        with urllib.request.urlopen(f"http://127.0.0.1:{bot.health_port}/{path}", timeout=10) as answer:
            assert answer.status == 200
    tell(f"{pairs} pairs are introduced: {dict(crowd.rooms.count())}")


def _weeks(crowd: Crowd, bot: BotProcess, director: Director, scenario: Scenario, tell: Tell) -> None:
    basic = next(plan for plan in crowd.rooms.plans if crowd.in_group(plan))
    _until_week(crowd, basic, scenario.migrates_in, scenario)
    assert basic.group is not None
    basic.group.migrates()
    tell(f"week {scenario.migrates_in}: a group became a supergroup")
    groups = [plan for plan in crowd.rooms.plans if crowd.in_group(plan)]
    crowd.play(
        lambda: 2 * sum(_has_prompt(crowd, plan, scenario.kill_in) for plan in groups) >= len(groups),
        within=scenario.within(scenario.kill_in),
        what=f"half of the prompts of week {scenario.kill_in}",
    )
    tell(f"week {scenario.kill_in}: killing the bot while prompts go out")
    bot.kill()
    bot.start()
    crowd.play(lambda: bot.running, within=60, what="the bot to run again")
    crowd.play(lambda: crowd.blocked, within=scenario.within(scenario.blocks_in), what="somebody to block")
    director.sees(crowd.blocked[0].name, "cannot be reached", within=60)
    answer = director.types("queue", "cannot be reached")
    tell(f"week {scenario.blocks_in}: somebody has blocked the bot")
    if scenario.rematch:
        number = next(part for part in answer.split() if part.startswith("#")).strip("#*:")
        director.types(f"case {number} rematch", "shall I do it")
        director.types("yes", "are no longer partners")
        left = crowd.partner_of(crowd.blocked[0])
        crowd.play(
            lambda: any("partnership has ended" in line for line in left.person.sees()),
            within=60,
            what="the partner to be told",
        )


def _end(crowd: Crowd, bot: BotProcess, director: Director, scenario: Scenario, tell: Tell) -> None:
    director.sees("Spring has ended.", within=scenario.within(scenario.weeks + 1))
    tell("the round has ended")
    there = [actor for actor in crowd.actors if actor not in crowd.blocked]
    crowd.play(
        lambda: all(any("(document)" in line for line in actor.person.sees()) for actor in there),
        within=90,
        what="everybody's certificate",
    )
    director.types("report", "Spring")
    director.types("health", "How I am")
    crowd.play(lambda: not bot.waits, within=60, what="the outbox to be empty")


def _until_week(crowd: Crowd, plan: Plan, week: int, scenario: Scenario) -> None:
    crowd.play(
        lambda: _has_prompt(crowd, plan, week),
        within=scenario.within(week),
        what=f"the prompt of week {week}",
    )


def _has_prompt(crowd: Crowd, plan: Plan, week: int) -> bool:
    return any(f"🗓 Week {week} ·" in post.text for post in crowd.rooms.posts_of(plan))
