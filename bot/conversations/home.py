"""A person's own page: where they stand, their partner, the clocks, the week's topic, what can be done.

Computed from the same snapshot as any answer, by the same words; shown when the person looks at it and
after what they do there. Every button on it is a command that can be typed.
"""

from datetime import timedelta

from bot.conversations.absence import is_away
from bot.conversations.calls import Call, Rows
from bot.conversations.forms_filling import FORM
from bot.conversations.forms_offering import choice_rows
from bot.conversations.helping import hello
from bot.conversations.home_after import after
from bot.conversations.home_questions import check_in, keep_in_touch
from bot.conversations.meeting import clocks
from bot.conversations.partner import card, topic_text
from bot.conversations.standing import OVER, is_drafting, stands
from bot.conversations.submission import taking
from bot.conversations.surveys import due
from bot.events import Dismissed, Event, Exchange, Filled, HomeOpened, Tapped
from bot.messages import Address, Choice, Delivery, Message, ShowHome
from bot.model import Person
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program


#: A page that is older than this is not worth showing any more.
FRESH = timedelta(hours=1)


def shown(event: HomeOpened, turn: Turn, program: Program) -> Outcome:
    """Show the page to somebody who looks at it; to look changes nothing."""
    return Outcome(deliveries=(_delivery(event, turn, turn.person, program),))


def with_home(event: Exchange, turn: Turn, outcome: Outcome, program: Program) -> Outcome:
    """Add the page as it is after the outcome, where it was done from there or is wrong now."""
    if not _changes(event, turn, outcome):
        return outcome
    person = turn.person
    if person.id in outcome.erasures:
        nobody = Person(person.id, person.platform, person.account, language=person.language)
        forgotten = Turn(turn.now, nobody, open_round=turn.open_round)
        return outcome + Outcome(deliveries=(_delivery(event, forgotten, person, program, gone=True),))
    return outcome + Outcome(deliveries=(_delivery(event, after(turn, outcome), person, program),))


def page(call: Call) -> tuple[Message, ...]:
    """Give the parts of the page from top to bottom."""
    parts = (
        _standing(call),
        *_partnership(call),
        check_in(call),
        keep_in_touch(call),
        _survey(call),
        _settings(call),
    )
    return tuple(part for part in parts if part.text)


def _changes(event: Exchange, turn: Turn, outcome: Outcome) -> bool:
    if turn.person.id in outcome.erasures or isinstance(event, Dismissed):
        return True
    if isinstance(event, Filled):
        return bool(outcome.deliveries)  # only the last page has a reply
    return isinstance(event, Tapped) and (event.at_home or bool(event.view))


def _delivery(event: Event, turn: Turn, person: Person, program: Program, *, gone: bool = False) -> Delivery:
    """Give the page; who was forgotten just now is found by the account alone."""
    assert isinstance(event, Exchange)
    call = Call(event, turn, program)
    parts = (Message(call.say("home.forgotten"), _begin(call)),) if gone else page(call)
    kind, name = ("chat", person.account) if gone else ("person", str(person.id))
    to = Address(person.platform, kind, name)
    body = ShowHome(person.account, parts)
    return Delivery(f"home/{event.platform}/{event.id}", to, body, event.at, event.at + FRESH)


def _standing(call: Call) -> Message:
    """Say where the person stands, with what is usual now."""
    turn = call.turn
    if turn.application is None and turn.partnership is None and not is_drafting(call):
        return Message(hello(call, turn.person.name), _begin(call))
    head = call.say("home.hello", name=turn.person.name)
    text = f"{head}\n\n{stands(call)}"
    if is_drafting(call):
        return Message(text, choice_rows(call, begun=True))
    if turn.partnership or (turn.application and turn.round and turn.round.state not in OVER):
        return Message(text, _absence(call) if turn.partnership else ())
    return Message(text, _begin(call))


def _begin(call: Call) -> Rows:
    return choice_rows(call) if taking(call.turn, call.program) else call.row("apply")


def _absence(call: Call) -> Rows:
    return call.row("back" if is_away(call.turn.person, call.turn.now) else "away")


def _partnership(call: Call) -> tuple[Message, ...]:
    """Give the partner, the clocks and the topic."""
    turn = call.turn
    if turn.partnership is None or not turn.partners:
        return ()
    cards = "\n\n".join(card(call, one, with_clock=False) for one in turn.partners)
    times = f"{call.say('home.clocks')}\n{clocks(call)}"
    topic = topic_text(call)
    return (
        Message(cards, call.row("partner", "report", "block")),
        Message(times, call.row("when")),
        Message(f"{call.say('home.topic')}\n\n{topic}" if topic else "", call.row("prompt")),
    )


def _survey(call: Call) -> Message:
    which = due(call.turn, call.program)
    if not which or any(given.survey == which for given in call.turn.surveys):
        return Message("")
    count = len(call.program.questions(f"survey-{which}", call.language))
    form = Choice(call.say("forms.button.all"), f"cmd:survey {FORM}")
    return Message(call.say("home.survey", n=count), ((form, *call.row("survey")[0]),))


def _settings(call: Call) -> Message:
    """Give everything else that can be done."""
    turn = call.turn
    lines = f"{call.say('home.you')}\n{call.say('home.answers')}"
    answered = turn.application is not None or bool(turn.person.profile)
    first = ("profile", "withdraw") if _takes_part(turn) else ("profile",) if answered else ()
    edit = (Choice(call.say("forms.button.edit"), f"cmd:profile {FORM}"),) if first else ()
    first_row = (*(call.row(*first)[0] if first else ()), *edit)
    rows = ((first_row,) if first_row else ()) + call.row("status", "language", "help")
    return Message(lines, (*rows, *call.row("privacy", "mydata", "forget")))


def _takes_part(turn: Turn) -> bool:
    return turn.application is not None and turn.round is not None and turn.round.state not in OVER
