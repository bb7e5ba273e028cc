"""The people of one partnership at one moment: what every rule about rooms looks at."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.deliveries import tell
from bot.markup import Markup, escape
from bot.messages import Address, Delivery, Message, RoomDeed, Tend
from bot.model import DirectorsRoom, Partnership, PartnershipState, Person
from bot.snapshots import Book, Turn
from bot.texts import Program


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LIVE = frozenset({PartnershipState.OPENING, PartnershipState.RUNNING})


@dataclass(frozen=True, slots=True)
class Pair:
    """A partnership with its members in their order, and the time."""

    partnership: Partnership
    members: tuple[Person, ...]
    now: datetime
    directors_room: DirectorsRoom | None = None

    @property
    def missing(self) -> tuple[Person, ...]:
        """The members who are not known to be in the shared chat."""
        return tuple(member for member in self.members if member.id not in self.partnership.present)

    def others(self, person: Person) -> tuple[Person, ...]:
        """Give the partners of `person`."""
        return tuple(member for member in self.members if member.id != person.id)

    def has(self, person: Person) -> bool:
        """Tell whether the person is one of the partners."""
        return person.id in self.partnership.members

    def now_with(self, partnership: Partnership) -> "Pair":
        """Give the same people with a changed partnership."""
        return replace(self, partnership=partnership)


def of_book(book: Book, now: datetime) -> Pair:
    """Give the pair of a book."""
    return Pair(book.partnership, book.members, now, book.directors_room)


def of_turn(turn: Turn, partnership: Partnership) -> Pair:
    """Give the pair of a turn; the turn's person may be a stranger to it."""
    known = {person.id: person for person in (*turn.partners, turn.person)}
    members = tuple(known[member] for member in partnership.members if member in known)
    return Pair(partnership, members, turn.now, turn.directors_room)


def names(people: tuple[Person, ...], language: str, program: Program) -> Markup:
    """Give the people's names as one phrase: "Ana", "Ana and Ben", "Ana, Ben and Cho"."""
    shown = [escape(person.name or "…") for person in people]
    if len(shown) < 2:
        return Markup("".join(shown))
    return Markup(
        program.say(language, "rooms.and", some=Markup(", ".join(shown[:-1])), last=Markup(shown[-1]))
    )


def room_key(pair: Pair, about: str) -> str:
    """Give a key that is the same for the same occasion of this partnership's way to a room."""
    at = pair.partnership.step_at or pair.now
    return f"room/{pair.partnership.id}/{about}/{(at - EPOCH) // MILLISECOND}"


def write(
    pair: Pair, person: Person, about: str, message: Message, program: Program, *, awake: bool = False
) -> Delivery:
    """Write to one member in private; `awake` is somebody who acted just now: no night holds it."""
    key = f"{room_key(pair, about)}/{person.id}"
    delivery = tell(person, key, message, pair.now, program, patience=timedelta(days=3))
    return replace(delivery, zones=()) if awake else delivery


def tend(pair: Pair, deed: RoomDeed, about: str, *, account: str = "", url: str = "") -> Delivery:
    """Do a deed in the pair's chat, once for the same occasion."""
    partnership = pair.partnership
    body = Tend(deed, partnership.chat, partnership.id, account, url)
    to = Address(partnership.platform, "chat", partnership.chat)
    key = f"{room_key(pair, deed.value)}/{partnership.chat}/{about}"
    return Delivery(key, to, body, pair.now, pair.now + timedelta(days=1))
