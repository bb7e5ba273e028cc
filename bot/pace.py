"""A platform's limits as data: budgets for each kind of body, kept apart for each chat or other subject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from bot.messages import Body


NONE = timedelta(0)

Subject: TypeAlias = Callable[[str], str | None]
"""Gives for a chat what a budget counts; None where it does not concern the chat."""


def each_chat(chat: str) -> str:
    """Count every chat for itself."""
    return chat


def all_chats(_chat: str) -> str:
    """Count everything together."""
    return ""


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
    #: A refusal parks this budget as long as the platform said.
    parks: bool = False
    #: A refusal makes this budget go at half the pace for a while.
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
