"""Events on their way to the app: what it subscribed to, and at most 30,000 an hour per workspace."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from tests.slack_server.deliveries import Courier, Delivery
from tests.slack_server.errors import Json
from tests.slack_server.teams import Team
from tests.slack_server.world import World


HOUR = 3600.0


@dataclass
class Telling:
    """Wraps events and hands them to the courier."""

    world: World
    courier: Courier
    dropped: int = 0
    _sent: dict[str, deque[float]] = field(default_factory=dict)
    _warned: dict[str, int] = field(default_factory=dict)

    def tell(self, team: Team, name: str, event: Json) -> None:
        """Tells the app of an event, if it is installed there and wants to know."""
        if not team.installed or name not in self.world.manifest.events:
            return
        if self._too_many(team):
            self.dropped += 1
            self.warn(team)
            return
        self.courier.send(Delivery("events_api", name, event_body(self.world, team, event)))

    def _too_many(self, team: Team) -> bool:
        limits = self.world.pacer.limits
        now = self.world.clock.now() * limits.speed
        sent = self._sent.setdefault(team.id, deque())
        while sent and sent[0] <= now - HOUR:
            sent.popleft()
        if limits.on and len(sent) >= limits.events_per_hour:
            return True
        sent.append(now)
        return False

    def warn(self, team: Team) -> None:
        """Tells the app, once a minute, that it is not told everything."""
        minute = int(self.world.clock.now() // 60 * 60)
        if self._warned.get(team.id) == minute:
            return
        self._warned[team.id] = minute
        body = {
            "token": "verification-token",
            "type": "app_rate_limited",
            "team_id": team.id,
            "minute_rate_limited": minute,
            "api_app_id": self.world.app_id,
        }
        self.courier.send(Delivery("events_api", "app_rate_limited", body))


def event_body(world: World, team: Team, event: Json) -> Json:
    """Gives the envelope in which the Events API brings an event to the app."""
    authorization = {
        "enterprise_id": None,
        "team_id": team.id,
        "user_id": team.bot.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "verification-token",
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": world.clock.date(),
        "authorizations": [authorization],
        "is_ext_shared_channel": _is_shared(world, event),
        "event_context": f"4-{world.stamp()}",
    }


def _is_shared(world: World, event: Json) -> bool:
    chat = world.chats.get(event["channel"]) if isinstance(event.get("channel"), str) else None
    return bool(chat and chat.shared_with)
