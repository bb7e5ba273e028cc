"""The topics of a round: what the pairs talk about, two steps each, read from content files."""

from dataclasses import dataclass
from pathlib import Path

from bot.texts.catalogue import read_toml


@dataclass(frozen=True, slots=True)
class Step:
    """One week's prompt."""

    heading: str
    text: str
    questions: tuple[str, ...]
    activity: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """Two weeks' subject: the first step opens it, the second goes deeper."""

    id: str
    title: str
    steps: tuple[Step, ...]


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """Read `<folder>/*.toml` in the order of their names; raises ValueError with file and reason."""
    return tuple(_topic(file) for file in sorted(folder.glob("*.toml")))


def prompt(topics: tuple[Topic, ...], week: int, first_week: int, weeks: int) -> tuple[Topic, Step]:
    """Give the prompt of a week: topics count from the partnership's first week, the last is for the end.

    A re-matched pair begins at the first topic while the calendar goes on; the last two weeks are the
    last topic for everybody (program: "Reflection and review" in weeks 15 and 16).
    """
    if week > weeks - 2:
        return topics[-1], topics[-1].steps[(week - weeks + 1) % 2]
    own = week - first_week
    earlier = topics[:-1] or topics
    topic = earlier[(own // 2) % len(earlier)]
    return topic, topic.steps[own % len(topic.steps)]


def _topic(file: Path) -> Topic:
    found = read_toml(file)
    steps = found.get("step", [])
    if not isinstance(steps, list) or len(steps) != 2:
        raise ValueError(f"{file}: a topic has two steps, written [[step]] each.")
    try:
        return Topic(str(found["id"]), str(found["title"]), tuple(_step(step) for step in steps))
    except KeyError as missing:
        raise ValueError(f"{file}: {missing} is missing.") from missing


def _step(step: dict[str, object]) -> Step:
    questions = step["questions"]
    assert isinstance(questions, list)
    return Step(
        heading=str(step["heading"]).strip(),
        text="\n\n".join(" ".join(part.split()) for part in str(step["text"]).strip().split("\n\n")),
        questions=tuple(str(question).strip() for question in questions),
        activity=str(step.get("activity", "")).strip(),
        hint=str(step.get("hint", "")).strip(),
    )
