"""Checks calls, and what the server itself says, against the vendored extract of the Bot API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.telegram_server.errors import Json, Refused, broken


# Telegram's words for a required parameter that is missing.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query_id is empty",
    "invite_link": "invite link must be non-empty",
    "title": "title must be non-empty",
}

SCALARS: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or field: its types and limits."""

    name: str
    required: bool
    types: tuple[str, ...]
    unit: str = ""
    low: int = 0
    high: int = 0
    const: str = ""


@dataclass(frozen=True, slots=True)
class Spec:
    """The methods with their parameters, and the types with their fields or subtypes."""

    methods: dict[str, dict[str, Field]]
    types: dict[str, dict[str, Field] | list[str]] = field(repr=False)

    def read(self, method: str, raw: Json, files: dict[str, Upload]) -> Json:
        """Gives the parameters of a call as typed values; refuses what the Bot API does not know."""
        known = self.methods[method]
        for name in [*raw, *(f for f in files if f"attach://{f}" not in map(str, raw.values()))]:
            if name not in known:
                raise broken(f'unknown parameter "{name}"')
        values: Json = {}
        for name, parameter in known.items():
            if name in files:
                values[name] = files[name]
            elif name in raw:
                values[name] = self._read_one(parameter, raw[name], files)
            elif parameter.required:
                raise broken(MISSING.get(name, f'parameter "{name}" is required'))
        return values

    def _read_one(self, parameter: Field, raw: Any, files: dict[str, Upload]) -> Any:
        value = _decode(parameter, raw)
        if "InputFile" in parameter.types and isinstance(value, str) and value.startswith("attach://"):
            if value.removeprefix("attach://") not in files:
                raise broken(f"there is no {parameter.name} in the request")
            return files[value.removeprefix("attach://")]
        self.check(value, parameter, f"parameter {parameter.name}")
        return value

    def check(self, value: Any, rule: Field, where: str) -> None:
        """Refuses a value that is not of the rule's types or goes beyond its limits."""
        problems: list[Refused] = []
        for kind in rule.types:
            try:
                self._check_kind(value, kind, rule, where)
            except Refused as refused:
                problems.append(refused)
            else:
                _check_limits(value, rule, where)
                return
        raise self._closest(value, rule.types, problems)

    def _check_kind(self, value: Any, kind: str, rule: Field, where: str) -> None:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise _mistyped(rule, "Array", where)
            for item in value:
                self._check_kind(item, kind.removeprefix("Array of "), rule, where)
        elif kind in SCALARS:
            if not isinstance(value, SCALARS[kind]) or (
                isinstance(value, bool) and bool not in SCALARS[kind]
            ):
                raise _mistyped(rule, kind, where)
        else:
            self._check_object(value, kind, rule, where)

    def _check_object(self, value: Any, kind: str, rule: Field, where: str) -> None:
        entry = self.types.get(kind)
        if entry is None:
            raise broken(f"{kind} is not in the extract of the Bot API ({where})")
        if not isinstance(value, dict):
            raise _mistyped(rule, "Object", where)
        if isinstance(entry, list):
            self.check(value, Field(rule.name, True, tuple(entry)), where)
            return
        for name in value:
            if name not in entry:
                raise broken(f'can\'t parse {kind}: Unknown field "{name}"')
        for name, part in entry.items():
            if name in value:
                self.check(value[name], part, kind)
            elif part.required:
                raise broken(f"can't parse {kind}: Can't find field \"{name}\"")

    def _closest(self, value: Any, kinds: tuple[str, ...], problems: list[Refused]) -> Refused:
        """Gives the complaint about the kind that the value most looks like."""

        def likeness(index: int) -> int:
            entry = self.types.get(kinds[index].replace("Array of ", ""))
            return len(set(entry) & set(value)) if isinstance(entry, dict) and isinstance(value, dict) else 0

        return problems[max(range(len(kinds)), key=likeness)]


@cache
def bot_api() -> Spec:
    """Gives the vendored extract."""
    extract = json.loads(Path(__file__).with_name("bot_api.json").read_text(encoding="utf-8"))
    return Spec(
        methods={name: _fields(entry) for name, entry in extract["methods"].items()},
        types={
            name: entry if isinstance(entry, list) else _fields(entry)
            for name, entry in extract["types"].items()
        },
    )


def check_spoken(value: Json, kind: str) -> None:
    """Raises if the server is about to say something that Telegram could not say."""
    try:
        bot_api().check(value, Field(kind, True, (kind,)), kind)
    except Refused as refused:
        raise AssertionError(f"the server's own mistake: {refused.description}: {value}") from refused


def _fields(entry: dict[str, str]) -> dict[str, Field]:
    return {f.name: f for f in (_field(name, text) for name, text in entry.items())}


def _field(name: str, text: str) -> Field:
    kinds, _, limit = re.sub(r"Array of ", "Array_of_", text).partition(" ")
    types = tuple(kinds.replace("Array_of_", "Array of ").split("|"))
    unit, _, figure = limit.partition("=")
    plain = name.rstrip("*")
    if unit in {"", "const"}:
        return Field(plain, name.endswith("*"), types, const=figure)
    low, _, high = figure.partition("-")
    return Field(plain, name.endswith("*"), types, unit, int(low), int(high))


def _decode(parameter: Field, raw: Any) -> Any:
    """Gives the value of a form field, which is always text, or of a JSON body, which need not be."""
    if not isinstance(raw, str):
        return raw
    if "Integer" in parameter.types and re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if "String" in parameter.types:
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        if parameter.types[0] in SCALARS:
            raise _mistyped(parameter, parameter.types[0], f"parameter {parameter.name}") from None
        words = parameter.name.replace("_", " ")
        raise broken(f"can't parse {words} JSON object") from None


def _mistyped(rule: Field, kind: str, where: str) -> Refused:
    return broken(f'can\'t parse {where}: Field "{rule.name}" must be of type {kind}')


def _check_limits(value: Any, rule: Field, where: str) -> None:
    if rule.const and value != rule.const:
        raise broken(f'can\'t parse {where}: Field "{rule.name}" must be "{rule.const}"')
    if rule.unit and not rule.low <= _measure(value, rule) <= rule.high:
        raise broken(_beyond(rule, where))


def _measure(value: Any, rule: Field) -> int:
    match rule.unit:
        case "chars" | "items":
            return len(value)
        case "bytes":
            return len(value.encode())
        case "value":
            return int(value)
    return rule.low  # the length after entity parsing is checked where entities are parsed


def _beyond(rule: Field, where: str) -> str:
    if rule.name == "callback_data":
        return "BUTTON_DATA_INVALID"
    if where == "parameter text":
        return "MESSAGE_TOO_LONG"
    if where == "BotCommand":
        words = "command" if rule.name == "command" else "command description"
        return f"{words} must be non-empty and its length must not exceed {rule.high}"
    return f"{where}: {rule.name} must be {rule.low}-{rule.high} {rule.unit}"
