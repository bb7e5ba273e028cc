"""The program as its directors wrote it: texts, questions, topics and the few figures, loaded once."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.texts.catalogue import Texts, Value, fallbacks, merge, read_lines
from bot.texts.notices import Notice, merge_notices, read_notices
from bot.texts.questions import Question, read_questions, translated
from bot.texts.share import ShareKit, read_share_kit
from bot.texts.topics import Topic, read_topics


BUILT_IN = Path(__file__).parent.parent / "content"
#: The tables of questions a program has: a file each.
TABLES = ("application", "survey-mid", "survey-end", "asides")


@dataclass(frozen=True, eq=False)
class Program:
    """What every rule may know of the program besides its snapshot."""

    texts: Texts
    topics: tuple[Topic, ...]
    #: Question tables by name and language.
    tables: dict[str, dict[str, tuple[Question, ...]]]
    #: How long a week of the program lasts; 7 days but in a trial.
    pace: timedelta = timedelta(days=7)
    retention_days: int = 365
    #: Names of the bot on its platforms, for links: {"telegram": "antipode_bot"}.
    bot_names: dict[str, str] = field(default_factory=dict)
    #: What people agree to, by name and language.
    notices: dict[str, dict[str, Notice]] = field(default_factory=dict)
    #: Texts for the promoters to post.
    share: ShareKit = field(default_factory=ShareKit)

    def say(self, language: str, key: str, /, **values: Value) -> str:
        """Give the words for `key` in the person's language, English where it lacks them."""
        return self.texts.say(language, key, **values)

    def questions(self, table: str, language: str) -> tuple[Question, ...]:
        """Give the questions of a table in the person's language, English where it lacks them."""
        of = self.tables[table]
        for candidate in fallbacks(language):
            if candidate != "en" and candidate in of:
                return translated(of["en"], of[candidate])
        return of["en"]

    def version(self, name: str) -> str:
        """Give the version of what people agree to; a consent without a notice has but one."""
        return self.notices[name]["en"].version if name in self.notices else "1"

    def notice(self, name: str, language: str) -> Notice:
        """Give the notice in the person's language, English where it lacks one."""
        of = self.notices[name]
        return next(of[candidate] for candidate in fallbacks(language) if candidate in of)


def _table(own: Path, name: str) -> dict[str, tuple[Question, ...]]:
    """Give a table's questions by language, the program's own first.

    The commands ask the small questions by their ids: those that a program's own file lacks are built in.
    """
    built, found = read_questions(BUILT_IN, name), read_questions(own, name)
    if name == "asides" and "en" in found:
        ids = {question.id for question in found["en"]}
        missing = tuple(question for question in built["en"] if question.id not in ids)
        found["en"] = (*found["en"], *missing)
    return {**built, **found}


def load_program(
    folder: Path | None = None,
    *,
    pace: timedelta = timedelta(days=7),
    retention_days: int = 365,
    bot_names: dict[str, str] | None = None,
) -> Program:
    """Read the built-in content, and over it the program's own folder line by line.

    Raises ValueError, with the file and the reason, when a file cannot be read.
    """
    own = folder or BUILT_IN
    return Program(
        texts=merge(read_lines(BUILT_IN), read_lines(own)),
        topics=read_topics(own / "en" / "topics") or read_topics(BUILT_IN / "en" / "topics"),
        tables={name: _table(own, name) for name in TABLES},
        pace=pace,
        retention_days=retention_days,
        bot_names=dict(bot_names or {}),
        notices=merge_notices(read_notices(BUILT_IN), read_notices(own)),
        share=read_share_kit(own if (own / "en" / "share.toml").exists() else BUILT_IN),
    )
