"""The weather: a thread that kills replicas by chance and by plan, and starts them again as a supervisor does."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence

from tests.storm.points import POINTS
from tests.storm.replica import Replica


#: A planned point that was not passed by then does not come any more; it is killed all the same.
PATIENCE = 5.0
#: Of ten deaths so many are at a named point, the others whenever it happens.
AT_A_POINT = 5
#: Points that every start passes at once would let nobody get any further.
OFTEN = {"received": 12, "saved": 25, "committed": 8, "claimed": 15, "sending": 30, "accepted": 30}
LONGEST_LIFE = 4.0


class Weather(threading.Thread):
    """Kills until `kills` are done, then only keeps the replicas running."""

    def __init__(self, replicas: Sequence[Replica], *, kills: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.replicas = replicas
        self.wanted = kills
        self.random = random.Random(seed)
        self.calm = threading.Event()
        self.failure = ""
        self._over = threading.Event()
        self._dies: dict[str, float] = {}

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
        except Exception as error:  # noqa: BLE001 - told to the test, which would wait in vain
            self.failure = repr(error)
            raise

    def end(self) -> None:
        """Leave the replicas alone."""
        self._over.set()
        self.join(10)

    def _watch(self, replica: Replica) -> None:
        if not replica.alive:
            replica.note()
            self._start(replica)
        elif not self.calm.is_set() and self._is_over(replica):
            replica.kill()
            self._start(replica)
        if self.kills >= self.wanted:
            self.calm.set()

    def _is_over(self, replica: Replica) -> bool:
        if replica.plan:
            return replica.running_for > PATIENCE
        return time.monotonic() - replica.started_at > 30 or replica.running_for > self._dies[replica.name]

    def _start(self, replica: Replica) -> None:
        plan = "" if self.kills >= self.wanted else self._plan(first=not replica.starts)
        self._dies[replica.name] = self.random.uniform(0.0, LONGEST_LIFE)
        replica.start(plan)

    def _plan(self, *, first: bool) -> str:
        if first:
            return f"migrating:{self.random.randrange(1, 60)}"
        if self.random.randrange(10) >= AT_A_POINT:
            return ""
        point = self.random.choice([name for name in POINTS if name != "migrating"])
        return f"{point}:{self.random.randint(1, OFTEN.get(point, 6))}"
