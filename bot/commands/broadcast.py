"""Writing to many people at once: to all, to those in one state, to a country, to a platform."""

from collections.abc import Callable

from bot.commands.ambassadors import country_code
from bot.commands.command import Answer, Call
from bot.commands.grammar import bare
from bot.deliveries import tell
from bot.markup import Markup, escape
from bot.messages import Message
from bot.model import ApplicationState, Person
from bot.texts.names import country_name


LONGEST = 3_000
#: Words for the states of applications that a broadcast can be for.
STATES = {
    "waiting": (ApplicationState.SUBMITTED, ApplicationState.WAITING, ApplicationState.LATE),
    "unplaced": (ApplicationState.UNPLACED,),
    "placed": (ApplicationState.PLACED,),
    "alone": (ApplicationState.ALONE,),
    "accepted": (ApplicationState.ACCEPTED,),
}
#: `all` means everybody who takes part in the round or wants to.
PART = frozenset(ApplicationState) - {ApplicationState.WITHDRAWN}
EVERYBODY = frozenset({"all", "everybody", "everyone"})
PLATFORMS = frozenset({"telegram", "slack", "playground"})


def preview(call: Call) -> Answer:
    """Show the message as it will be read, and say how many will."""
    to, text = call.args[0], call.args[1].strip()
    if len(text) > LONGEST:
        return call.refuse("broadcast.long", n=len(text), most=LONGEST)
    choose = _chooser(call, to)
    if choose is None:
        return call.refuse("broadcast.nobody-is", what=to)
    people = _audience(call, choose)
    if not people:
        return call.refuse("broadcast.nobody", to=_who(call, to))
    return call.answer("broadcast.preview", n=len(people), to=_who(call, to), text=text)


def broadcast(call: Call) -> Answer:
    """Write to them, each in private and not in their night."""
    to, text = call.args[0], call.args[1].strip()
    choose = _chooser(call, to)
    assert choose is not None
    people = _audience(call, choose)
    name = f"broadcast/{call.event.platform}/{call.event.id}"
    deliveries = tuple(
        tell(each, f"{name}/{each.id}", _message(call, each, text), call.desk.now, call.program)
        for each in people
    )
    return Answer(
        call.say("broadcast.done", n=len(people), to=_who(call, to)),
        deliveries=deliveries,
        audit="broadcast",
        about=f"{to.lower()}: {len(people)}",
    )


def _message(call: Call, person: Person, text: str) -> Message:
    return Message(call.program.say(person.language, "directors.told.broadcast", text=text))


def _audience(call: Call, choose: Callable[[Person], bool]) -> tuple[Person, ...]:
    """Give those who can be written to, in order of their ids, each once."""
    people = {each.id: each for each in call.desk.people}
    return tuple(
        people[ident] for ident in sorted(people) if _can_read(people[ident]) and choose(people[ident])
    )


def _can_read(person: Person) -> bool:
    return person.reachable and person.erased_at is None and person.removed_at is None


def _chooser(call: Call, to: str) -> Callable[[Person], bool] | None:
    """Give the rule that says who is meant, None where nobody knows the word."""
    word = to.casefold()
    if word in EVERYBODY:
        part = _in_state(call, tuple(PART))
        return lambda person: person.id in part
    if word in STATES:
        ids = _in_state(call, STATES[word])
        return lambda person: person.id in ids
    if word in PLATFORMS:
        part = _in_state(call, tuple(PART))
        return lambda person: person.id in part and person.platform == word
    if word == "ambassadors":
        return lambda person: bool(person.ambassador_for)
    code = _country(call, to)
    part = _in_state(call, tuple(PART))
    return (lambda person: person.id in part and person.country == code) if code else None


def _in_state(call: Call, states: tuple[ApplicationState, ...]) -> frozenset[int]:
    here = call.desk.round
    found = (each for each in call.desk.applications if here is not None and each.round == here.id)
    return frozenset(each.person for each in found if each.state in states)


def _country(call: Call, to: str) -> str:
    return country_code(bare(to.removeprefix("country ")), call.language)


def _who(call: Call, to: str) -> Markup:
    """Give who is meant, in words."""
    word = to.casefold()
    if word in EVERYBODY | PLATFORMS | set(STATES) | {"ambassadors"}:
        return Markup(call.say(f"broadcast.to.{'all' if word in EVERYBODY else word}"))
    return Markup(escape(country_name(_country(call, to), call.language)))
