"""A question as a message: its words, its options as rows of buttons, and how one gets on or back.

Never more than eight rows: a long list of options is shown in pages.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence

from bot.conversations.asked import Asked
from bot.conversations.readers import reader_of
from bot.conversations.stand import Walk
from bot.conversations.tables import APPLICATION, MORE
from bot.markup import Markup
from bot.messages import Choice, Message
from bot.texts import Option, Question
from bot.texts.catalogue import fill
from bot.texts.names import city_of
from bot.texts.reading.places import unlike, zones_of
from bot.wording import in_words, local_time


#: Rows of buttons under one message.
MOST_ROWS = 8
_WIDTHS = ((3, 5), (9, 3), (20, 2))


def asked(walk: Walk, question: Question) -> Asked:
    """Give the question with what its reader must know."""
    today = walk.turn.now.date()
    table = walk.questions
    return Asked(question, walk.dialogue.answers, walk.language, today, table)


def ask(
    walk: Walk, question: Question, *, note: str = "", guesses: Sequence[str] = (), page: int = 0
) -> Message:
    """Give the question as a message; `note` goes before it, `guesses` are offered before the options."""
    text = _words(walk, question)
    lines = (note, _now_kept(walk, question), text)
    rows = _rows(walk, question, guesses, page)
    return Message("\n\n".join(line for line in lines if line), rows)


def ask_on(walk: Walk, question: Question, note: str, *, page: int = 0) -> Message:
    """Give the question once more in short: what is ticked so far, and the buttons."""
    return Message(note, _rows(walk, question, (), page))


def ask_again(walk: Walk, question: Question, what: str, guesses: Sequence[str]) -> Message:
    """Give the question again with what was not understood and the guesses as buttons."""
    values = {**_values(walk), "what": clipped(what, 60) or "…"}
    return Message(fill(question.again or question.ask, values), _rows(walk, question, guesses, 0))


def pick_label(walk: Walk, question: Question, pick: str) -> str:
    """Give a pick in words."""
    context = asked(walk, question)
    return in_words(question, reader_of(question).value(context, (pick,)), walk.language, walk.program)


def option_label(walk: Walk, question: Question, option: str) -> str:
    """Give an option, a pick or a guess in words."""
    named = next((one.label for one in options_of(walk, question) if one.id == option), "")
    if named:
        return named
    if question.kind == "zone":
        return _zone_label(walk, option)
    if reader_of(question).several:
        return pick_label(walk, question, option)
    return in_words(question, option, walk.language, walk.program)


def options_of(walk: Walk, question: Question) -> tuple[Option, ...]:
    """Give the options of a question; some follow from what is known already."""
    if question.kind == "fields":
        return tuple(Option(one.id, one.label) for one in walk.questions if one.shareable)
    if question.kind == "zone":
        return tuple(Option(zone, _zone_label(walk, zone)) for zone in _likely_zones(walk))
    return question.options


def page_of(walk: Walk, question: Question, option: str) -> int:
    """Give the page an option is on; the first for what is no option."""
    offered = options_of(walk, question)
    place = next((at for at, one in enumerate(offered) if one.id == option), 0)
    width = _width(one.label for one in offered)
    return place // (_rows_a_page(question, len(offered), width) * width)


def shorthand(pick: str) -> str:
    """Give the few signs that stand for a pick in a button: own words would be too long."""
    return f"{zlib.crc32(pick.encode()):08x}"


def clipped(text: str, most: int) -> str:
    """Give the text, cut where it is longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def filled_in(walk: Walk, question: Question, words: str) -> str:
    """Give words of a question with its places filled: the name, the notice."""
    return fill(words, _values(walk, question))


def _words(walk: Walk, question: Question) -> str:
    words = filled_in(walk, question, question.ask)
    if walk.dialogue.kind != APPLICATION or walk.dialogue.editing:
        return words
    ids = [one.id for one in walk.questions]
    progress = walk.say("application.progress", at=ids.index(question.id) + 1, of=len(ids))
    return f"{progress} {words}"


def _values(walk: Walk, question: Question | None = None) -> dict[str, str]:
    name = str(walk.dialogue.answers.get("name") or walk.turn.person.name)
    values = {"name": name, "notice": "", "what": ""}
    if question and question.kind == "consent" and question.id in walk.program.notices:
        notice = walk.program.notice(question.id, walk.language)
        text = notice.text.replace("{retention_days}", str(walk.program.retention_days))
        values["notice"] = Markup(text)
    return values


def _now_kept(walk: Walk, question: Question) -> str:
    """Give the answer as it is, when it is about to be changed."""
    if not walk.dialogue.editing:
        return ""
    value = walk.dialogue.answers.get(question.id)
    words = in_words(question, value, walk.language, walk.program)
    return walk.say("application.now", value=clipped(words, 400)) if words else ""


def _rows(
    walk: Walk, question: Question, guesses: Sequence[str], page: int
) -> tuple[tuple[Choice, ...], ...]:
    labels = {option.id: option.label for option in options_of(walk, question)}
    width = _width(labels.values())
    first = _rowed([_button(walk, question, guess, labels) for guess in guesses], width)[:3]
    entries = [*labels, *(pick for pick in walk.picks(question.id) if pick not in labels)]
    entries = [entry for entry in entries if entry not in guesses]
    room = (_rows_a_page(question, len(entries) + len(first) * width, width) - len(first)) * width
    pages = -(-len(entries) // room)
    at = page if page < pages else 0
    shown = [_button(walk, question, entry, labels) for entry in entries[at * room : (at + 1) * room]]
    return (*first, *_rowed(shown, width), *_turning(walk, question, at, pages), *_below(walk, question))


def _rows_a_page(question: Question, entries: int, width: int) -> int:
    """Give how many rows of options fit beside the rows that every question has."""
    free = MOST_ROWS - 1 - any(_onwards(question).values())
    return free if -(-entries // width) <= free else free - 1


def _button(walk: Walk, question: Question, option: str, labels: Mapping[str, str]) -> Choice:
    label = clipped(labels.get(option) or option_label(walk, question, option), 36)
    if not reader_of(question).several:
        return Choice(label, walk.value(question.id, option))
    ticked = option in walk.picks(question.id)
    sign = "-" if ticked else "+"
    known = option in labels or not ticked
    value = sign + option if known else f"!{shorthand(option)}"
    return Choice(("✓ " if ticked else "") + label, walk.value(question.id, value))


def _turning(walk: Walk, question: Question, page: int, pages: int) -> tuple[tuple[Choice, ...], ...]:
    if pages < 2:
        return ()
    before, after = (page - 1) % pages, (page + 1) % pages
    previous = Choice("‹", walk.value(question.id, f"~page{before}"))
    following = Choice(
        walk.say("application.button.more", page=after + 1, pages=pages),
        walk.value(question.id, f"~page{after}"),
    )
    return ((previous, following),) if page and pages > 2 else ((following,),)


def _below(walk: Walk, question: Question) -> tuple[tuple[Choice, ...], ...]:
    """Give the rows that every question has: on, and back."""
    onwards = [name for name, wanted in _onwards(question).items() if wanted]
    back = ["back"] if walk.dialogue.trail or walk.dialogue.editing else []
    away = ["later" if walk.dialogue.kind == APPLICATION else "cancel"]
    if walk.dialogue.editing or walk.dialogue.kind == MORE:  # its own button ends it
        away = []
    named = (onwards, back + away)
    return tuple(
        tuple(
            Choice(walk.say(f"application.button.{name}"), walk.value(question.id, f"~{name}"))
            for name in row
        )
        for row in named
        if row
    )


def _onwards(question: Question) -> dict[str, bool]:
    several = reader_of(question).several
    return {"done": several, "all": question.kind == "fields", "skip": question.optional}


def _likely_zones(walk: Walk) -> list[str]:
    country = str(walk.dialogue.answers.get("country", ""))
    told = walk.turn.person.zone
    zones = unlike(zones_of(country))
    first = [told] if told and (told in zones_of(country) or not zones) else []
    return list(dict.fromkeys((*first, *zones)))[:6]


def _zone_label(walk: Walk, zone: str) -> str:
    return f"{city_of(zone)} · {local_time(walk.turn.now, zone, walk.spoken)}"


def _width(labels: Iterable[str]) -> int:
    longest = max((len(label) for label in labels), default=0)
    return next((width for most, width in _WIDTHS if longest <= most), 1 if longest > 28 else 2)


def _rowed(buttons: Sequence[Choice], width: int) -> list[tuple[Choice, ...]]:
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
