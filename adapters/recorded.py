"""A chat that keeps what it is given: for tests and rehearsals. It opens every room at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.events import RoomOpened
from bot.messages import OpenRoom
from bot.ports import ChatError, Clock, Parcel, Sent


@dataclass
class RecordedChat:
    """Takes every parcel, in order; `refuse` may raise one of the ChatErrors instead."""

    clock: Clock
    platform: str = "playground"
    parcels: list[Parcel] = field(default_factory=list)
    #: Called with every parcel before the refusal: what a rehearsal's people look at.
    watch: Callable[[Parcel], None] | None = None
    refuse: Callable[[Parcel], ChatError | None] | None = None
    keep: bool = True

    async def send(self, parcel: Parcel) -> Sent:
        """Keep the parcel; a room that is asked for is there at once, named after its partnership."""
        error = self.refuse(parcel) if self.refuse else None
        if error is not None:
            raise error
        if self.keep:
            self.parcels.append(parcel)
        if self.watch is not None:
            self.watch(parcel)
        if isinstance(parcel.body, OpenRoom):
            return Sent(parcel.key, (self._opened(parcel, parcel.body),))
        return Sent(str(parcel.number))

    def _opened(self, parcel: Parcel, body: OpenRoom) -> RoomOpened:
        return RoomOpened(
            id=f"opened/{parcel.key}",
            platform=self.platform,
            at=self.clock.now(),
            chat=f"room/{body.partnership}",
            private=False,
            about=body.partnership,
            checked=True,
        )
