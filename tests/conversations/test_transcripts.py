"""Plays `tests/transcripts/*.txt`: conversations a director can read and write.

`ana: words` is said, `ana: [Label]` is tapped, `wait: 3 days` lets time pass. Every `bot:` line after it
must be in the one reply, `buttons:` are the labels of its buttons, `saved:` is what was kept. A line
that begins with # is a comment.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversations import remind
from bot.model import Application, SurveyAnswer
from tests.conversations.stage import Stage, paired, program


TRANSCRIPTS = sorted((Path(__file__).parent.parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_the_conversation_goes_as_it_is_written(file: Path) -> None:
    """Every line of the transcript happens, with one reply to each."""
    stage = paired() if file.stem.startswith("paired") else Stage()
    reply = ""
    for number, who, words in lines(file):
        where = f"{file.name}:{number}: {reply} {stage.labels}"
        match who:
            case "bot":
                assert words in reply, where
            case "buttons":
                assert [label.strip() for label in words.split("|")] == stage.labels, where
            case "wait":
                count, unit = words.split()
                stage.later(**{unit if unit.endswith("s") else f"{unit}s": float(count)})
                stage.apply(remind(stage.turn, program()))
            case "saved":
                assert words in saved(stage), where
            case "nothing":
                assert stage.saved == [], where
            case _:
                reply = stage.tap(words[1:-1]) if words.startswith("[") else stage.say(words)
                assert len(stage.replies) == 1, where


def lines(file: Path) -> Iterator[tuple[int, str, str]]:
    """Give the lines with their numbers, who speaks and what."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            who, _, words = line.partition(":")
            yield number, who.strip(), words.strip()


def saved(stage: Stage) -> str:
    """Give what was kept, in words."""
    applications = [one for one in stage.of(Application) if isinstance(one, Application)]
    answers = [one for one in stage.of(SurveyAnswer) if isinstance(one, SurveyAnswer)]
    words = [f"application {one.state} {dict(one.answers)}" for one in applications[-1:]]
    words += [f"survey {one.survey} {one.question} {one.value}" for one in answers]
    return "\n".join(words or ["nothing"])
