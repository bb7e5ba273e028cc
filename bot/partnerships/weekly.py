"""What comes every week: the prompt, the check-in, its one reminder; and the invitations to the surveys."""

from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from bot.deliveries import choices, tell
from bot.markup import Markup
from bot.messages import Choice, Delivery, Message
from bot.model import CheckIn, Contact, Person
from bot.outcome import NOTHING, Outcome
from bot.partnerships.calendar import (
    PROMPT,
    REMINDER_AFTER,
    REMINDER_PATIENCE,
    SETTLING_IN,
    Due,
    days,
    is_there,
    own_moment,
    patience,
    timetable_of,
)
from bot.rooms import post
from bot.rooms.pair import names
from bot.snapshots import Book
from bot.texts import Program
from bot.texts.catalogue import Texts
from bot.texts.topics import Step, Topic
from bot.texts.topics import prompt as prompt_of


Rows: TypeAlias = tuple[tuple[Choice, ...], ...]

#: Rows of the silence ladder's own question have a week above this.
LADDER_ROWS = 1000
ANSWERS = (Contact.MET, Contact.DATE_SET, Contact.NOT_YET, Contact.NEED_HELP)


def prompt(book: Book, due: Due, now: datetime, program: Program) -> Outcome:
    """Give the week's prompt for the pair; the outbox gives up one more than three days late, and says so."""
    return Outcome(deliveries=post_prompt(book, due.week, due.at, program))


def first_prompt(book: Book, week: int, now: datetime, program: Program) -> tuple[Delivery, ...]:
    """Give the prompt of the week in which the partners are introduced: it follows at once."""
    return post_prompt(book, week, now, program)


def post_prompt(book: Book, week: int, at: datetime, program: Program) -> tuple[Delivery, ...]:
    """Write the prompt of a week to the pair."""

    def say(language: str) -> Message:
        return Message(prompt_text(book, week, language, program))

    key = f"prompt/{book.partnership.id}/{week}"
    return post(book, key, say, at, program, patience=patience(program, PROMPT.patience))


def prompt_text(book: Book, week: int, language: str, program: Program) -> str:
    """Give the words of a week's prompt: the topic counts from the partnership's own first week."""
    topic, step = prompt_of(program.topics, week, book.partnership.first_week, book.round.weeks)
    return _prompt_words(program.texts, language, week, topic, step)


@lru_cache(maxsize=2048)
def _prompt_words(texts: Texts, language: str, week: int, topic: Topic, step: Step) -> str:
    """Put a prompt together; kept, for a thousand pairs get the same."""
    lines = [texts.say(language, "partnerships.prompt.heading", week=week, topic=topic.title)]
    lines.append(f"**{step.heading}**\n{step.text}")
    lines.append("\n".join(f"• {question}" for question in step.questions))
    if step.activity:
        lines.append(texts.say(language, "partnerships.prompt.activity", activity=Markup(step.activity)))
    if step.hint:
        lines.append(texts.say(language, "partnerships.prompt.hint", hint=Markup(step.hint)))
    return "\n\n".join(lines)


def check_in(book: Book, due: Due, now: datetime, program: Program) -> Outcome:
    """Ask each partner in private whether they were in touch this week, each on their own clock."""
    if _just_introduced(book, due.at, program):
        return NOTHING
    timetable = timetable_of(book.round, program)
    asked = {row.person for row in book.check_ins if row.week == due.week}
    saves: list[CheckIn] = []
    deliveries: list[Delivery] = []
    for person in book.members:
        own = own_moment(timetable, due.occasion, due.week, person)
        if person.id in asked or not is_there(person, own):
            continue
        # Too late to make sense, the outbox gives it up and says so; then nobody was asked.
        if now <= own + patience(program, due.occasion.patience):
            saves.append(CheckIn(book.partnership.id, person.id, due.week, max(own, now)))
        deliveries.append(_asked(book, person, due, own, program))
    return Outcome(tuple(saves), tuple(deliveries))


def _just_introduced(book: Book, at: datetime, program: Program) -> bool:
    introduced = book.partnership.introduced_at
    return introduced is None or at < introduced + days(program, SETTLING_IN)


def _asked(book: Book, person: Person, due: Due, own: datetime, program: Program) -> Delivery:
    key = f"check-in/{book.partnership.id}/{person.id}/{due.week}"
    message = question(book, person, due.week, "checkins.ask", program)
    return tell(person, key, message, own, program, patience=patience(program, due.occasion.patience))


def question(book: Book, person: Person, week: int, words: str, program: Program) -> Message:
    """Give the check-in of a week with its four buttons, in the words of `words`."""
    partner = names(_others(book, person), person.language, program)
    text = program.say(person.language, words, week=week, partner=partner)
    return Message(text, check_in_buttons(book.partnership.id, week, person.language, program))


def check_in_buttons(partnership: str, week: int, language: str, program: Program) -> Rows:
    """Give the four answers of a check-in as rows of buttons."""
    words = labels(program.texts, language, "checkins.button", ANSWERS)
    return choices(*((label, f"c:{partnership}:{week}:{answer}") for answer, label in words))


@lru_cache(maxsize=1024)
def labels(texts: Texts, language: str, under: str, names_of: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give (name, label) of buttons without values, kept: every check-in has the same."""
    return tuple((name, texts.say(language, f"{under}.{name}")) for name in names_of)


def reminders(book: Book, since: datetime, now: datetime, program: Program) -> Outcome:
    """Remind once, 48 hours after asking, who did not answer; never more."""
    after, span = days(program, REMINDER_AFTER), patience(program, REMINDER_PATIENCE)
    due = [row for row in _unanswered(book) if since - after < row.asked_at <= now - after]
    if not due:
        return NOTHING
    people = {person.id: person for person in book.members if is_there(person, now)}
    deliveries = []
    for row in due:
        if row.person in people:
            key = f"reminder/{row.partnership}/{row.person}/{row.week}"
            message = question(book, people[row.person], row.week, "checkins.remind", program)
            at = row.asked_at + after
            deliveries.append(tell(people[row.person], key, message, at, program, patience=span))
    return Outcome(deliveries=tuple(deliveries))


def next_reminders(book: Book, now: datetime, program: Program) -> list[datetime]:
    """Give the moments at which a reminder may be due."""
    after = days(program, REMINDER_AFTER)
    before = now - after
    return [row.asked_at + after for row in _unanswered(book) if row.asked_at > before]


def _unanswered(book: Book) -> list[CheckIn]:
    return [row for row in book.check_ins if row.answer is None and row.week < LADDER_ROWS]


def survey(book: Book, due: Due, now: datetime, program: Program) -> Outcome:
    """Invite each partner to the mid-round or the end survey; the outbox gives up one that is too late."""
    timetable = timetable_of(book.round, program)
    deliveries = []
    for person in book.members:
        own = own_moment(timetable, due.occasion, due.week, person)
        if not is_there(person, own):
            continue
        which = due.occasion.name
        button = program.say(person.language, "partnerships.survey.button")
        message = Message(
            program.say(person.language, f"partnerships.survey.{which}", round=book.round.name),
            choices((button, "cmd:survey")),
        )
        key = f"survey/{which}/{book.round.id}/{person.id}"
        span = patience(program, due.occasion.patience)
        deliveries.append(tell(person, key, message, own, program, patience=span))
    return Outcome(deliveries=tuple(deliveries))


def _others(book: Book, person: Person) -> tuple[Person, ...]:
    return tuple(member for member in book.members if member.id != person.id)
