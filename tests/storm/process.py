"""`python -m tests.storm.process`: `antipode run` with a fuse, a clock that can be set, and named deliveries.

Settings of its own, all in the environment: STORM_DIES (point:nth), STORM_CLOCK (a file with the seconds by
which this machine's clock is wrong), STORM_SPEED (how many times as fast the platform's limits are),
STORM_NAME (what it is called in leases and to the platform).
"""

from __future__ import annotations

import faulthandler
import mmap
import os
import signal
import struct
import sys
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

from adapters.clock import SystemClock
from tests.storm.points import Fuse, plant


_delivery: ContextVar[str] = ContextVar("delivery", default="")


def main() -> None:
    """Prepare the process and run the program; asked by SIGUSR1, it tells where it is."""
    faulthandler.register(signal.SIGUSR1)
    if clock := os.environ.get("STORM_CLOCK"):
        _set_clock_by(Path(clock))
    _hurry(float(os.environ.get("STORM_SPEED", "1")))
    _name_deliveries(os.environ.get("STORM_NAME", ""))
    plant(Fuse(os.environ.get("STORM_DIES", "")))
    from bot.__main__ import main as antipode  # noqa: PLC0415 - after the ports are wrapped

    sys.argv = ["antipode", "run"]
    antipode()


def _set_clock_by(file: Path) -> None:
    with file.open("rb") as opened:
        seconds = mmap.mmap(opened.fileno(), 8, prot=mmap.PROT_READ)
    right = SystemClock.now

    def now(clock: SystemClock) -> datetime:
        return right(clock) + timedelta(seconds=struct.unpack("d", seconds[:8])[0])

    setattr(SystemClock, "now", now)  # noqa: B010 - a name for a type checker not to follow


def _hurry(speed: float) -> None:
    from bot.entry import telegram  # noqa: PLC0415 - only in the bot's own process

    own: Any = telegram
    own.PACE = own.PACE.faster(speed)


def _name_deliveries(name: str) -> None:
    """Tell the stand-in with every request who sends it and, on Telegram, which delivery it belongs to."""
    from adapters.telegram.chat import TelegramChat  # noqa: PLC0415 - only in the bot's own process
    from bot.entry import run  # noqa: PLC0415 - the same

    own: Any = run
    own._own_name = lambda: name
    send, request = TelegramChat.send, aiohttp.ClientSession.request

    async def named(chat: TelegramChat, parcel: Any) -> Any:
        token = _delivery.set(quote(parcel.key))
        try:
            return await send(chat, parcel)
        finally:
            _delivery.reset(token)

    def tagged(session: aiohttp.ClientSession, method: str, url: Any, **more: Any) -> Any:
        headers = {**(more.pop("headers", None) or {}), "X-Delivery": f"{name}|{_delivery.get()}"}
        return request(session, method, url, headers=headers, **more)

    setattr(aiohttp.ClientSession, "request", tagged)  # noqa: B010 - a name for a type checker not to follow
    setattr(TelegramChat, "send", named)  # noqa: B010 - the same


if __name__ == "__main__":
    main()
