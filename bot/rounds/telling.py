"""What a look at a round tells people and directors, with the keys that make it once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deliveries import choices, tell, tell_directors
from bot.messages import Choice, Delivery, Message
from bot.model import Application, ApplicationState, Partnership, Person, Round
from bot.rooms.pair import names
from bot.rounds.drafting import quality
from bot.snapshots import Hall
from bot.texts import Program
from bot.timetable import WEEK


#: The figures of a draft that the directors read.
FIGURES = (
    "people",
    "placed",
    "placed_max",
    "pairs",
    "trios",
    "unplaced",
    "worst",
    "p5",
    "wishes",
    "wishes_met",
)
#: The thanks for an application may wait for the platform's pace; what became of it is told after them.
AFTER_THANKS = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one round: what is known, when, and the program's words."""

    hall: Hall
    now: datetime
    program: Program

    @property
    def round(self) -> Round:
        """The round that is looked at."""
        return self.hall.round

    def days(self, count: float) -> timedelta:
        """Give how long `count` days of the program last; a second at the least, whatever the pace."""
        return max(self.program.pace * count / 7, timedelta(seconds=1))


def opened(look: Look, person: Person) -> Delivery:
    """Tell somebody who asked for it, or took part before, that the round takes applications."""
    closes = look.round.closes_at
    until = closes - look.now if closes and closes > look.now else 2 * WEEK
    words = "again" if person.profile else "news"
    text = _say(look, person, f"rounds.open.{words}", name=person.name or "…")
    button = look.program.say(person.language, "rounds.open.button")
    message = Message(text, choices((button, "cmd:apply")))
    key = f"open/{look.round.id}/{person.id}"
    return tell(person, key, message, look.now, look.program, patience=until)


def accepted(look: Look, before: Application, person: Person) -> Delivery:
    """Tell an applicant that they take part; `before` is the application as it was."""
    moved = before.state is ApplicationState.WAITING
    return _admission(look, before, person, "moved-up" if moved else "accepted")


def waits(look: Look, application: Application, person: Person, place: int) -> Delivery:
    """Tell an applicant that their country's share is full, and their place in its queue."""
    return _admission(look, application, person, "waiting", place=place)


def _admission(
    look: Look, application: Application, person: Person, words: str, **values: str | int
) -> Delivery:
    text = _say(look, person, f"rounds.admission.{words}", **values)
    key = f"{words}/{look.round.id}/{person.id}/{int(application.submitted_at.timestamp())}"
    at = max(look.now, application.submitted_at + AFTER_THANKS)
    return tell(person, key, Message(text), at, look.program, patience=timedelta(days=5))


def unplaced(look: Look, application: Application, person: Person) -> Delivery:
    """Tell somebody that there is no partner for them yet, why, and what happens next."""
    rule = application.why if application.state is ApplicationState.UNPLACED else "waiting"
    if not look.program.texts.has(f"rounds.unplaced.{rule}"):
        rule = "contested"
    why = look.program.say(person.language, f"rounds.unplaced.{rule}")
    text = _say(look, person, "rounds.unplaced-because", why=why)
    message = Message(text, _back_button(look, person) if rule == "back" else ())
    key = f"unplaced/{look.round.id}/{person.id}"
    return tell(person, key, message, look.now, look.program, patience=WEEK)


def still_looking(look: Look, person: Person, words: str) -> Delivery:
    """Tell somebody once that no partner was found so far: "looking", "late" or "back"."""
    text = _say(look, person, f"rounds.rematch.{words}")
    message = Message(text, _back_button(look, person) if words == "back" else ())
    key = f"{words}/{look.round.id}/{person.id}"
    return tell(person, key, message, look.now, look.program, patience=WEEK)


def over(look: Look, person: Person) -> Delivery:
    """Tell somebody who had no partner at the end that the round is over, and what comes next."""
    text = _say(look, person, "rounds.over")
    key = f"over/{look.round.id}/{person.id}"
    return tell(person, key, Message(text), look.now, look.program, patience=2 * WEEK)


def found(look: Look, partnership: Partnership, person: Person, people: tuple[Person, ...]) -> Delivery:
    """Tell somebody who waited that there is a partner; the way to the room follows."""
    others = tuple(each for each in people if each.id != person.id)
    partner = names(others, person.language, look.program)
    text = _say(look, person, "rounds.rematch.found", partner=partner)
    key = f"found/{partnership.id}/{person.id}"
    return tell(person, key, Message(text), look.now, look.program, patience=WEEK)


def joined(look: Look, partnership: Partnership, person: Person, third: Person) -> Delivery:
    """Tell one of a pair who welcomed a third that somebody joins them."""
    text = _say(look, person, "rounds.rematch.joined", third=third.name or "…")
    key = f"found/{partnership.id}/{person.id}"
    return tell(person, key, Message(text), look.now, look.program, patience=WEEK)


def may_join(look: Look, partnership: Partnership, person: Person, partner: Person) -> Delivery:
    """Ask one of a lively pair whether a third would be welcome."""
    say, language = look.program.say, person.language
    taps = ((say(language, f"ladder.button.{tap}"), f"l:{partnership.id}:0:{tap}") for tap in _THIRD)
    name = names((partner,), language, look.program)
    message = Message(say(language, "ladder.third.ask", partner=name), choices(*taps))
    key = f"third/{partnership.id}/{person.id}"
    return tell(person, key, message, look.now, look.program, patience=timedelta(days=3))


def drafted(look: Look, round: Round) -> tuple[Delivery, ...]:  # noqa: A002 - the record's own name
    """Show the directors how good the draft of this round is, with what they usually do next."""
    report = quality(round)
    figures = {name: report.get(name, 0) for name in FIGURES}
    taps = {"pairs": "d:pairs", "start": "d:round start"}
    rows = choices(
        *((look.program.say("en", f"rounds.directors.button.{tap}"), value) for tap, value in taps.items())
    )
    text = look.program.say("en", "rounds.directors.drafted", round=round.name, **figures)
    key = f"draft/{round.id}/{int(look.now.timestamp())}"
    return tell_directors(look.hall.directors_room, key, Message(text, rows), look.now)


def directors(look: Look, words: str, about: str, /, **values: str | int) -> tuple[Delivery, ...]:
    """Tell the directors something about the round; `about` makes its key."""
    text = look.program.say("en", f"rounds.directors.{words}", round=look.round.name, **values)
    key = f"{words}/{look.round.id}/{about}"
    return tell_directors(look.hall.directors_room, key, Message(text), look.now)


def _say(look: Look, person: Person, words: str, /, **values: str | int) -> str:
    return look.program.say(person.language, words, round=look.round.name, **values)


def _back_button(look: Look, person: Person) -> tuple[tuple[Choice, ...], ...]:
    return choices((look.program.say(person.language, "rounds.back-button"), "cmd:back"))


_THIRD = ("third-yes", "third-no")
