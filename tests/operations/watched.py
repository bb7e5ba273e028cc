"""A bot whose store counts and which is watched, as `antipode run` puts them together."""

from adapters.metrics import as_text
from bot.entry.meter import Counted, Meter
from bot.entry.watch import Watch
from bot.ports import Store
from bot.sender import Lane
from storage import StoreImplementation
from tests.core.running import Running


class WatchedBot(Running):
    """`Running`, watched."""

    def __init__(self, store: StoreImplementation) -> None:
        super().__init__(store)
        self.meter = Meter()
        counted: Store = Counted(store, self.meter, self.clock.now, self.clock.monotonic)
        self.bot.store = counted
        self.lane = Lane(self.chat, counted, self.clock, self.bot.handle)
        self.watch = Watch(store, self.meter, self.clock.now, ("playground",))

    async def metrics(self) -> dict[str, float]:
        """Give every line of /metrics that is ours: its name with labels, and its number."""
        text = as_text(await self.watch.families()).decode()
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("antipode_")]
        return {name: float(value) for name, value in lines}
