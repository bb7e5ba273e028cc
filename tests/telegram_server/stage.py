"""Where people act on Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from tests.strict.stage import Ground
from tests.telegram_server.world import World


@dataclass(repr=False, kw_only=True)
class Stage(Ground):
    """The world, safe to use from any thread."""

    world: World
