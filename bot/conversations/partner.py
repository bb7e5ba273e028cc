"""The partner and the week's topic, on request: only what the partner ticked, and the hour it is there."""

from bot.conversations.absence import is_away
from bot.conversations.calls import Call
from bot.conversations.standing import week
from bot.deliveries import mention
from bot.model import Person
from bot.outcome import Outcome
from bot.partnerships import weekly
from bot.snapshots import Book
from bot.wording import local_time, shown_to_partner


def partner(call: Call) -> Outcome:
    """Say who the partner is."""
    if call.turn.partnership is None or not call.turn.partners:
        return call.answer(call.say("people.no-partner"), call.row("status", "help"))
    cards = "\n\n".join(card(call, one) for one in call.turn.partners)
    return call.answer(cards, (*call.row("when", "prompt"), *call.row("report", "block")))


def card(call: Call, person: Person, *, with_clock: bool = True) -> str:
    """Give what one may know of a partner."""
    head = call.say("people.card.head", name=mention(person))
    shown = shown_to_partner(person, call.language, call.program)
    lines = [call.say("people.card.line", label=label, value=words) for label, words in shown]
    time = local_time(call.turn.now, person.zone, call.spoken) if person.zone and with_clock else ""
    clock = [call.say("people.card.time", time=time)] if time else []
    away = [call.say("people.card.away")] if is_away(person, call.turn.now) else []
    return "\n".join((head, *lines, *clock, *away))


def topic(call: Call) -> Outcome:
    """Give this week's topic again."""
    text = topic_text(call)
    if not text:
        return call.answer(call.say("people.no-topic"), call.row("status", "help"))
    return call.answer(text, call.row("when", "partner"))


def topic_text(call: Call) -> str:
    """Give this week's topic; "" when there is none."""
    turn = call.turn
    now = week(call)
    if turn.partnership is None or turn.its_round is None or now == 0 or not call.program.topics:
        return ""
    book = Book(turn.partnership, turn.its_round, (turn.person, *turn.partners))
    its_week = max(min(now, turn.its_round.weeks), turn.partnership.first_week)
    return weekly.prompt_text(book, its_week, call.language, call.program)
