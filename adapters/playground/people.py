"""The simulated people of the page: they also notice when a partner who is played by hand falls silent."""

from datetime import datetime, timedelta

from bot.ports import Parcel
from bot.rehearsal.company import Company
from bot.rehearsal.people import Actor


#: Who is played by hand and did nothing for so long is silent in the eyes of their partner.
PATIENCE = timedelta(days=6)


class Neighbours(Company):
    """A company in which some are played by hand."""

    _heard_at: datetime | None = None

    def hear(self, parcel: Parcel, now: datetime) -> None:
        """Take note of what reached somebody, and plan what they do about it."""
        self._heard_at = now
        super().hear(parcel, now)

    def _answers(self, actor: Actor) -> bool:
        """Tell whether a partner still answers; by hand, doing anything counts."""
        partners = self._partners.get(actor.account, ())
        if not partners or not self.by_hand.issuperset(partners):
            return super()._answers(actor)
        return any(self._lively(partner) for partner in partners)

    def _lively(self, account: str) -> bool:
        spoke = self.spoke.get(account)
        return spoke is not None and (self._heard_at is None or self._heard_at - spoke < PATIENCE)
