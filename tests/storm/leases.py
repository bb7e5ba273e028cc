"""Who had the lane when: the lease's row, looked at twenty times a second."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from tests.storm.books import Books


class Change(NamedTuple):
    """From now on this process has the lane."""

    at: float
    holder: str
    fence: int
    #: When somebody else was seen to have it last: it changed between the two.
    before: float


class LeaseWatch(threading.Thread):
    """Notes every change of the holder."""

    def __init__(self, url: str, lane: str) -> None:
        super().__init__(daemon=True)
        self.changes: list[Change] = []
        self.lane = lane
        self._books = Books(url)
        self._over = threading.Event()

    def run(self) -> None:
        """Look until `end`."""
        looked = time.time()
        while not self._over.wait(0.05):
            before, looked = looked, time.time()
            try:
                rows = self._books.rows("SELECT holder, fence FROM lease WHERE lane = :lane", lane=self.lane)
            except SQLAlchemyError:
                continue  # there are no tables yet
            for holder, fence in rows:
                if not self.changes or self.changes[-1].fence != fence:
                    self.changes.append(Change(time.time(), holder, fence, before))

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        if self.ident:
            self.join(10)
        self._books.close()

    def holder_at(self, at: float) -> str:
        """Give who had the lane then."""
        return next((change.holder for change in reversed(self.changes) if change.at <= at), "")

    def may_have_had(self, holder: str, at: float) -> bool:
        """Tell whether that one can have had the lane then: it may just have got it, unseen."""
        gained = any(each.holder == holder and each.before <= at <= each.at for each in self.changes)
        return gained or self.holder_at(at) == holder

    def taken_over(self, holder: str, since: float) -> float | None:
        """Give after how many seconds another took the lane; None when that one had none, or nobody did."""
        if self.holder_at(since) != holder:
            return None
        later = (change for change in self.changes if change.at > since and change.holder != holder)
        return next((change.at - since for change in later), None)
