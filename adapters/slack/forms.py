"""Forms as modals: a page becomes a view, a view that was sent in an event and its answer. Pure.

A field is an input block whose block_id is the field's id, so that an error finds its field. What reading the
page needs besides what was filled in stands in `private_metadata`.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from adapters.slack.blocks import choice_blocks, short, text_blocks
from adapters.slack.limits import LABEL, OPTION_VALUE, OPTIONS, PLACEHOLDER
from adapters.slack.receive_base import NOTHING, Json, Known, Reading, common, event_id, handle_of, team_of
from adapters.slack.receive_text import clean
from adapters.slack.text import Reader
from bot.conversations import form_errors
from bot.events import Dismissed, Filled
from bot.forms import Field, FieldKind, Form, Pairs
from bot.messages import Choice
from bot.texts import Program


#: In front of a form's id in `callback_id`: other views are none of ours.
CALLBACK = "form:"
#: The action_id of the one element of each input block.
ACTION = "field"
#: Signs of a view's title and of its two buttons, of a label or hint, of a text field.
TITLE = 24
INPUT = 2000
TEXT = 3000
BLOCKS = 100
#: Signs of an error: Slack names no limit, and more than two lines are not read.
ERROR = 150
#: More options than this are a list that opens; boxes and circles take no more than ten.
RADIO, BOXES = 5, 10
#: The language of the few words in the form that Slack asks for: its own placeholder is English only.
_PLACEHOLDER = "…"

View = dict[str, Any]
NOBODY = Reader()


def view_of(form: Form, reader: Reader = NOBODY) -> View:
    """Give the modal of a page."""
    blocks = [block for field in form.fields for block in _blocks(field, reader)]
    blocks += choice_blocks(list(_rows(form.buttons)))
    known = {"page": form.page, "language": form.language, "country": form.country}
    view: View = {
        "type": "modal",
        "callback_id": f"{CALLBACK}{form.id}",
        "title": _plain(form.title, TITLE),
        "private_metadata": json.dumps(known, separators=(",", ":")),
        "notify_on_close": bool(form.submit),
        "blocks": blocks[:BLOCKS],
    }
    if form.close:
        view["close"] = _plain(form.close, TITLE)
    if form.submit:
        view["submit"] = _plain(form.submit, TITLE)
    return view


def submitted(body: Json, known: Known, now: datetime) -> Reading:
    """Read a page that was sent in; a view that is none of ours is nothing."""
    del known
    page = filled_in(body, now)
    return Reading((page,)) if page else NOTHING


def closed(body: Json, known: Known, now: datetime) -> Reading:
    """Read that a form was closed."""
    del known
    view, form = body["view"], _form_of(body)
    if not form:
        return NOTHING
    told = _common(body, f"x/{view['id']}/{view.get('hash', '')}", now)
    return Reading((Dismissed(form=form, **told),))


def filled_in(body: Json, now: datetime) -> Filled | None:
    """Give the page that was sent in; None for anything else.

    A page that is sent in twice as it was, because Slack saw no answer, is one event; changed, it is another.
    """
    form = _form_of(body) if body.get("type") == "view_submission" else ""
    if not form:
        return None
    view, values = body["view"], values_of(body["view"])
    page = int(_known(view).get("page") or 0)
    said = zlib.crc32(repr(sorted(values.items())).encode())
    name = f"v/{view['id']}/{view.get('hash') or event_id(body)}/{page}/{said:08x}"
    told = _common(body, name, now)
    return Filled(form=form, page=page, values=values, view=str(view["id"]), **told)


def errors_of(body: Json, program: Program, today: date) -> Json | None:
    """Give the answer to a page in which something cannot be read: what is said at each field; None else."""
    form = _form_of(body) if body.get("type") == "view_submission" else ""
    if not form:
        return None
    view = body["view"]
    known = _known(view)
    found = form_errors(
        form,
        values_of(view),
        program,
        language=str(known.get("language") or "en"),
        today=today,
        country=str(known.get("country") or ""),
    )
    if not found:
        return None
    said = {name: short(words, ERROR) for name, words in found.items()}
    return {"response_action": "errors", "errors": said}


def answer_of(form: Form | None) -> Json:
    """Give the answer to a page that was kept: the next in its place, or the end of the form."""
    if form is None:
        return {"response_action": "clear"}
    return {"response_action": "update", "view": view_of(form)}


def values_of(view: Json) -> Mapping[str, tuple[str, ...]]:
    """Give what was filled in, by field: a text, or the values of options; () for nothing."""
    state = (view.get("state") or {}).get("values") or {}
    return {
        name: _value(element) for name, element in ((n, e.get(ACTION)) for n, e in state.items()) if element
    }


def _value(element: Json) -> tuple[str, ...]:
    chosen = element.get("selected_options") or [element.get("selected_option")]
    if any(chosen):
        return tuple(str(option["value"]) for option in chosen if option)
    text = clean(str(element.get("value") or element.get("selected_date") or ""))
    return (text,) if text else ()


def _form_of(body: Json) -> str:
    callback = str((body.get("view") or {}).get("callback_id") or "")
    return callback.removeprefix(CALLBACK) if callback.startswith(CALLBACK) else ""


def _known(view: Json) -> Json:
    try:
        known = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _common(body: Json, name: str, now: datetime) -> dict[str, Any]:
    user = body["user"]
    told = common(name, team_of(body), user["id"], now, chat="", handle=handle_of(user))
    return told | {"trigger": str(body.get("trigger_id") or "")}


def _rows(buttons: Pairs) -> Iterable[list[Choice]]:
    """Give short labels beside each other, as in a message; long ones have a row each."""
    width = 3 if all(len(label) <= TITLE for label, _ in buttons) else 1
    choices = [Choice(label, value) for label, value in buttons]
    return (choices[at : at + width] for at in range(0, len(choices), width))


def _blocks(field: Field, reader: Reader) -> list[View]:
    if field.kind is FieldKind.NOTE:
        return text_blocks(field.label, reader)
    element = _element(field)
    if element is None:
        return []
    block: View = {
        "type": "input",
        "block_id": field.id,
        "label": _plain(field.label, INPUT),
        "element": element | {"action_id": ACTION},
        "optional": field.optional,
    }
    return [block | {"hint": _plain(field.help, INPUT)} if field.help else block]


def _element(field: Field) -> View | None:
    """Give the element of a field; None for a choice without options."""
    match field.kind:
        case FieldKind.LINE | FieldKind.TEXT | FieldKind.NOTE:
            return _text(field)
        case FieldKind.DAY:
            chosen = {"initial_date": field.initial[0]} if field.initial else {}
            return {"type": "datepicker"} | chosen
        case FieldKind.AGREE:
            return _picking("checkboxes", replace(field, options=field.options[:1]), "options")
        case FieldKind.ONE:
            kind = "radio_buttons" if len(field.options) <= RADIO else "static_select"
            return _picking(kind, field, "option")
        case FieldKind.MANY:
            kind = "checkboxes" if len(field.options) <= BOXES else "multi_static_select"
            return _picking(kind, field, "options")


def _text(field: Field) -> View:
    most = min(field.most or TEXT, TEXT)
    initial = {"initial_value": field.initial[0][:most]} if field.initial and field.initial[0] else {}
    return {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.TEXT,
        "max_length": most,
    } | initial


def _picking(kind: str, field: Field, initial: str) -> View | None:
    options = list(_options(field.options))
    if not options:
        return None
    element: View = {"type": kind}
    if len(options) > OPTIONS:
        element["option_groups"] = _groups(options)
    else:
        element["options"] = options
    if kind.endswith("select"):
        element["placeholder"] = _plain(_PLACEHOLDER, PLACEHOLDER)
    chosen = [option for option in options if option["value"] in field.initial]
    if chosen:
        element[f"initial_{initial}"] = chosen if initial == "options" else chosen[0]
    return element


def _options(pairs: Pairs) -> Iterable[View]:
    """Give the options; Slack takes no value twice, and none that is longer than it says."""
    for value, label in {value: label for label, value in pairs}.items():
        if 1 <= len(value) <= OPTION_VALUE:
            yield {"text": _plain(label, LABEL), "value": value}


def _groups(options: list[View]) -> list[View]:
    """Give more options than one list takes in groups, each called after its first and last."""
    parts = [options[at : at + OPTIONS] for at in range(0, len(options), OPTIONS)]
    return [{"label": _between(part), "options": part} for part in parts]


def _between(part: list[View]) -> View:
    first, last = (str(option["text"]["text"]) for option in (part[0], part[-1]))
    half = LABEL // 2 - 2
    return _plain(f"{short(first, half)} … {short(last, half)}", LABEL)


def _plain(text: str, most: int) -> View:
    return {"type": "plain_text", "text": short(text, most), "emoji": True}
