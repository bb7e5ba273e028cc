"""The commands participants can type: one table, a row for each word."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.conversations import (
    absence,
    applying,
    forms_offering,
    forms_words,
    helping,
    leaving,
    meeting,
    partner,
    reporting,
    rights,
    speaking,
    standing,
)
from bot.conversations.calls import Command
from bot.texts import Program, Texts
from bot.texts.reading.folding import key
from bot.texts.reading.near import nearest


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "start": helping.start,
        "apply": applying.apply,
        "continue": applying.go_on,
        "form": forms_words.form,
        "chat": forms_words.chat,
        "status": standing.status,
        "profile": applying.profile,
        "partner": partner.partner,
        "prompt": partner.topic,
        "when": meeting.when,
        "away": absence.ask_away,
        "pause": absence.ask_away,
        "back": absence.back,
        "survey": forms_offering.survey,
        "withdraw": leaving.ask_withdraw,
        "report": reporting.ask_report,
        "block": leaving.ask_block,
        "language": speaking.ask_language,
        "mydata": rights.mydata,
        "forget": leaving.ask_forget,
        "privacy": helping.privacy,
        "help": helping.help_,
        "thanks": helping.welcome,
        "no-news": applying.no_news,
    }
)
#: Only buttons carry these: nobody types them by mistake.
HIDDEN = frozenset({"no-news", "continue"})
TYPED = tuple(word for word in COMMANDS if word not in HIDDEN)
#: What directors type in their room (a participant who types it here is told so).
DIRECTORS = frozenset(
    (
        "round",
        "pairs",
        "queue",
        "case",
        "people",
        "person",
        "topics",
        "broadcast",
        "ambassadors",
        "ambassador",
        "share",
        "export",
        "audit",
        "health",
        "rehearse",
        "directors",
        "claim",
    )
)
#: Words that no question takes for an answer: they are commands even in the middle of one.
ANYTIME = frozenset({"help", "status", "privacy", "form"})

#: In a relay these are commands even without a slash: a cry for help must not reach the partner.
NEVER_CARRIED = frozenset(
    {"report", "block", "withdraw", "forget", "mydata", "privacy", "help", "status", "survey"}
)


def command_of(text: str) -> tuple[str, str] | None:
    """Give the word and the rest of a text that is written as a command ("/away 3 March")."""
    stripped = text.strip()
    if not stripped.startswith("/") or len(stripped) < 2:
        return None
    word, _, rest = stripped[1:].partition(" ")
    return word.partition("@")[0].lower().strip(), rest.strip()


def plain_command(text: str, language: str, program: Program) -> str:
    """Give the command that the whole text is, in plain words; "" when it is none."""
    if not text or len(text) > 30:
        return ""
    folded = key(text)
    if folded in COMMANDS and folded not in HIDDEN:
        return folded
    return _aliases(program.texts, language).get(folded, "")


def likely(word: str) -> str:
    """Give the command a mistyped word was probably meant to be; "" when none is near."""
    return nearest(word, TYPED) or ""


@lru_cache(maxsize=64)
def _aliases(texts: Texts, language: str) -> Mapping[str, str]:
    """Give every plain word for a command, the language's own before the English ones."""
    spoken = dict.fromkeys(("en", language))
    lines = [(word, texts.say(one, f"commands.words.{word}")) for one in spoken for word in TYPED]
    return {key(alias): word for word, line in lines for alias in line.split(",") if key(alias)}
