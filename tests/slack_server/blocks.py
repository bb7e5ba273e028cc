"""Checks blocks and views against the table: every field known, of its kind, and within its limit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.slack_server import block_table as table
from tests.slack_server.errors import Json
from tests.slack_server.mrkdwn import flaws


@dataclass(frozen=True, slots=True)
class Rule:
    """One field: what it holds and how much."""

    name: str
    kind: str
    most: int | None
    required: bool


@cache
def rules(line: str) -> dict[str, Rule]:
    """Gives the fields of one line of the table."""
    found = {}
    for word in line.split():
        name, _, kind = word.partition(":")
        kind, _, most = kind.partition("/")
        found[name.rstrip("!")] = Rule(
            name.rstrip("!"), kind, int(most) if most else None, name.endswith("!")
        )
    return found


@dataclass
class Reading:
    """One reading of a message or view; `wrong` gathers what Slack refuses, `unwise` what it takes amiss."""

    surface: str
    wrong: list[str] = field(default_factory=list)
    unwise: list[str] = field(default_factory=list)
    characters: int = 0
    ids: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)

    def blocks(self, blocks: Any) -> None:
        """Reads all blocks."""
        if not isinstance(blocks, list):
            self.wrong.append("blocks must be a list")
            return
        most = table.MOST_BLOCKS[self.surface]
        if len(blocks) > most:
            self.wrong.append(f"no more than {most} items allowed, {len(blocks)} blocks")
        for number, block in enumerate(blocks):
            self._block(block, f"/blocks/{number}")
        self.wrong += [f"block_id {name!r} appears {n} times" for name, n in self.ids.items() if n > 1]
        self.wrong += [f"action_id {name!r} appears {n} times" for name, n in self.actions.items() if n > 1]

    def _block(self, block: Any, where: str) -> None:
        kind = str(block.get("type")) if isinstance(block, dict) else ""
        if kind not in table.BLOCKS:
            self.wrong.append(f"unsupported block type {kind!r} at {where}")
            return
        if self.surface != "message" and kind in table.MESSAGES_ONLY:
            self.wrong.append(f"{kind} stands in messages only, at {where}")
        self.ids.update([str(block["block_id"])] if block.get("block_id") else [])
        self.fields(block, f"{table.EVERY_BLOCK} {table.BLOCKS[kind]}", where)
        if kind == "section" and not (block.get("text") or block.get("fields")):
            self.wrong.append(f"a section needs text or fields at {where}")
        if kind == "image" and bool(block.get("image_url")) == bool(block.get("slack_file")):
            self.wrong.append(f"an image needs image_url or slack_file at {where}")

    def fields(self, found: Json, line: str, where: str) -> None:
        """Reads one object by its line of the table."""
        known = rules(line)
        self.wrong += [f"unknown field {name!r} at {where}" for name in found if name not in known]
        for rule in known.values():
            value = found.get(rule.name)
            if value is None:
                self.wrong += [f"missing required field: {rule.name} at {where}"] if rule.required else []
            else:
                self._value(value, rule.kind, rule.most, f"{where}/{rule.name}")

    def _value(self, value: Any, kind: str, most: int | None, where: str) -> None:
        if kind.startswith("["):
            self._list(value, kind[1:-1], most, where)
        elif kind in {"plain", "text"}:
            self._text(value, kind, most, where)
        elif kind == "str":
            self._string(value, most, where)
        elif kind == "style":
            self.wrong += [] if value in {"primary", "danger"} else [f"style {value!r} at {where}"]
        elif kind in {"bool", "int", "obj"}:
            fits = type(value) in {"bool": (bool,), "int": (int,), "obj": (dict, list)}[kind]
            self.wrong += [] if fits else [f"{value!r:.40} is not {kind} at {where}"]
        elif not isinstance(value, dict):
            self.wrong.append(f"{value!r:.40} is no object at {where}")
        elif kind in table.OBJECTS:
            self.fields(value, table.OBJECTS[kind], where)
        elif kind in {"rich", "inline"}:
            self._rich(value, kind, where)
        else:
            self._element(value, kind, where)

    def _list(self, value: Any, kind: str, most: int | None, where: str) -> None:
        if not isinstance(value, list) or not value:
            self.wrong.append(f"must have at least 1 item at {where}")
            return
        if most and len(value) > most:
            self.wrong.append(f"no more than {most} items allowed, {len(value)} at {where}")
        length = table.FIELD_LENGTH if kind == "text" else None
        for number, one in enumerate(value):
            self._value(one, kind, length, f"{where}/{number}")
        values = [str(o.get("value")) for o in value if isinstance(o, dict) and kind.endswith("option")]
        if len(values) > len(set(values)):
            self.wrong.append(f"two options have the same value at {where}")

    def _string(self, value: Any, most: int | None, where: str) -> None:
        if not isinstance(value, str):
            self.wrong.append(f"{value!r:.40} is no string at {where}")
        elif most and len(value) > most:
            self.wrong.append(f"must be less than {most + 1} characters, {len(value)} at {where}")

    def _text(self, value: Any, kind: str, most: int | None, where: str) -> None:
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            self.wrong.append(f"{value!r:.40} is no text object at {where}")
            return
        marked = value.get("type") == "mrkdwn"
        if value.get("type") != "plain_text" and not (marked and kind == "text"):
            self.wrong.append(f"type {value.get('type')!r} where plain_text is required at {where}")
        self.fields(
            value, "type!:str text!:str verbatim:bool" if marked else "type!:str text!:str emoji:bool", where
        )
        length = len(value["text"])
        if not 0 < length <= (most or 3000):
            self.wrong.append(f"must be 1 to {most or 3000} characters, {length} at {where}")
        self.characters += length
        self.unwise += [f"{flaw} at {where}" for flaw in flaws(value["text"])] if marked else []

    def _element(self, element: Json, place: str, where: str) -> None:
        kind = str(element.get("type"))
        if place == "context":
            self._context(element, kind, where)
            return
        if kind not in table.PLACES[place]:
            self.wrong.append(f"unsupported element {kind!r} at {where}")
            return
        name = element.get("action_id")
        if name:
            self.actions["/".join([*where.split("/")[:3], str(name)])] += 1
        before = len(self.wrong)
        self.fields(element, f"{table.EVERY_ELEMENT} {table.ELEMENTS[kind]}", where)
        if len(self.wrong) == before:
            self._options(element, kind, where)

    def _options(self, element: Json, kind: str, where: str) -> None:
        lists = [name for name in ("options", "option_groups") if element.get(name)]
        if "options" in table.ELEMENTS[kind] and len(lists) != 1:
            self.wrong.append(f"give options or option_groups, one of them, at {where}")
        options = [*element.get("options", ())]
        options += [option for group in element.get("option_groups", ()) for option in group["options"]]
        chosen = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
        if options and any(one not in options for one in chosen):
            self.wrong.append(f"an initial option is none of the options at {where}")

    def _context(self, element: Json, kind: str, where: str) -> None:
        if kind == "image":
            self.fields(element, f"type!:str {table.ELEMENTS['image']}", where)
        else:
            self._text(element, "text", None, where)

    def _rich(self, value: Json, kind: str, where: str) -> None:
        lines = table.RICH if kind == "rich" else table.INLINE
        line = lines.get(str(value.get("type")))
        if line is None:
            self.wrong.append(f"unsupported rich text {value.get('type')!r} at {where}")
            return
        self.fields(value, f"type!:str {line}", where)
        self.characters += len(str(value.get("text") or ""))
        if value.get("type") == "broadcast":
            self.unwise.append(f"a broadcast to everybody at {where}")
