"""One whole round on Slack, with everything that happens on the way; `Scenario` has its measures."""

from __future__ import annotations

import re
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.slack_server import SlackServer
from tests.wire.cast import cast
from tests.wire.measures import Measures, Tell, pair_up
from tests.wire_slack.crowd import Crowd, Director
from tests.wire_slack.figures import Figures, figures_of
from tests.wire_slack.process import SlackBot


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Measures):
    """The measures of a round on Slack, and in which weeks what happens."""

    #: By signed requests in place of the socket.
    http: bool = False
    #: Slack's windows of a minute are so many times shorter: a week lasts seconds, too.
    speed: float = 6.0
    #: Whether it is killed while people apply, too.
    kill_early: bool = True
    cut_in: int = 3
    leaves_in: int = 7


def play(server: SlackServer, folder: Path, scenario: Scenario, tell: Tell = lambda _: None) -> Figures:
    """Play the round and give its figures; raises AssertionError where it cannot go on."""
    settings = {"SLACK_PACE_FACTOR": f"{scenario.speed:g}"}
    if scenario.content:
        settings["ANTIPODE_CONTENT"] = scenario.content
    bot = SlackBot(server, folder, pace=f"{scenario.pace}s", http=scenario.http, **settings)
    began = time.monotonic()
    crowd = Crowd(server, cast(scenario.people), leaves_in_week=scenario.leaves_in)
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
    return figures_of(crowd, bot, scenario.pace, commands=director.commands, seconds=seconds)


def _apply(crowd: Crowd, bot: SlackBot, director: Director, scenario: Scenario, tell: Tell) -> None:
    """Let everybody apply; the bot is killed when half are in the middle of it."""
    director.types(f"claim {bot.claim_code}", "This is the directors' room now")
    director.types(f"round new Spring weeks={scenario.weeks}", "is in draft", f"{scenario.weeks} weeks")
    director.types("round opne", "Did you mean", "round open")
    director.types("round open", "takes applications")
    for at, actor in enumerate(crowd.actors):
        if at % 3:
            actor.person.writes("start")
        else:
            actor.person.runs("/antipode start")
    half = len(crowd.actors) // 2
    crowd.play(
        lambda: sum(actor.midway for actor in crowd.actors) >= half // 2,
        within=120,
        what="some people in the middle of their application",
    )
    if scenario.kill_early:
        tell("killing the bot while people apply")
        _kill(crowd, bot)
    _cut(crowd, scenario, tell)
    crowd.play(lambda: all(actor.applied for actor in crowd.actors), within=240, what="all applications")
    by_form = sum(actor.pages > 0 for actor in crowd.actors)
    tell(f"{len(crowd.actors)} people have applied, {by_form} of them by form")


def _kill(crowd: Crowd, bot: SlackBot) -> None:
    """End the bot as a power cut does and start it again; people do again what Slack told them failed."""
    bot.kill()
    bot.start()
    crowd.play(lambda: bot.running, within=60, what="the bot to run again")
    crowd.server.wait_for(
        lambda: all(one.delivery.done for one in [*crowd.taps, *(one for _, one in crowd.submissions)]),
        10,
        "what people did meanwhile to be told as failed",
    )
    crowd.again()


def _cut(crowd: Crowd, scenario: Scenario, tell: Tell) -> None:
    if scenario.http:
        return
    opened = crowd.server.sockets.opened
    crowd.server.cut_sockets()
    crowd.play(lambda: crowd.server.sockets.opened > opened, within=20, what="the socket to be open again")
    crowd.server.wait_for(
        lambda: all(one.delivery.done for one in [*crowd.taps, *(one for _, one in crowd.submissions)]),
        10,
        "what people did meanwhile to be told as failed",
    )
    crowd.again()
    tell("the socket was cut")


def _rooms(crowd: Crowd, bot: SlackBot, scenario: Scenario, tell: Tell) -> None:
    pairs = len(crowd.actors) // 2
    crowd.play(
        lambda: crowd.introduced() == pairs, within=scenario.within(2), what="everybody's introduction"
    )
    for path in ("healthz", "readyz"):
        with urllib.request.urlopen(f"http://127.0.0.1:{bot.port}/{path}", timeout=10) as answer:
            assert answer.status == 200
    tell(f"{pairs} pairs are introduced in {len(crowd.server.rooms())} group conversations")


def _weeks(crowd: Crowd, bot: SlackBot, director: Director, scenario: Scenario, tell: Tell) -> None:
    pairs = len(crowd.actors) // 2
    crowd.play(
        lambda: crowd.prompts(scenario.cut_in) > 0,
        within=scenario.within(scenario.cut_in),
        what=f"a prompt of week {scenario.cut_in}",
    )
    _cut(crowd, scenario, tell)
    crowd.play(
        lambda: 2 * crowd.prompts(scenario.kill_in) >= pairs,
        within=scenario.within(scenario.kill_in),
        what=f"half of the prompts of week {scenario.kill_in}",
    )
    tell(f"week {scenario.kill_in}: killing the bot while prompts go out")
    _kill(crowd, bot)
    crowd.play(lambda: crowd.gone, within=scenario.within(scenario.leaves_in), what="somebody to leave")
    director.sees("cannot be reached", within=60)
    answer = director.types("queue", "cannot be reached")
    tell(f"week {scenario.leaves_in}: somebody was deactivated, and is a case")
    if scenario.rematch:
        left = crowd.partner_of(crowd.gone[0])
        found = re.search(r"#(\d+) cannot be reached", answer)
        assert found, answer
        director.types(f"case {found[1]} rematch", "shall I do it")
        director.types("yes", "are no longer partners")
        crowd.play(
            lambda: any("partnership has ended" in line for line in left.person.sees()),
            within=60,
            what="the partner to be told",
        )


def _end(crowd: Crowd, bot: SlackBot, director: Director, scenario: Scenario, tell: Tell) -> None:
    director.sees("Spring has ended.", within=scenario.within(scenario.weeks + 1))
    tell("the round has ended")
    director.types("report", "Spring")
    director.types("health", "How I am")
    crowd.play(lambda: not bot.waits, within=90, what="the outbox to be empty")
