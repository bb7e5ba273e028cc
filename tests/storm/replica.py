"""One replica of the bot: started, killed, stopped and woken as the weather wants it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.storm.nursery import REPOSITORY, Born, Nursery


@dataclass
class Replica:
    """One process after another; each start has a log of its own."""

    name: str
    folder: Path
    settings: dict[str, str]
    nursery: Nursery
    #: The platform's clock, which tells when something arrived, too.
    now: Callable[[], float] = time.time
    starts: int = 0
    #: Moments at which it was killed, or killed itself, with what was planned and its name.
    kills: list[tuple[float, str, str]] = field(default_factory=list)
    #: From when to when it was stopped, and its name then.
    pauses: list[tuple[float, float, str]] = field(default_factory=list)
    #: Exit code and last words of every start that ended by itself.
    ends: list[tuple[int, str]] = field(default_factory=list)
    #: From when to when each process was running.
    lives: list[tuple[float, float]] = field(default_factory=list)
    plan: str = ""
    started_at: float = 0.0
    _process: Born | None = None
    _running_at: float | None = None

    def start(self, plan: str = "") -> None:
        """Start a process that dies by itself at the point of `plan`, if it names one."""
        assert self._process is None
        self.starts += 1
        self.plan, self.started_at, self._running_at = plan, time.monotonic(), None
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "PTB_TIMEDELTA": "1",
            "PYTHONPATH": str(REPOSITORY),
        }
        own = {"STORM_DIES": plan, "STORM_NAME": self.called}
        self._process = self.nursery.bear(self.called, environment | self.settings | own, self.log)

    @property
    def called(self) -> str:
        """Give the name of the newest start, in leases and to the platform."""
        return f"{self.name}.{self.starts:04}"

    def was_there(self, since: float, until: float) -> bool:
        """Tell whether one process ran all that time, and was not stopped."""
        running = self.running_for
        lives = [*self.lives, (self.now() - running, self.now())] if running else self.lives
        paused = any(begin < until and end > since for begin, end, _ in self.pauses)
        return not paused and any(begin <= since and until <= end for begin, end in lives)

    @property
    def interruptions(self) -> list[tuple[float, str]]:
        """Give when it was killed or stopped, and what it was called then."""
        return [(at, name) for at, _, name in self.kills] + [(since, name) for since, _, name in self.pauses]

    @property
    def log(self) -> Path:
        """Give the log of the newest start."""
        return self.folder / f"{self.called}.log"

    @property
    def alive(self) -> bool:
        """Tell whether its process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def running_for(self) -> float:
        """Give for how many seconds it says that it runs; 0 while it does not."""
        if self._running_at is None and self.alive and "Antipode is running" in self.said():
            self._running_at = time.monotonic()
        return time.monotonic() - self._running_at if self._running_at is not None else 0.0

    def said(self) -> str:
        """Give what the newest start printed and logged."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    @property
    def port(self) -> int:
        """Give the port of its web server; 0 before it has one."""
        found = re.findall(r"health: port (\d+)", self.said())
        return int(found[-1]) if found else 0

    def kill(self, plan: str = "random") -> None:
        """End it as a power cut does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.note(plan)

    def note(self, plan: str = "") -> bool:
        """Note how a process that has ended ended; tells whether it was by kill -9."""
        assert self._process is not None
        code = self._process.wait()
        if running := self.running_for:
            self.lives.append((self.now() - running, self.now()))
        self._process = None
        if code == -signal.SIGKILL:
            self.kills.append((self.now(), plan or self.plan, self.called))
            return True
        self.ends.append((code, self.said()[-1500:]))
        return False

    def tell_where(self) -> None:
        """Let it write to its log where it is."""
        if self._process is not None:
            self._process.send_signal(signal.SIGUSR1)

    def pause(self, seconds: float) -> None:
        """Stop it for a while, as a hung machine is stopped (SIGSTOP), and let it go on late."""
        assert self._process is not None
        since = self.now()
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)
        self.pauses.append((since, self.now(), self.called))

    def stop(self, within: float = 30.0) -> int:
        """Ask it to stop (SIGTERM) and give its exit code; 0 where none runs."""
        if self._process is None:
            return 0
        ran = bool(self.running_for)
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(within)
        except TimeoutError:
            self.tell_where()
            time.sleep(1)
            self.ends.append((-1, f"did not stop: {self.said()[-3000:]}"))
            return -1
        finally:
            self._process.send_signal(signal.SIGKILL)
            self._process = None
        # One that only begins to start has nothing to finish: the signal simply ends it.
        return 0 if code == -signal.SIGTERM and not ran else code
