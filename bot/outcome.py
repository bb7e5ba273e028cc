"""The only two things a decision may do: save records, and put deliveries in the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.messages import Delivery
from bot.model import Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision gives: records to save, records to drop, deliveries to send.

    A record that is saved twice in one outcome keeps its last form.
    """

    saves: tuple[Record, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    #: Records that are gone (a dialogue that is over, a cleared mark).
    drops: tuple[Record, ...] = ()
    #: Persons whose personal data is to be erased everywhere (`/forget`, retention).
    erasures: tuple[int, ...] = ()
    #: True where somebody has told, or is asked, what is not for their partner: they may go on about it.
    telling: bool = False

    def __add__(self, other: Outcome) -> Outcome:
        """Give both, in order."""
        return Outcome(
            self.saves + other.saves,
            self.deliveries + other.deliveries,
            self.drops + other.drops,
            self.erasures + other.erasures,
            self.telling or other.telling,
        )


NOTHING = Outcome()


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Give all of them as one, in order."""
    every = list(outcomes)
    return Outcome(
        tuple(record for outcome in every for record in outcome.saves),
        tuple(delivery for outcome in every for delivery in outcome.deliveries),
        tuple(record for outcome in every for record in outcome.drops),
        tuple(person for outcome in every for person in outcome.erasures),
        any(outcome.telling for outcome in every),
    )
