"""A platform's limits as data: budgets for each kind of body, kept apart for each chat or other subject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from bot.messages import Body


NONE = timedelta(0)

#: An answer that was further off than this, in seconds, hung: that says nothing of the others.
_FAR_OFF = 0.25
#: The way varies by this much at least, in seconds: a busy machine sends no more evenly than that.
_LEAST = 0.02

Subject: TypeAlias = Callable[[str], str | None]
"""Gives for a chat what a budget counts; None where it does not concern the chat."""


def each_chat(chat: str) -> str:
    """Count every chat for itself."""
    return chat


def all_chats(_chat: str) -> str:
    """Count everything together."""
    return ""


@dataclass(slots=True)
class Way:
    """How much the time to the platform varies, learnt from how long its answers take.

    What leaves evenly arrives unevenly, and the platform counts what arrives. TCP waits four mean deviations
    for what goes there and back (RFC 6298, section 2), so two are for the way there; but once the platform
    refused something the answers say too little of the way there, and it is four.
    """

    #: Seconds; the deviation begins wide, so that a sender begins slowly.
    mean: float = 0.0
    deviation: float = 0.1
    refused: bool = False

    def answered(self, took: timedelta) -> None:
        """Learn from one answer."""
        seconds = took.total_seconds()
        if not self.mean:
            self.mean = seconds
        self.deviation += (min(abs(seconds - self.mean), _FAR_OFF) - self.deviation) / 16
        self.mean += (seconds - self.mean) / 16

    @property
    def spread(self) -> timedelta:
        """Give by how much later one may arrive than another that left with it."""
        return timedelta(seconds=max(_LEAST, (4 if self.refused else 2) * self.deviation))


@dataclass(frozen=True, slots=True)
class Budget:
    """So much may go: `burst` at once after a rest, then one `every` so long; at most `count` in a `span`."""

    name: str
    of: Subject = each_chat
    every: timedelta = NONE
    burst: int = 1
    #: No more than this many in any `span`; 0 for no such limit.
    count: int = 0
    span: timedelta = NONE
    #: Spread `count` over the `span` and what the way there varies by, instead of one `every` so long.
    evenly: bool = False
    #: A refusal parks this budget as long as the platform said.
    parks: bool = False
    #: A refusal makes this budget go at half the pace for a while, where it may be what refused.
    slows: bool = False

    def faster(self, factor: float) -> "Budget":
        """Give the same budget on a clock that runs `factor` times as fast."""
        return replace(self, every=self.every / factor, span=self.span / factor)


@dataclass(frozen=True, slots=True)
class Pace:
    """A platform's limits: the budgets that each kind of body uses; a kind that uses none goes at once."""

    budgets: Mapping[type[Body], tuple[Budget, ...]]
    #: What must wait when the platform refuses everything.
    whole: Callable[[str], str] = all_chats
    #: How long what was refused goes at half the pace.
    careful_for: timedelta = timedelta(minutes=2)

    def faster(self, factor: float) -> "Pace":
        """Give the same limits on a clock that runs `factor` times as fast: for tests and trials."""
        budgets = {kind: tuple(each.faster(factor) for each in of) for kind, of in self.budgets.items()}
        return replace(self, budgets=budgets, careful_for=self.careful_for / factor)
