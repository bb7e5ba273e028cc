"""One episode: a fresh database, a round lived through in the storm, calm, and the audit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from tests.slack_server import SlackServer
from tests.storm.audit import Findings, audit, nights
from tests.storm.books import Books
from tests.storm.clockwork import Clockwork
from tests.storm.leases import LeaseWatch
from tests.storm.life import WEEK, Life, Story, Tell
from tests.storm.nursery import REPOSITORY, Nursery
from tests.storm.platform import Platform, TelegramPlatform
from tests.storm.postgres import Cluster
from tests.storm.postman import Postman
from tests.storm.proxy import Proxy
from tests.storm.replica import Replica
from tests.storm.reports import note_deaths, note_leases
from tests.storm.slack import SlackPlatform
from tests.storm.slack_life import SlackLife
from tests.storm.weather import Trouble, Weather
from tests.telegram_server import TelegramServer
from tests.wire.shorter import shorter


#: Seconds: the database is cut off for so long, swallows everything for so long, a replica hangs for so long.
CUT, HOLE, HANG = 0.5, 4.0, 8.0
#: One of each happens every so many seconds.
EVERY = {"cut": 17.0, "hole": 41.0, "hang": 29.0}
#: How many times as long they live: taking over needs the lease, three weeks in hours need minutes.
MANIFEST = REPOSITORY / "slack-manifest.json"
Living: TypeAlias = Life | SlackLife
SLOWER = {"several": 4, "clocks": 8, "hanging": 12}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an episode is made of; the same seed plans the same deaths."""

    seed: int = 1
    kills: int = 40
    faults: bool = True
    hangs: bool = True
    story: Story = field(default_factory=Story)
    #: How many times as fast Telegram's limits are.
    speed: float = 4.0
    #: Two replicas on it; None for one on SQLite.
    cluster: Cluster | None = None
    #: "clocks": weeks last a week, on a clock that goes wrong now and then. "hanging": the database is there
    #: all the time and replicas live long, so that one sees who takes over, and how soon. "slack": on Slack.
    #: "slack-postgresql": the same, with two replicas on PostgreSQL; by the socket in odd episodes, by signed
    #: requests in even ones. "polling": the replicas ask for updates, one of them at a time.
    kind: str = ""

    @property
    def hooks(self) -> bool:
        """Tell whether updates are brought: to several replicas, unless they poll or keep sockets open."""
        if self.on_slack:
            return self.cluster is not None and self.seed % 2 == 0
        return self.cluster is not None and self.kind != "polling"

    @property
    def on_slack(self) -> bool:
        """Tell whether it is played on Slack."""
        return self.kind.startswith("slack")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the database of an episode is: as the bot reaches it, and as the audit does."""

    url: str
    direct: str
    proxy: Proxy | None = None


def play(plan: Plan, folder: Path, tell: Tell = lambda _: None) -> Findings:
    """Play it and give what was found; raises AssertionError where life could not go on."""
    began = time.monotonic()
    with ExitStack() as stack:
        ground = stack.enter_context(_ground(plan, folder))
        life, platform = _slack(plan, stack, tell) if plan.on_slack else _telegram(plan, stack, tell)
        clock = Clockwork(life.crowd.server.clock, folder / "clock", seed=plan.seed)
        nursery = stack.enter_context(Nursery())
        replicas = _replicas(life, folder, ground, platform, nursery)
        postman = _postman(plan, life, platform, replicas)
        weather = _weather(plan, replicas, ground)
        watch, books = LeaseWatch(ground.direct, platform.name), Books(ground.direct)
        life.kept = books.has
        try:
            if plan.faults:
                platform.trouble(plan.seed, hangs=plan.hangs)
            weather.start()
            watch.start()
            if postman:
                postman.start()
            if plan.kind == "clocks":
                life.meanwhile = partial(clock.step, lambda: not platform.waiting() + books.waits(clock.now))
            life.live(lambda: weather.failure)
            weather.calm.set()
            platform.calm()
            clock.right()
            life.quiet(lambda: platform.waiting() + books.waits(clock.now))
            weather.end()
            codes = [replica.stop() for replica in replicas]
            names = [actor.name for actor in life.crowd.actors]
            ends = [end for replica in replicas for end in replica.interruptions]
            found = audit(books, platform, ends, names)
            found.must_be_none("stops that ended badly", [code for code in codes if code])
            if plan.kind == "clocks":
                nights(found, books, platform, clock.shown_at)
                found.figures["the bot's clock was set wrong or right"] += clock.jumps
                found.figures["hours that passed"] += round(clock.passed / 3600)
        except AssertionError:
            _tell_where(replicas)
            raise
        finally:
            weather.end()
            watch.end()
            for replica in replicas:
                replica.stop()
            if postman:
                postman.end()
            books.close(folder)
    note_deaths(found, replicas, weather, platform)
    note_leases(found, replicas, weather, watch, platform)
    found.figures["seconds"] += round(time.monotonic() - began)
    return found


def _tell_where(replicas: list[Replica]) -> None:
    for replica in replicas:
        replica.tell_where()
    time.sleep(1)


@contextmanager
def _ground(plan: Plan, folder: Path) -> Iterator[Ground]:
    if plan.cluster is None:
        url = f"sqlite:///{folder / 'antipode.db'}"
        yield Ground(url, url)
        return
    name = plan.cluster.fresh(f"storm_{plan.seed}")
    with Proxy(plan.cluster.socket).in_thread() as proxy:
        yield Ground(plan.cluster.through(proxy.port, name), plan.cluster.direct(name), proxy)


def _telegram(plan: Plan, stack: ExitStack, tell: Tell) -> tuple[Living, Platform]:
    server = stack.enter_context(TelegramServer().in_thread())
    story = replace(plan.story, pace=WEEK) if plan.kind == "clocks" else plan.story
    return Life(server, story, tell), TelegramPlatform(server, speed=plan.speed, webhooks=plan.hooks)


def _slack(plan: Plan, stack: ExitStack, tell: Tell) -> tuple[Living, Platform]:
    server = stack.enter_context(SlackServer(MANIFEST).in_thread())
    return SlackLife(server, plan.story, tell), SlackPlatform(server, signed=plan.hooks)


def _postman(plan: Plan, life: Living, platform: Platform, replicas: list[Replica]) -> Postman | None:
    """Give who brings updates to the webhooks of several replicas; Slack's stand-in does so itself."""
    platform.opens(replicas)
    if not plan.hooks or not isinstance(life, Life):
        return None
    return Postman(life.crowd.server, replicas, seed=plan.seed, copies=3 if plan.faults else 1)


def _replicas(
    life: Living, folder: Path, ground: Ground, platform: Platform, nursery: Nursery
) -> list[Replica]:
    settings = {
        "ANTIPODE_DATABASE_URL": ground.url,
        "ANTIPODE_HTTP": "127.0.0.1:0",
        "ANTIPODE_PACE": f"{life.story.pace}s",
        "STORM_CLOCK": str(folder / "clock"),
        "ANTIPODE_CONTENT": str(shorter(folder)),
        **life.directors_setting,
        **platform.settings(),
    }
    names = ("a", "b") if ground.proxy else ("a",)
    now = life.crowd.server.clock.now
    return [Replica(name, folder, settings, nursery, now) for name in names]


def _weather(plan: Plan, replicas: list[Replica], ground: Ground) -> Weather:
    slower = SLOWER.get(plan.kind, SLOWER["several"] if ground.proxy else 1)
    if ground.proxy is None or not plan.faults:
        return Weather(replicas, kills=plan.kills, seed=plan.seed, slower=slower)
    proxy = ground.proxy
    troubles: tuple[Trouble, ...] = (
        Trouble("cut", EVERY["cut"], lambda: proxy.cut(CUT)),
        Trouble("hole", EVERY["hole"], lambda: proxy.hole(HOLE)),
    )
    if plan.kind == "hanging":
        troubles = ()
    hang = (EVERY["hang"] / 2 if plan.kind == "hanging" else EVERY["hang"], HANG)
    return Weather(replicas, kills=plan.kills, seed=plan.seed, troubles=troubles, hang=hang, slower=slower)
