"""The weather: kills replicas by chance and by plan, starts them again as a supervisor does, hangs them, and
troubles the database."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle

from tests.storm.points import POINTS
from tests.storm.replica import Replica


#: A planned point that was not passed by then does not come any more; it is killed all the same.
PATIENCE = 3.0
#: Of ten deaths so many are at a named point, the others whenever it happens.
AT_A_POINT = 5
#: How often a point may be passed before it kills: what every start passes at once would let nobody get on.
OFTEN = {"saved": 8, "sending": 12, "accepted": 12}
SELDOM = 4
LONGEST_LIFE = 3.0
STARTS_WITHIN = 60.0
#: A program that ends by itself so often, one after the other, does not start at all.
REFUSALS = 30


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that happens every so many seconds besides the kills."""

    name: str
    every: float
    happens: Callable[[], None]


class Weather(threading.Thread):
    """Kills until `kills` are done, then only keeps the replicas running."""

    def __init__(
        self,
        replicas: Sequence[Replica],
        *,
        kills: int,
        seed: int,
        troubles: Sequence[Trouble] = (),
        hang: tuple[float, float] = (0.0, 0.0),
        slower: int = 1,
    ) -> None:
        super().__init__(daemon=True)
        #: How many times as long as usual everybody lives.
        self.slower = slower
        self.replicas = replicas
        self.wanted = kills
        self.random = random.Random(seed)
        self.calm = threading.Event()
        self._points = cycle(name for name in POINTS if name != "migrating")
        self.failure = ""
        self.happened: list[tuple[float, str]] = []
        self._over = threading.Event()
        self._refusals = 0
        self._dies: dict[str, float] = {}
        #: Every so often one is stopped for so long.
        self._hang_every, self._hang_for = hang
        self._hung: dict[str, threading.Thread] = {}
        self._next = {trouble: time.monotonic() + trouble.every for trouble in troubles}
        self._next_hang = time.monotonic() + self._hang_every

    @property
    def kills(self) -> int:
        """Count the kills so far."""
        return sum(len(replica.kills) for replica in self.replicas)

    def run(self) -> None:
        """Keep an eye on every replica until `end`."""
        try:
            for replica in self.replicas:
                self._start(replica)
            while not self._over.wait(0.02):
                for replica in self.replicas:
                    self._watch(replica)
                if not self.calm.is_set():
                    self._trouble()
        except Exception as error:
            self.failure = repr(error)  # told to the test, which would wait in vain
            raise

    def end(self) -> None:
        """Leave the replicas alone."""
        self._over.set()
        if self.ident:
            self.join(30)
        for thread in self._hung.values():
            thread.join(30)

    def _watch(self, replica: Replica) -> None:
        if self._is_hung(replica):
            return
        if not replica.alive:
            self._refusals = 0 if replica.note() else self._refusals + 1
            if self._refusals > REFUSALS:
                self.failure = f"it does not start: {replica.ends[-1][1]}"
            self._start(replica)
        elif not self.calm.is_set() and self._is_over(replica):
            replica.kill()
            self._start(replica)
        if self.kills >= self.wanted:
            self.calm.set()

    def _is_hung(self, replica: Replica) -> bool:
        return replica.name in self._hung and self._hung[replica.name].is_alive()

    def _is_over(self, replica: Replica) -> bool:
        if not replica.running_for:
            return time.monotonic() - replica.started_at > STARTS_WITHIN
        longest = PATIENCE * self.slower if replica.plan else self._dies[replica.name]
        return replica.running_for > longest

    def _start(self, replica: Replica) -> None:
        plan = "" if self.kills >= self.wanted else self._plan(first=not replica.starts)
        self._dies[replica.name] = self.random.uniform(0.0, LONGEST_LIFE * self.slower)
        replica.start(plan)

    def _plan(self, *, first: bool) -> str:
        if first:
            return f"migrating:{self.random.randrange(1, 60)}"
        if self.random.randrange(10) >= AT_A_POINT:
            return ""
        point = next(self._points)
        often = OFTEN.get(point, SELDOM) * (2 if self.slower > 1 else 1)
        return f"{point}:{self.random.randint(1, often)}"

    def _trouble(self) -> None:
        now = time.monotonic()
        for trouble, at in self._next.items():
            if now > at:
                self._next[trouble] = now + trouble.every
                self.happened.append((time.time(), trouble.name))
                trouble.happens()
        if self._hang_every and now > self._next_hang:
            self._next_hang = now + self._hang_every
            self._hang()

    def _hang(self) -> None:
        ready = [each for each in self.replicas if each.running_for and not self._is_hung(each)]
        if len(ready) < 2:  # somebody must be there to take over
            return
        chosen = self.random.choice(ready)
        thread = threading.Thread(target=chosen.pause, args=(self._hang_for,), daemon=True)
        self._hung[chosen.name] = thread
        thread.start()
