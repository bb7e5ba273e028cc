"""The bot on Slack as a process that can be killed: by the socket, or by signed requests."""

import os
import re
import socket
from pathlib import Path
from typing import Any, cast

from tests.slack_server import SlackServer
from tests.wire.process import BotProcess


class SlackBot(BotProcess):
    """One `antipode run` after another on the same database."""

    def __init__(
        self, server: SlackServer, folder: Path, *, pace: str = "7d", http: bool = False, **settings: str
    ) -> None:
        super().__init__(cast("Any", _Named(server)), folder, pace=pace)
        self.slack = server
        self.http = http
        self.port = _free_port()
        here = f"http://127.0.0.1:{self.port}"
        signed = {"SLACK_SIGNING_SECRET": server.signing_secret}
        mode = signed if http else {"SLACK_APP_TOKEN": server.app_token}
        own = {name: value for name, value in self.environment.items() if not name.startswith("TELEGRAM")}
        self.environment = {
            **own,
            "PATH": os.environ.get("PATH", ""),
            "SLACK_API_URL": server.base_url,
            "SLACK_BOT_TOKEN": server.bot_token,
            "ANTIPODE_HTTP": f"127.0.0.1:{self.port}",
            **mode,
            **settings,
        }
        if http:
            server.delivers_to(here)

    @property
    def running(self) -> bool:
        """Tell whether the process runs and Slack can reach it; AssertionError when it ended instead."""
        return super().running and (self.http or bool(self.slack.sockets.links))

    @property
    def claim_code(self) -> str:
        """Give the code that the last start printed for the directors' channel."""
        return str(re.findall(r"/antipode claim (\S+)", self.said())[-1])


class _Named:
    """What the process of the other platform asks of its server."""

    def __init__(self, server: SlackServer) -> None:
        self.clock, self.port, self.token = server.clock, server.port, ""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
