"""A round's rooms on the wire: the bot with database and pace opens them, introduces, tells directors."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.slack.limits import pace
from bot.app import Bot
from bot.events import Event, Said, Sender
from bot.messages import Address, Delivery, Message
from bot.model import DirectorsRoom, Membership, Partnership, PartnershipState, Record, Round, RoundState
from bot.outcome import Outcome
from bot.pacer import Pacer
from bot.sender import Lane
from bot.texts import load_program
from storage import StoreImplementation, open_store
from tests.fresh import fresh_url
from tests.slack.sending import FAST, Sending, sending
from tests.slack_server import Channel, Fault, Limits, Person
from tests.strict.signal import pause
from tests.strict.stage import LOOK_AGAIN


@dataclass
class Running:
    """A bot that sends by the chat of `sending`."""

    s: Sending
    bot: Bot
    store: StoreImplementation
    desk: Channel

    async def pairs(self, *groups: Sequence[Person]) -> None:
        """Approve partnerships of these people, and let their way to a room begin."""
        now = self.bot.clock.now()
        saves: list[Record] = [
            Round("spring", "Spring", RoundState.RUNNING, started_at=now - timedelta(hours=1))
        ]
        for number, people in enumerate(groups, 1):
            ids = tuple([await self._met(person) for person in people])
            name, state = f"spring.{number}", PartnershipState.OPENING
            saves.append(Partnership(name, "spring", number, "slack", ids, state, ids[0], look_at=now))
            saves += [Membership(name, person, "spring") for person in ids]
        async with self.store.unit() as unit:
            await unit.save(Outcome(tuple(saves)), now)

    async def writes(self, words: str, person: Person) -> None:
        """Let something be sent to somebody in private."""
        now = self.bot.clock.now()
        to = Address("slack", "chat", self.s.account(person))
        await self.store.put([Delivery(words, to, Message(words), now)], now)

    async def until(self, words: str, times: int) -> None:
        """Wait until so many messages with these words have arrived."""
        async with asyncio.timeout(20):
            while self.s.server.times_told(words) < times:
                with self.s.server.stage.signal.listening() as changed:
                    await self.bot.tick()
                    await pause(changed, LOOK_AGAIN)

    async def _met(self, person: Person) -> int:
        account, now = self.s.account(person), self.bot.clock.now()
        who = Sender(account, person.name, person.name.lower(), "en")
        event: Event = Said(id=account, platform="slack", at=now, chat=account, sender=who, text="")
        async with self.store.unit() as unit:
            (turn,) = await unit.turns(await unit.fresh([event]), now)
        assert turn is not None
        return turn.person.id


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Running]:
    async with sending(limits=Limits(speed=FAST)) as s:
        desk = s.server.channel("directors", s.server.user("Dora"))
        store = open_store(fresh_url(folder / "bot.db"))
        bot = Bot(store, load_program(), s.chat.clock)
        room = DirectorsRoom("slack", s.place(desk.id), bot.clock.now())
        async with store.unit() as unit:
            await unit.save(Outcome((room,)), bot.clock.now())
        lane = Lane(s.chat, store, bot.clock, bot.handle, pacer=Pacer(pace().faster(FAST)))
        awake = asyncio.Event()
        bot.sleepers.append(awake)
        task = asyncio.create_task(lane.keep_delivering(awake))
        try:
            yield Running(s, bot, store, desk)
            assert not task.done()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await store.close()


async def test_every_pair_is_introduced_once_in_its_own_room(tmp_path: Path) -> None:
    async with running(tmp_path) as r:
        people = [r.s.server.user(f"Person {number}") for number in range(24)]

        await r.pairs(*zip(people[::2], people[1::2], strict=True))
        await r.until("please meet each other", 12)
        await r.until("Saying hello", 12)

        rooms = r.s.server.rooms()
        assert {tuple(room.names[:2]) for room in rooms} == {
            (f"Person {number}", f"Person {number + 1}") for number in range(0, 24, 2)
        }
        assert [r.s.server.times_told("please meet each other", room) for room in rooms] == [1] * 12
        assert r.s.server.world.pacer.refused == {}


async def test_one_who_is_gone_becomes_a_case_their_partner_hears_of_it_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as r:
        ana, ben, cho, dia, eva = (r.s.server.user(name) for name in ("Ana", "Ben", "Cho", "Dia", "Eva"))
        gone, late = r.s.server.user("Gone", deleted=True), r.s.server.user("Late", deleted=True)

        await r.pairs((ana, gone), (ben, cho), (dia, late, eva))
        await r.until("please meet each other", 2)
        await r.until("*cannot be reached* any more", 2)
        await r.until("I cannot reach Gone", 1)

        assert {tuple(room.names) for room in r.s.server.rooms()} == {
            ("Ben", "Cho", "Antipode"),
            ("Dia", "Eva", "Antipode"),
        }
        cases = "\n".join(r.desk.sees())
        assert f"<@{gone.id}> *cannot be reached* any more: spring.1." in cases
        assert f"<@{late.id}> *cannot be reached* any more: spring.3." in cases


async def test_an_outage_while_a_room_is_opened_only_delays_it(tmp_path: Path) -> None:
    async with running(tmp_path) as r:
        ana, ben = r.s.server.user("Ana"), r.s.server.user("Ben")
        r.s.server.faults.plan("conversations.open", Fault.RESET_BEFORE)
        r.s.server.faults.plan("conversations.open", Fault.UNAVAILABLE)

        await r.pairs((ana, ben))
        await r.until("please meet each other", 1)

        assert r.s.server.times_told("please meet each other") == 1
        assert [room.names for room in r.s.server.rooms()] == [["Ana", "Ben", "Antipode"]]


async def test_a_refusal_of_rooms_holds_up_no_message(tmp_path: Path) -> None:
    async with running(tmp_path) as r:
        ana, ben, cho = (r.s.server.user(name) for name in ("Ana", "Ben", "Cho"))
        r.s.server.faults.retry_after = 2
        r.s.server.faults.plan("conversations.open", Fault.TOO_MANY)
        await r.pairs((ana, ben))
        await r.bot.tick()
        await r.s.server.until(lambda: r.s.server.faults.happened[Fault.TOO_MANY])

        await r.writes("Hello, Cho", cho)
        await r.until("Hello, Cho", 1)
        rooms = r.s.server.rooms()
        await r.until("please meet each other", 1)

        assert (rooms, len(r.s.server.rooms())) == ([], 1)


async def test_a_workspace_whose_token_was_revoked_holds_up_no_other(tmp_path: Path) -> None:
    async with running(tmp_path) as r:
        museums = r.s.server.new_team("Museums")
        eve, ana = r.s.server.user("Eve", team=museums), r.s.server.user("Ana")
        assert museums.install is not None
        museums.install.dead = "token_revoked"

        for number in range(5):
            await r.writes(f"Hello, Eve {number}", eve)
            await r.writes(f"Hello, Ana {number}", ana)
        await r.until("Hello, Ana 4", 1)

        assert r.s.server.times_told("Hello, Eve") == 0
        assert len([call for call in r.s.server.calls if call.error]) <= 1
