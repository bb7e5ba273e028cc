"""The company of simulated people: what reaches them, what they do about it, and when."""

import heapq
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.events import Event, Said, Sender, Tapped, Unreachable
from bot.messages import Message, OpenRoom
from bot.ports import Parcel
from bot.rehearsal.people import Actor, Temper
from bot.rehearsal.replies import Act, Asked, gone_quiet, react
from bot.texts import Program
from bot.timetable import daytime


class Company:
    """All actors of one platform. It is told what was delivered and gives the events that follow."""

    def __init__(
        self,
        actors: Sequence[Actor],
        program: Program,
        *,
        platform: str = "playground",
        grain: timedelta = timedelta(seconds=1),
    ) -> None:
        """Take the actors; within `grain` of time what they do is done together."""
        self.actors = {actor.account: actor for actor in actors}
        self.program = program
        self.platform = platform
        self.grain = grain
        #: Accounts somebody plays by hand: they do nothing by themselves.
        self.by_hand: set[str] = set()
        #: Accounts that have blocked the bot.
        self.blocked: set[str] = set()
        #: When each last wrote or tapped.
        self.spoke: dict[str, datetime] = {}
        self._plans: list[tuple[datetime, int, str, Act]] = []
        self._planned = 0
        self._happened = 0
        self._asked: Counter[str] = Counter()
        self._partners: dict[str, tuple[str, ...]] = {}

    @property
    def next_at(self) -> datetime | None:
        """When somebody does something next."""
        return self._plans[0][0] if self._plans else None

    def plan(self, account: str, at: datetime, act: Act) -> None:
        """Let an actor do something at `at`, or when their day begins after it."""
        actor = self.actors[account]
        awake = daytime(at + act.after, (actor.place.zone,))
        self._planned += 1
        heapq.heappush(self._plans, (awake, self._planned, account, act))

    def hear(self, parcel: Parcel, now: datetime) -> None:
        """Take note of what reached an actor in private, and plan what they do about it."""
        if isinstance(parcel.body, OpenRoom):
            self._meet(tuple(parcel.accounts.values()))
        actor = self.actors.get(parcel.chat)
        if actor is None or parcel.to.kind not in ("person", "chat") or not isinstance(parcel.body, Message):
            return
        if parcel.key.startswith("check-in/"):
            self._asked[actor.account] += 1
            self._turn(actor, now)
        if actor.account in self.by_hand:
            return
        asked = Asked(parcel.key, self._asked[actor.account], answered=self._answers(actor))
        act = react(actor, parcel.body, self.program, asked)
        if act is not None:
            self.plan(actor.account, now, act)

    def due(self, now: datetime) -> list[Event]:
        """Give what actors do up to `now`, in order; those played by hand do nothing."""
        events: list[Event] = []
        while self._plans and self._plans[0][0] <= now:
            at, _, account, act = heapq.heappop(self._plans)
            if account not in self.by_hand and account not in self.blocked:
                events.append(self._event(self.actors[account], act, max(at, now)))
        return events

    def _meet(self, accounts: tuple[str, ...]) -> None:
        for account in accounts:
            self._partners[account] = tuple(other for other in accounts if other != account)

    def _answers(self, actor: Actor) -> bool:
        """Tell whether a partner of the actor still answers them."""
        partners = self._partners.get(actor.account, ())
        week = self._asked[actor.account]
        return not partners or any(
            other not in self.blocked and not gone_quiet(self.actors[other], week)
            for other in partners
            if other in self.actors
        )

    def _turn(self, actor: Actor, now: datetime) -> None:
        # Some people change their mind in the middle of a round.
        if actor.temper not in _TURNING:
            return
        week = actor.dice("turning point").randint(3, 11)
        if self._asked[actor.account] != week or actor.account in self.by_hand:
            return
        if actor.temper is Temper.LEAVING:
            self.plan(actor.account, now, Act(timedelta(hours=30), text="/withdraw"))
        if actor.temper is Temper.BLOCKING:
            self.plan(actor.account, now, Act(timedelta(hours=20), value=BLOCKS))
        if actor.temper is Temper.TRAVELLING:
            self.plan(actor.account, now, Act(timedelta(hours=26), text="/away in 9 days"))

    def _event(self, actor: Actor, act: Act, at: datetime) -> Event:
        self._happened += 1
        self.spoke[actor.account] = at
        sender = Sender(actor.account, actor.name, language="en")
        known = {"id": f"act/{self._happened}", "platform": self.platform, "at": at, "chat": actor.account}
        if act.value == BLOCKS:
            self.blocked.add(actor.account)
            return Unreachable(**known, sender=sender, why="blocked")  # type: ignore[arg-type]
        if act.value:
            return Tapped(**known, sender=sender, value=act.value)  # type: ignore[arg-type]
        return Said(**known, sender=sender, text=act.text)  # type: ignore[arg-type]


_TURNING = frozenset({Temper.LEAVING, Temper.BLOCKING, Temper.TRAVELLING})
#: Not a button: what an actor does who blocks the bot.
BLOCKS = "~blocks"
