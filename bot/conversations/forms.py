"""The questions of a walk as pages of a form: the same table, the same readers, the same answers.

A page has a few questions; consents have one of their own, for what follows is kept because of them. What
is known already stands in the fields. The last page of an application is its summary.
"""

from collections.abc import Sequence
from functools import lru_cache

from bot.conversations import kinds, summary
from bot.conversations.forms_reading import OWN_WORDS, takes_words
from bot.conversations.readers import reader_of
from bot.conversations.show import asked, clipped, filled_in, options_of, pick_label
from bot.conversations.stand import Walk
from bot.forms import Field, FieldKind, Form, Pairs
from bot.markup import plain
from bot.texts import Option, Question
from bot.texts.names import city_of, country_name
from bot.texts.reading.answers import Understood
from bot.wording import local_time


#: Fields on one page.
ROOM = 7
#: Titles and the labels of a form's own buttons are no longer than this on any platform.
TITLE = 24
#: Text fields of more characters than this have several lines.
LINE = 120
_TEXTS = {"text": FieldKind.TEXT, "date": FieldKind.DAY}


@lru_cache(maxsize=64)
def pages_of(table: tuple[Question, ...]) -> tuple[tuple[Question, ...], ...]:
    """Give the questions in pages, in order."""
    pages: list[list[Question]] = []
    room = 0
    for question in table:
        size = 2 if takes_words(question) else 1
        with_consents = bool(pages) and pages[-1][0].kind == "consent"
        if not pages or size > room or with_consents != (question.kind == "consent"):
            pages.append([])
            room = ROOM
        pages[-1].append(question)
        room -= size
    return tuple(tuple(page) for page in pages)


def next_page(walk: Walk) -> int:
    """Give the first page with a question that has no answer; the number of pages where all have one."""
    pages = pages_of(walk.questions)
    open_ones = (at for at, page in enumerate(pages) if any(_is_open(walk, one) for one in page))
    return next(open_ones, len(pages))


def is_last(kind: str, page: int, table: tuple[Question, ...]) -> bool:
    """Tell whether nothing follows this page of a form: neither another nor the summary."""
    has_summary = kinds.KINDS[kind].summary
    return page + (0 if has_summary else 1) >= len(pages_of(table))


def page_form(walk: Walk, page: int, *, note: str = "") -> Form:
    """Give a page of the walk's form; from the number of pages on: the summary."""
    pages = pages_of(walk.questions)
    if page >= len(pages):
        return _summary(walk, len(pages))
    questions = [one for one in pages[page] if one.kind != "consent" or _is_open(walk, one)]
    fields = [field for question in questions for field in fields_of(walk, question)]
    if not note and any(_from_profile(walk, question) for question in questions):
        note = walk.say("forms.here")
    more = not is_last(walk.dialogue.kind, page, walk.questions)
    return Form(
        walk.dialogue.kind,
        _title(walk, page, len(pages)),
        (*_noted(note), *fields),
        page=page,
        submit=walk.say("forms.button.next" if more else "forms.button.send"),
        close=walk.say("forms.button.close"),
        language=walk.language,
        country=str(walk.dialogue.answers.get("country") or ""),
    )


def fields_of(walk: Walk, question: Question) -> tuple[Field, ...]:
    """Give the fields of a question: a note and a box for a consent, options and a line for a list."""
    label = plain(filled_in(walk, question, question.form or question.ask))
    if question.kind == "consent":
        return _consent(walk, question)
    if reader_of(question).several:
        return _list(walk, question, label)
    hint = plain(question.hint)
    if question.options:
        options = _options(question.options)
        return (
            Field(
                question.id,
                FieldKind.ONE,
                label,
                hint,
                options,
                _chosen(walk, question),
                optional=question.optional,
            ),
        )
    kind = _TEXTS.get(question.kind, FieldKind.LINE)
    kind = FieldKind.TEXT if question.kind == "line" and question.most > LINE else kind
    return (
        Field(
            question.id,
            kind,
            label,
            _zone_hint(walk, question) or hint,
            initial=_written(walk, question),
            optional=question.optional,
            most=question.most if question.kind in ("line", "text") else 0,
        ),
    )


def _is_open(walk: Walk, question: Question) -> bool:
    return question.id not in walk.dialogue.answers


def _noted(note: str) -> tuple[Field, ...]:
    return (Field("", FieldKind.NOTE, note),) if note else ()


def _title(walk: Walk, page: int, pages: int) -> str:
    kind = "profile" if walk.dialogue.about == "profile" else walk.dialogue.kind
    title = walk.say(f"forms.title.{kind}")
    if pages > 1:
        title = walk.say("forms.title.page", title=title, page=page + 1, pages=pages)
    return clipped(plain(title), TITLE)


def _consent(walk: Walk, question: Question) -> tuple[Field, ...]:
    notice = filled_in(walk, question, question.form or question.ask)
    box = ((walk.say("forms.agreed"), "yes"),)
    label = walk.say("forms.agree")
    return (
        Field("", FieldKind.NOTE, notice),
        Field(question.id, FieldKind.AGREE, f"{question.label}: {label}", options=box),
    )


def _list(walk: Walk, question: Question, label: str) -> tuple[Field, ...]:
    """Give the options, and what was answered besides them as options too: so nothing is read twice."""
    options = _options(options_of(walk, question))
    picks = _picks(walk, question)
    named = {value for _, value in options}
    more = tuple((clipped(pick_label(walk, question, one), 70), one) for one in picks if one not in named)
    ticks = Field(
        question.id,
        FieldKind.MANY,
        label,
        _list_hint(walk, question),
        (*options, *more),
        picks,
        optional=question.optional or takes_words(question) or question.kind == "fields",
    )
    if not takes_words(question):
        return (ticks,)
    kind = question.kind if question.kind in ("languages", "hours", "wish") else "choices"
    own = Field(
        question.id + OWN_WORDS, FieldKind.LINE, plain(walk.say(f"forms.own.{kind}")), optional=True, most=500
    )
    return (ticks, own) if ticks.options else (own,)


def _list_hint(walk: Walk, question: Question) -> str:
    """Give the hint of a list: platforms call each of its two fields optional, the answer is not."""
    needed = takes_words(question) and not question.optional
    parts = (question.hint, walk.say("forms.one-needed") if needed else "")
    return plain(" ".join(part for part in parts if part))


def _picks(walk: Walk, question: Question) -> tuple[str, ...]:
    """Give what is ticked: now, or in the answer; of the languages one's own, so that it is confirmed."""
    if walk.picks(question.id):
        return walk.picks(question.id)
    if not _is_open(walk, question):
        return reader_of(question).picks(asked(walk, question), walk.dialogue.answers[question.id])
    if question.kind == "languages" and len(own := walk.language.partition("-")[0]) == 2:
        return (own,)
    return ()


def _chosen(walk: Walk, question: Question) -> tuple[str, ...]:
    value = str(walk.dialogue.answers.get(question.id) or "")
    return (value,) if any(option.id == value for option in question.options) else ()


def _written(walk: Walk, question: Question) -> tuple[str, ...]:
    """Give what stands in a text field: the answer in words that are read as the same answer."""
    value = walk.dialogue.answers.get(question.id)
    if question.kind == "zone":
        return _zone_written(walk, str(value or walk.turn.person.zone))
    if question.id == "name" and value is None:
        return (walk.turn.person.name,) if walk.turn.person.name else ()
    if value in ("", None):
        return ()
    if question.kind == "country":
        return (country_name(str(value), walk.spoken),)
    return (str(value),)


def _zone_written(walk: Walk, zone: str) -> tuple[str, ...]:
    question = next(one for one in walk.questions if one.kind == "zone")
    if not zone:
        return ()
    read = reader_of(question).words(asked(walk, question), city_of(zone))
    return (city_of(zone) if isinstance(read, Understood) and read.value == zone else zone,)


def _zone_hint(walk: Walk, question: Question) -> str:
    if not _from_profile(walk, question):
        return ""
    time = local_time(walk.turn.now, walk.turn.person.zone, walk.spoken)
    return plain(walk.say("forms.zone", time=time))


def _from_profile(walk: Walk, question: Question) -> bool:
    return question.kind == "zone" and _is_open(walk, question) and bool(walk.turn.person.zone)


def _options(options: Sequence[Option]) -> Pairs:
    return tuple((option.label, option.id) for option in options)


def _summary(walk: Walk, pages: int) -> Form:
    """Give all answers, to be sent in as they are; each page can be opened again."""
    text = summary.summary(walk).text
    buttons = [
        (clipped(", ".join(one.label for one in page), 70), f"f:{walk.dialogue.kind}:{at}")
        for at, page in enumerate(pages_of(walk.questions))
        if page[0].kind != "consent"
    ]
    notes = (*_noted(text), *_noted(walk.say("forms.change")))
    return Form(
        walk.dialogue.kind,
        clipped(walk.say("forms.title.summary"), TITLE),
        notes,
        page=pages,
        submit=walk.say("forms.button.send"),
        close=walk.say("forms.button.close"),
        buttons=tuple(buttons),
        language=walk.language,
    )
