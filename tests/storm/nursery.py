"""Where the bot's processes are born: forked from one that has imported everything, since importing takes
longer than most of them live. Each is a process of its own all the same, with its own memory, files and end.

`python -m tests.storm.nursery` reads orders from its standard input, a line of JSON each, and tells births
and deaths. When its input ends (whoever ordered is gone), it kills them all.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn, Self


REPOSITORY = Path(__file__).parents[2]


class Born:
    """A process of the bot, much like `subprocess.Popen`."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.nursery = nursery
        self.pid = pid

    def poll(self) -> int | None:
        """Give its exit code, or the signal that ended it as a negative number; None while it lives."""
        return self.nursery.codes.get(self.pid)

    def wait(self, timeout: float = 30.0) -> int:
        """Block until it has ended; raises TimeoutError."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise TimeoutError(f"process {self.pid} has not ended")
            time.sleep(0.005)
        return code

    def send_signal(self, number: int) -> None:
        """Signal it, if it lives."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Nursery:
    """The one who orders: a context, in which processes can be born."""

    def __init__(self) -> None:
        self.codes: dict[int, int] = {}
        self._births: dict[str, int] = {}
        self._told = threading.Condition()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.storm.nursery"],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PTB_TIMEDELTA": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)
        self._reader.join(10)
        assert self._process.stdout
        self._process.stdout.close()

    def bear(self, name: str, environment: dict[str, str], log: Path) -> Born:
        """Start a process of this name with this environment; what it prints goes to the log."""
        order = {"name": name, "environment": environment, "log": str(log)}
        with self._lock:
            assert self._process.stdin
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        with self._told:
            assert self._told.wait_for(lambda: name in self._births, 60), f"{name} was not born"
        return Born(self, self._births[name])

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            told = json.loads(line)
            with self._told:
                if "name" in told:
                    self._births[told["name"]] = told["pid"]
                else:
                    self.codes[told["pid"]] = told["code"]
                self._told.notify_all()


def main() -> None:
    """Import the program, then fork as ordered and tell who was born and who has died."""
    import alembic.command  # noqa: F401, PLC0415 - what a start imports at last

    import bot.entry.run  # noqa: PLC0415 - all the rest, but what only one platform needs
    import bot.entry.slack  # noqa: PLC0415 - that
    import bot.entry.telegram  # noqa: F401, PLC0415 - the same
    import tests.storm.process  # noqa: F401, PLC0415 - which wraps nothing before it is told to

    children: set[int] = set()
    waiting, ended = b"", False
    while children or not ended:
        if not ended and select.select([0], [], [], 0.01)[0]:
            some = os.read(0, 65536)
            ended = not some
            *orders, waiting = (waiting + some).split(b"\n")
            for order in orders:
                children.add(_bear(json.loads(order)))
        if ended:
            for child in children:
                os.kill(child, signal.SIGKILL)
        _bury(children)


def _bear(order: dict[str, Any]) -> int:
    pid = os.fork()
    if not pid:
        _live(order)
    _tell({"name": order["name"], "pid": pid})
    return pid


def _live(order: dict[str, Any]) -> NoReturn:
    from tests.storm import process  # noqa: PLC0415 - in the child only: it wraps the program's ports

    os.environ.clear()
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, target in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
        os.dup2(number, target)
    code = 1
    try:
        process.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as the interpreter does at its end
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _bury(children: set[int]) -> None:
    for child in list(children):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            children.discard(child)
            _tell({"pid": pid, "code": os.waitstatus_to_exitcode(status)})


def _tell(words: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError):
        os.write(1, json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main()
