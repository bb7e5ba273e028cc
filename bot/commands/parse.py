"""Reading what directors type. `parse` never fails to name a command: in doubt it is help, with the nearest.

A slash, the bot's name and "/antipode" in front may be left out, capitals do not matter. Directors also
talk to each other in their room, so `is_for_bot` says which lines get an answer:

1. a line that begins with "/" or uses the bot's name;
2. a line that reads as a whole command, when that command has two words of its own ("round open", "pairs
   pin 3 7"), is a broadcast, or the line has at most four words ("people ana");
3. a line of at most three words whose first word is a command's, give or take a slip ("quue"), and a line of
   any length that begins with two words of a command ("round new", then something that cannot be read).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from bot.commands import grammar
from bot.commands.command import Command
from bot.commands.near import near_head, nearest
from bot.commands.table import COMMANDS


PRODUCT = "antipode"
NAMES = tuple(COMMANDS)
_BY_HEAD = {
    head: tuple(command for command in COMMANDS.values() if command.usage.split()[0] == head)
    for head in {name.split()[0] for name in NAMES}
}
#: Only plain words: "ok" is said too easily to another director.
YES = frozenset({"yes", "sí", "oui", "ja", "sim"})
NO = frozenset({"no", "non", "nein", "não"})
#: To whom a line is said: "@ana …", "/yes@another_bot".
_ADDRESS = re.compile(r"/?\w*@(\w+)")
#: Said while a question waits, these may be meant as its answer: the director is asked to say it plainly.
_VAGUE = frozenset({"y", "n", "ok", "okay", "k", "yep", "yeah", "yup", "sure", "nope", "nah", "fine"})
#: A button adds when the question was asked, and which command it was about.
_ANSWER = re.compile(r"([^\W\d]+)[.!]*(?: (\d{9,11})(?: (.+))?)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read: the name of a command, its arguments in order, its options.

    In doubt `command` is "help", `args` names the nearest command if there is one, and `doubt` says why:
    "unknown" words, "missing" or unreadable arguments, an "option" that does not exist (`what`), "two" people
    that cannot be told apart. A "yes" or "no" of a button has when it was asked, and about which command.
    """

    command: str
    args: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
    what: str = ""


def parse(text: str) -> Parsed:
    """Read one line of a director; never raises."""
    line = stripped(text)
    answer = _ANSWER.fullmatch(line)
    if answer and answer[1].casefold() in YES | NO:
        given = tuple(part for part in answer.groups()[1:] if part)
        return Parsed("yes" if answer[1].casefold() in YES else "no", given)
    for command in _BY_HEAD.get("".join(line.casefold().split()[:1]), ()):
        if found := _read(line, command):
            return found
    return _doubt(line)


def stripped(text: str) -> str:
    """Give the command without what may stand around its first word: "/", "/antipode", "@bot"."""
    line = re.sub(r"^@\w+[ ,:!]*", "", grammar.tidy(text))
    line = re.sub(rf"^/?{PRODUCT}\b[ ,:!]*", "", line, flags=re.IGNORECASE)
    line = re.sub(r"^/([\w-]+)@\w+", r"\1", line).removeprefix("/")
    head, gap, rest = line.partition(" ")
    return re.sub(r"[^\S\n]+", " ", head.replace("_", " ") + gap + rest).strip()


def is_for_bot(text: str, names: tuple[str, ...] = ()) -> bool:
    """Tell whether a line in the directors' room gets an answer (the rule is this module's)."""
    line = grammar.tidy(text)
    folded = line.casefold()
    if is_for_another(text, names):
        return False
    named = any(f"@{name.casefold()}" in folded for name in (*names, PRODUCT))
    if named or folded.startswith(("/", PRODUCT)):
        return True
    parsed, words = parse(line), folded.split()
    if not words or parsed.command in ("yes", "no"):
        return False
    if not parsed.doubt:
        return len(words) <= 4 or " " in parsed.command or parsed.command == "broadcast"
    return (len(words) <= 3 and near_head(words[0], NAMES) is not None) or _begins_with_two(words)


def is_for_another(text: str, names: tuple[str, ...] = ()) -> bool:
    """Tell whether a line begins with the name of somebody who is not this bot: "@ana yes"."""
    named = _ADDRESS.match(grammar.tidy(text).casefold())
    return named is not None and named[1] not in {name.casefold() for name in (*names, PRODUCT)}


def is_vague(text: str) -> bool:
    """Tell whether a line may be meant as a yes or a no, but with a slip ("yess"), or too vaguely ("ok")."""
    word = stripped(text).casefold().rstrip(".! ")
    if word in YES | NO:
        return False
    return word in _VAGUE or any(OSA.distance(word, plain) == 1 for plain in YES | NO if len(plain) > 2)


def _read(line: str, command: Command) -> Parsed | None:
    rest, options = _options(line) if command.options else (line, {})
    found = grammar.pattern(command.usage).match(rest)
    return _accept(command, found.groups(default=""), options) if found else None


def _accept(command: Command, args: tuple[str, ...], options: dict[str, str]) -> Parsed:
    for name in options:
        if name not in command.options:
            return Parsed("help", (command.name,), doubt="option", what=name)
    if "A B" in command.usage:
        two = grammar.two_people(" ".join(args)[:200])
        if two is None:
            return Parsed("help", (command.name,), doubt="two")
        return Parsed(command.name, two, options)
    if "A [B]" in command.usage:
        return Parsed(command.name, grammar.one_or_two(args[0][:200]), options)
    return Parsed(command.name, args, options)


def _options(line: str) -> tuple[str, dict[str, str]]:
    """Split "Spring weeks=8 opens=15 January" into the rest and the options; a value goes on to the next."""
    pieces = re.split(r"(?:^|\s)([a-z]{2,10})\s?=\s?", line, flags=re.IGNORECASE)
    options = {name.casefold(): value.strip() for name, value in zip(pieces[1::2], pieces[2::2], strict=True)}
    return pieces[0].strip(), options


def _doubt(line: str) -> Parsed:
    near = nearest(line, NAMES)
    words = line.casefold().split()
    head, _, second = near.partition(" ")
    exact = bool(near) and words[0] == head and (not second or second in words)
    return Parsed("help", (near,) if near else (), doubt="missing" if exact else "unknown", what=line[:60])


def _begins_with_two(words: list[str]) -> bool:
    two = " ".join(words[:2])
    return any(name == two or name.startswith(two + " ") for name in COMMANDS if " " in name)
