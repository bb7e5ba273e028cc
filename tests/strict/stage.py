"""Where people act: a lock, and ways to wait for a change, in a loop or in a thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from tests.strict.signal import Signal, pause


T = TypeVar("T")
P = ParamSpec("P")

WITHIN = 5.0
LOOK_AGAIN = 0.02  # a condition may look at more than this server, such as the bot's database


@dataclass(repr=False)
class Ground:
    """What a server stands on, safe to use from any thread; each platform's stage adds its world."""

    signal: Signal = field(default_factory=Signal)
    lock: threading.RLock = field(default_factory=threading.RLock)
    #: The last calls, for whoever waited in vain.
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=12))

    async def until(self, condition: Callable[[], T | None], within: float = WITHIN, what: str = "") -> T:
        """Waits in the running event loop until the condition gives something true, and gives that."""
        until = time.monotonic() + within
        while True:
            with self.signal.listening() as changed:
                with self.lock:
                    if found := condition():
                        return found
                await pause(changed, LOOK_AGAIN)
            if time.monotonic() > until:
                raise self._in_vain(what, within)

    def wait_for(self, condition: Callable[[], T | None], within: float = WITHIN, what: str = "") -> T:
        """Blocks this thread until the condition gives something true, and gives that."""
        until = time.monotonic() + within
        while True:
            seen = self.signal.count()
            with self.lock:
                if found := condition():
                    return found
            self.signal.block(seen, LOOK_AGAIN)
            if time.monotonic() > until:
                raise self._in_vain(what, within)

    def _in_vain(self, what: str, within: float) -> AssertionError:
        last = "\n  ".join(self.recent) or "none"
        return AssertionError(f"waited {within} s in vain for {what or 'it'}; the last calls:\n  {last}")


class Actor(Protocol):
    """Something that stands on a stage."""

    @property
    def stage(self) -> Ground: ...


A = TypeVar("A", bound=Actor)


def deed(do: Callable[Concatenate[A, P], T]) -> Callable[Concatenate[A, P], T]:
    """Makes a method of an actor one indivisible event that everybody waiting hears of."""

    @wraps(do)
    def locked(actor: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with actor.stage.lock:
            try:
                return do(actor, *args, **kwargs)
            finally:
                actor.stage.signal.fire()

    return locked
