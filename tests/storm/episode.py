"""One episode: a fresh database, a round lived through in the storm, calm, and the audit."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.storm.audit import Books, Findings, audit
from tests.storm.life import Life, Story, Tell
from tests.storm.platform import TelegramPlatform
from tests.storm.replica import Replica
from tests.storm.weather import Weather
from tests.telegram_server import TelegramServer
from tests.wire.shorter import shorter


@dataclass(frozen=True, slots=True)
class Plan:
    """What an episode is made of; the same seed plans the same deaths."""

    seed: int = 1
    kills: int = 40
    faults: bool = True
    story: Story = field(default_factory=Story)
    #: "" for a file of SQLite in the episode's folder.
    database: str = ""
    replicas: int = 1


def play(plan: Plan, folder: Path, tell: Tell = lambda _: None) -> Findings:
    """Play it and give what was found; raises AssertionError where life could not go on."""
    began = time.monotonic()
    url = plan.database or f"sqlite:///{folder / 'antipode.db'}"
    with TelegramServer().in_thread() as server:
        platform = TelegramPlatform(server)
        life = Life(server, plan.story, tell)
        replicas = _replicas(plan, folder, url, platform, life)
        weather = Weather(replicas, kills=plan.kills, seed=plan.seed)
        books = Books(url)
        try:
            if plan.faults:
                platform.trouble(plan.seed)
            weather.start()
            life.live(lambda: weather.failure)
            weather.calm.set()
            platform.calm()
            life.quiet(lambda: platform.waiting() + books.waits())
            weather.end()
            codes = [replica.stop() for replica in replicas]
            found = audit(books, platform, sorted(at for r in replicas for at, _ in r.kills))
            found.must_be_none("stops that ended badly", [code for code in codes if code])
        finally:
            weather.end()
            for replica in replicas:
                replica.stop()
            books.close()
    _add(found, replicas, platform, time.monotonic() - began)
    return found


def _replicas(plan: Plan, folder: Path, url: str, platform: TelegramPlatform, life: Life) -> list[Replica]:
    settings = {
        "ANTIPODE_DATABASE_URL": url,
        "ANTIPODE_HTTP": "127.0.0.1:0",
        "ANTIPODE_PACE": f"{plan.story.pace}s",
        "ANTIPODE_CONTENT": str(shorter(folder)),
        "TELEGRAM_DIRECTORS_CHAT": life.directors_chat,
        **platform.settings(),
    }
    return [Replica(f"replica-{number}", folder, settings) for number in range(1, plan.replicas + 1)]


def _add(found: Findings, replicas: list[Replica], platform: TelegramPlatform, seconds: float) -> None:
    deaths = [plan for replica in replicas for _, plan in replica.kills]
    found.figures["kills"] += len(deaths)
    for plan in deaths:
        found.figures[f"killed: {plan.partition(':')[0] or 'random'}"] += 1
    ends = [end for replica in replicas for end in replica.ends]
    refused = [words for code, words in ends if code == 1 and "Traceback" not in words]
    found.figures["starts refused with a sentence"] += len(refused)
    crashed = [words[-400:] for code, words in ends if not (code == 1 and "Traceback" not in words)]
    found.must_be_none("starts that ended with a traceback", crashed)
    for kind, count in platform.faults().items():
        found.figures[f"fault: {kind}"] += count
    found.figures["seconds"] += round(seconds)
