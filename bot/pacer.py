"""How fast a platform lets things go out: arithmetic on the time it is given, no waiting of its own.

The figures are each platform's (`bot.pace`). Platforms change theirs without saying so, hence what they
answer counts more: what was refused is parked as long as it was told, and goes half as fast for a while.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.messages import Body
from bot.pace import NONE, Budget, Pace, Way
from bot.ports import Parcel


LONG_AGO = datetime.min.replace(tzinfo=UTC)
#: A clock that shows so much less than before was put back.
STEP = timedelta(seconds=2)
#: So many sends of the one before are made good at most: a form must not wait longer than it can be opened.
MOST_MADE_GOOD = 5
#: What was not used for a while is forgotten once there is so much.
REMEMBERED = 20_000


class Going(NamedTuple):
    """What is to go out: its kind, and its chat (somebody's account where it has none yet)."""

    kind: type[Body]
    chat: str


def going_of(parcel: Parcel) -> Going:
    """Give what must be known of it: of a room that is to be made, somebody of it stands for the chat."""
    return Going(type(parcel.body), parcel.chat or next(iter(parcel.accounts.values()), ""))


@dataclass(slots=True)
class _Seen:
    """One budget of one subject: when its allowance is full again, its last sends, what was told to wait."""

    full_at: datetime = LONG_AGO
    times: deque[datetime] = field(default_factory=deque)
    parked_until: datetime = LONG_AGO
    careful_until: datetime = LONG_AGO
    #: Up to here the turns are given to what was put back.
    given_until: datetime = LONG_AGO

    def earlier(self, by: timedelta) -> None:
        """Move everything back, as the clock was."""
        self.times = deque(at - by for at in self.times)
        for name in ("full_at", "parked_until", "careful_until", "given_until"):
            at: datetime = getattr(self, name)
            setattr(self, name, at - by if at != LONG_AGO else at)


class Pacer:
    """Tells how long something must wait; one for each sender, which knows all that goes out."""

    def __init__(self, pace: Pace | None = None) -> None:
        """Take the platform's limits; none without any."""
        self.pace = pace or Pace({})
        self.way = Way()
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._shut_until: dict[str, datetime] = {}
        #: What was put back and has its turn, by the number it is known by.
        self._promised: set[int] = set()
        self._latest = LONG_AGO
        self._began = LONG_AGO

    def begins(self, now: datetime) -> None:
        """Note that this sender takes over from one that nobody knows the last sends of.

        A platform that counts windows still counts what that one sent just before it died, so nothing goes
        in a bunch until the allowance is full again.
        """
        self._began = now

    def wait(self, going: Going, now: datetime) -> timedelta:
        """Give how long it must wait from `now`; zero when it may go."""
        self._look_at(now)
        at = max(now, self._shut_until.get(self.pace.whole(going.chat), LONG_AGO))
        for budget, key in self._budgets(going):
            at = max(at, self._allowed(budget, self._seen.get(key, _UNSEEN), now))
        return at - now

    def took(self, going: Going, now: datetime, *, number: int = 0) -> None:
        """Note that it goes out at `now`."""
        self._promised.discard(number)
        if len(self._seen) > REMEMBERED:
            self._forget(now)
        for budget, key in self._budgets(going):
            seen = self._seen.setdefault(key, _Seen())
            seen.full_at = max(self._full_at(budget, seen), now) + self._every(budget, seen, now)
            if budget.count:
                seen.times.append(now)
                while len(seen.times) > budget.count:
                    seen.times.popleft()

    def went(self, going: Going, planned: datetime, now: datetime) -> None:
        """Note that what was to go out at `planned` went out at `now`: windows count what really happens."""
        for budget, key in self._budgets(going):
            times = self._seen[key].times if budget.count and key in self._seen else ()
            if planned in times:
                self._seen[key].times = deque(sorted(now if at == planned else at for at in times))

    def turn(self, number: int, going: Going, now: datetime, *, awaited: bool = False) -> timedelta:
        """Give how long to put it back, when it cannot go now.

        What somebody waits for comes back as soon as anything may go. What was planned gets a turn behind
        all that was put back before it, so that a thousand are put back once each, not all of them again
        at every turn.
        """
        wait = self.wait(going, now)
        if awaited:
            return wait
        used = [(budget, self._seen.setdefault(key, _Seen())) for budget, key in self._budgets(going)]
        longest = max((self._every(*each, now) for each in used), default=NONE)
        if number in self._promised and wait <= 2 * longest:
            return wait  # an answer took its turn: the next one is its
        at = max([now + wait, *(seen.given_until for _, seen in used)])
        for budget, seen in used:
            seen.given_until = at + self._every(budget, seen, at)
        self._promised.add(number)
        return at - now

    def refused(self, going: Going, now: datetime, after: timedelta, *, everything: bool = False) -> None:
        """Note that the platform told it (or everything) to wait `after`; it goes slower for a while."""
        if everything:
            whole = self.pace.whole(going.chat)
            self._shut_until[whole] = max(self._shut_until.get(whole, LONG_AGO), now + after)
        for budget, key in self._budgets(going):
            seen = self._seen.setdefault(key, _Seen())
            if budget.parks and not everything:
                seen.parked_until = max(seen.parked_until, now + after)
            if budget.slows and (budget.parks or everything or self._streams(budget, seen, now)):
                self.way.refused = self.way.refused or budget.evenly
                until = max(now, seen.parked_until) + self.pace.careful_for
                seen.careful_until = max(seen.careful_until, until)

    def _streams(self, budget: Budget, seen: _Seen, now: datetime) -> bool:
        """Tell whether so much went just now that this budget may have refused: a platform does not say."""
        since = now - budget.span - timedelta(seconds=self.way.mean)
        return 2 * sum(at > since for at in seen.times) >= budget.count

    def _look_at(self, now: datetime) -> None:
        """Follow a clock that was put back: what was noted on it must not stand in the far future."""
        back = self._latest - now
        self._latest = now
        if back <= STEP:
            return
        self._shut_until = {whole: until - back for whole, until in self._shut_until.items()}
        for seen in self._seen.values():
            seen.earlier(back)
        self._began = min(self._began, now)

    def _budgets(self, going: Going) -> list[tuple[Budget, tuple[str, str]]]:
        of = ((budget, budget.of(going.chat)) for budget in self.pace.budgets.get(going.kind, ()))
        return [(budget, (budget.name, subject)) for budget, subject in of if subject is not None]

    def _every(self, budget: Budget, seen: _Seen, now: datetime) -> timedelta:
        every = (budget.span + self.way.spread) / budget.count if budget.evenly else budget.every
        return every * 2 if now < seen.careful_until else every

    def _allowed(self, budget: Budget, seen: _Seen, now: datetime) -> datetime:
        """Give when the next may go: the burst may go at once, the allowance is full again at `full_at`."""
        at, full_at = seen.parked_until, self._full_at(budget, seen)
        if full_at != LONG_AGO:
            at = max(at, full_at - self._every(budget, seen, now) * (budget.burst - 1))
        if budget.count and len(seen.times) >= budget.count:
            at = max(at, seen.times[-budget.count] + self._span(budget))
        return at

    def _span(self, budget: Budget) -> timedelta:
        """Give the time in which only so many may leave.

        The even pace leaves the whole spread; half of it is for what a busy machine sent late and together.
        """
        return budget.span + self.way.spread / 2 if budget.evenly else budget.span

    def _full_at(self, budget: Budget, seen: _Seen) -> datetime:
        """Give when the allowance is full; in counted windows a beginner makes good the bunch before it."""
        if self._began == LONG_AGO or not budget.count:
            return seen.full_at
        missing = budget.burst - 1 + min(budget.burst, MOST_MADE_GOOD)
        return max(seen.full_at, self._began + budget.every * missing)

    def _forget(self, now: datetime) -> None:
        long_ago = now - timedelta(minutes=1)
        self._seen = {
            key: seen
            for key, seen in self._seen.items()
            if seen.full_at > long_ago or max(seen.parked_until, seen.careful_until, seen.given_until) > now
        }


_UNSEEN = _Seen()
