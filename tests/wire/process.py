"""The bot as a process that can be killed: `antipode run`, with its settings in the environment."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.telegram_server import TelegramServer


#: A busy machine takes its time to import numpy and the rest.
STARTS_WITHIN = 60.0
STOPS_WITHIN = 30.0
SOON = timedelta(minutes=1)
REPOSITORY = Path(__file__).parents[2]


class BotProcess:
    """One `antipode run` after another on the same database."""

    def __init__(self, server: TelegramServer, folder: Path, *, pace: str = "7d", **settings: str) -> None:
        self.server = server
        self.folder = folder
        self.database = folder / "antipode.db"
        self.log = folder / "antipode.log"
        self.kills: list[float] = []
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._begins = 0
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder),
            "PTB_TIMEDELTA": "1",
            "TELEGRAM_API_URL": f"http://127.0.0.1:{server.port}",
            "TELEGRAM_BOT_TOKEN": server.token,
            "ANTIPODE_DATABASE_URL": f"sqlite:///{self.database}",
            "ANTIPODE_HTTP": "127.0.0.1:0",
            "ANTIPODE_PACE": pace,
        } | settings

    def start(self) -> None:
        """Start a process; `running` tells when it is there."""
        assert self._process is None
        self._begins = len(self.said())
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=REPOSITORY,
                env={**self.environment, "PYTHONPATH": str(REPOSITORY)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.starts += 1

    @property
    def running(self) -> bool:
        """Tell whether the process says that it runs; raises AssertionError when it ended instead."""
        assert self._process is not None
        assert self._process.poll() is None, f"the bot ended: {self.said()[self._begins :]}"
        return "Antipode is running" in self.said()[self._begins :]

    def wait_until_running(self) -> None:
        """Block until the process says that it runs."""
        until = time.monotonic() + STARTS_WITHIN
        while not self.running:
            assert time.monotonic() < until, f"the bot did not start: {self.said()}"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut does: SIGKILL, nothing is tidied up."""
        assert self._process is not None
        self.kills.append(self.server.clock.now())
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(STOPS_WITHIN)
        self._process = None

    def stop(self) -> int:
        """Ask it to stop (SIGTERM) and give its exit code; 0 where none runs."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            return self._process.wait(STOPS_WITHIN)
        finally:
            self._process.kill()
            self._process = None

    def said(self) -> str:
        """Give everything that was printed and logged so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    @property
    def pid(self) -> int:
        """Give the number of the process that runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def claim_code(self) -> str:
        """Give the code that the last start printed for the directors' group."""
        return str(re.findall(r"/claim (\S+)", self.said())[-1])

    @property
    def health_port(self) -> int:
        """Give the port of /healthz and /readyz."""
        return int(re.findall(r"health: port (\d+)", self.said())[-1])

    @property
    def waits(self) -> int:
        """Count what waits in the outbox and is due soon: the platform's pace may hold it for seconds."""
        soon = (datetime.now(UTC) + SOON).replace(tzinfo=None).isoformat(" ")
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as file:
            query = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending') AND due_at < ?"
            return int(file.execute(query, (soon,)).fetchone()[0])

    def columns_hold(self, words: str) -> list[str]:
        """Give the columns of the database in which these words stand."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as file:
            tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            columns = [
                (table, column)
                for table in tables
                for (_, column, *_) in file.execute(f"PRAGMA table_info({table})")
            ]
            found = "SELECT 1 FROM {} WHERE instr(CAST({} AS BLOB), CAST(? AS BLOB)) LIMIT 1"
            return [
                f"{table}.{column}"
                for table, column in columns
                if file.execute(found.format(f'"{table}"', f'"{column}"'), (words,)).fetchone()
            ]

    def files_hold(self, words: str) -> list[str]:
        """Give the names of the database's files (and the log) in which these words stand."""
        files = [*self.folder.glob("antipode.db*"), self.log]
        return [file.name for file in files if words.encode() in file.read_bytes()]
