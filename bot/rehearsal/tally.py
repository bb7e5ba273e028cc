"""Counts what a rehearsal sent, and writes its transcript: line for line the same for the same seed."""

from collections import Counter
from datetime import datetime, timedelta
from typing import TextIO

from bot.markup import plain
from bot.messages import Message, OpenRoom
from bot.ports import Parcel
from bot.rehearsal.company import Company
from bot.timetable import is_night


#: Somebody who wrote so short a time ago is awake, whatever their clock says.
JUST_WROTE = timedelta(minutes=30)


class Tally:
    """Looks at everything that is sent."""

    def __init__(self, company: Company, transcript: TextIO | None = None) -> None:
        """Take the company, for the hour it is where people are; the transcript is written as it goes."""
        self.company = company
        self.transcript = transcript
        self.kinds: Counter[str] = Counter()
        self.prompts: Counter[str] = Counter()
        self.deliveries = 0
        self.at_night = 0
        self._keys: Counter[str] = Counter()

    @property
    def duplicates(self) -> int:
        """How often something was sent again that had been sent."""
        return sum(count - 1 for count in self._keys.values())

    def watch(self, parcel: Parcel, now: datetime) -> None:
        """Take note of one parcel."""
        self.deliveries += 1
        self._keys[parcel.key] += 1
        kind, _, rest = parcel.key.partition("/")
        self.kinds[kind] += 1
        if kind == "prompt":
            self.prompts[rest.split("/")[0]] += 1
        if self._is_night(parcel, now):
            self.at_night += 1
        if self.transcript is not None:
            self.transcript.write(self._line(parcel, now))

    def _is_night(self, parcel: Parcel, now: datetime) -> bool:
        """Tell whether a reader is asleep who did not just write."""
        for account in parcel.accounts.values() if parcel.to.kind == "room" else (parcel.chat,):
            actor = self.company.actors.get(account)
            if actor is None or not isinstance(parcel.body, Message):
                continue
            spoke = self.company.spoke.get(account)
            awake = spoke is not None and now - spoke <= JUST_WROTE
            if not awake and is_night(now, actor.place.zone):
                return True
        return False

    def _line(self, parcel: Parcel, now: datetime) -> str:
        match parcel.body:
            case Message() as message:
                buttons = " ".join(f"[{choice.label}]" for row in message.rows for choice in row)
                words = " ".join(plain(message.text).split())
            case OpenRoom() as room:
                words, buttons = f"(opens a room: {room.title})", ""
            case other:
                words, buttons = f"({type(other).__name__.lower()})", ""
        return f"{now:%Y-%m-%d %H:%M} {parcel.chat}: {words} {buttons}".rstrip() + "\n"
