"""A stage for one person and the bot: events go in, outcomes are applied to plain records."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.conversations import advance
from bot.events import Event, Said, Sender, Tapped
from bot.markup import plain
from bot.messages import Choice, Delivery, Message
from bot.model import (
    Application,
    ApplicationState,
    Case,
    Dialogue,
    Partnership,
    PartnershipState,
    Person,
    Record,
    RoomKind,
    Round,
    RoundState,
    SurveyAnswer,
)
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program, load_program


NOW = datetime(2027, 1, 9, 17, 5, tzinfo=UTC)  # a Saturday
ANA = Person(7, "telegram", "77", chat="77", name="Ana")
BEN = Person(
    8,
    "telegram",
    "88",
    chat="88",
    name="Ben",
    zone="Asia/Kolkata",
    country="IN",
    profile={
        "country": "IN",
        "languages": ["en", "hi"],
        "sector": "academic",
        "hours": ["Mo18+3", "Tu18+3", "Sa09+4"],
        "about": "I like *stars* [and](https://links.example)",
        "share": ["country", "about"],
    },
)
OPEN = Round(
    "spring-2027",
    "Spring 2027",
    RoundState.OPEN,
    closes_at=NOW + timedelta(days=20),
    starts_at=NOW + timedelta(days=30),
)
RUNNING = replace(OPEN, state=RoundState.RUNNING, started_at=NOW - timedelta(days=57))
PAIR = Partnership(
    "spring-2027.17",
    "spring-2027",
    17,
    "telegram",
    (7, 8),
    PartnershipState.RUNNING,
    7,
    room=RoomKind.GROUP,
    chat="-100",
    introduced_at=NOW - timedelta(days=57),
)


@cache
def program() -> Program:
    """Give the built-in program, read once."""
    return load_program(bot_names={"telegram": "antipode_bot"})


@dataclass
class Stage:
    """What is kept between two events."""

    turn: Turn = field(default_factory=lambda: Turn(NOW, ANA, open_round=OPEN))
    count: int = 0
    saved: list[Record] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    message: Message = field(default_factory=lambda: Message(""))
    replies: list[Delivery] = field(default_factory=list)

    def say(self, text: str, **more: object) -> str:
        """Let the person write; give the words of the reply."""
        return self.happen(self._said(text, **more))

    def tap(self, label_or_value: str, **more: object) -> str:
        """Let the person tap a button of the last message by its label, or any value."""
        found = next((one.value for one in self.buttons if one.label == label_or_value), label_or_value)
        return self.happen(self._tapped(found, **more))

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.turn = replace(self.turn, now=self.turn.now + timedelta(**span))

    def happen(self, event: Event) -> str:
        """Decide about the event and apply what was decided."""
        outcome = advance(event, self.turn, program())
        self.apply(outcome)
        mine = [one for one in outcome.deliveries if one.key.startswith("reply/")]
        if mine and isinstance(mine[0].body, Message):
            self.message = mine[0].body
        self.replies = mine
        return plain(self.message.text) if mine else ""

    @property
    def buttons(self) -> list[Choice]:
        """The buttons of the last reply."""
        return [choice for row in self.message.rows for choice in row]

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons of the last reply."""
        return [choice.label for choice in self.buttons]

    def of(self, kind: type[Record]) -> list[Record]:
        """Give the records of a kind that were saved, in order."""
        return [record for record in self.saved if isinstance(record, kind)]

    def apply(self, outcome: Outcome) -> None:
        """Keep what was saved as the next turn sees it."""
        self.saved += outcome.saves
        self.sent += outcome.deliveries
        self.erased += outcome.erasures
        for record in outcome.saves:
            self._keep(record)
        for record in outcome.drops:
            if isinstance(record, Dialogue):
                self.turn = replace(self.turn, dialogue=None)

    def _keep(self, record: Record) -> None:
        match record:
            case Dialogue():
                self.turn = replace(self.turn, dialogue=record)
            case Person() if record.id == self.turn.person.id:
                self.turn = replace(self.turn, person=record)
            case Application() if record.state == "withdrawn":
                self.turn = replace(self.turn, application=None, round=None)
            case Application():
                its_round = self.turn.open_round or self.turn.round
                self.turn = replace(self.turn, application=record, round=its_round)
            case SurveyAnswer():
                self.turn = replace(self.turn, surveys=(*self.turn.surveys, record))
            case Partnership() if record.state == PartnershipState.DISSOLVED:
                self.turn = replace(self.turn, partnership=None, partners=())
            case Case() | _:
                pass

    def _said(self, text: str, **more: object) -> Said:
        self.count += 1
        told = self._base() | {"text": text, "ref": f"m{self.count}"} | more
        return Said(**told)  # type: ignore[arg-type]

    def _tapped(self, value: str, **more: object) -> Tapped:
        self.count += 1
        return Tapped(**self._base(), value=value, ref=f"m{self.count}", **more)  # type: ignore[arg-type]

    def _base(self) -> dict[str, object]:
        sender = Sender("77", "Ana")
        return {
            "id": str(self.count),
            "platform": "telegram",
            "at": self.turn.now,
            "chat": "77",
            "sender": sender,
        }


def paired(room: RoomKind = RoomKind.GROUP) -> Stage:
    """Give a stage in week 9 of a round, with Ben as the partner."""
    application = Application(
        "spring-2027",
        7,
        ApplicationState.PLACED,
        {"name": "Ana"},
        NOW - timedelta(days=80),
        country="BR",
    )
    person = replace(ANA, zone="America/Sao_Paulo", country="BR")
    return Stage(
        Turn(
            NOW,
            person,
            application=application,
            round=RUNNING,
            partnership=replace(PAIR, room=room, chat="-100" if room == RoomKind.GROUP else ""),
            partners=(BEN,),
        )
    )


def told_to_ben(stage: Stage) -> list[str]:
    """Give what Ben was told."""
    return [one.body.text for one in stage.sent if one.to.id == "8" and isinstance(one.body, Message)]
