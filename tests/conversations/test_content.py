"""The content files of the conversations: what they must hold, and what is refused."""

from pathlib import Path

import pytest

from bot.conversations.kinds import KINDS
from bot.conversations.readers import READERS
from bot.conversations.tables import ASIDES
from bot.texts.notices import read_notices
from bot.texts.questions import read_questions
from tests.conversations.stage import program


def test_every_question_is_of_a_kind_that_is_read() -> None:
    """In all tables; and no id twice."""
    for table in program().tables:
        questions = program().questions(table, "en")
        assert {question.kind for question in questions} <= set(READERS)
        assert len({question.id for question in questions}) == len(questions)


def test_every_small_walk_has_its_questions() -> None:
    """The ids that the commands ask for are in asides.toml."""
    ids = {question.id for question in program().questions("asides", "en")}

    assert {one for wanted in ASIDES.values() for one in wanted} == ids
    assert set(ASIDES) < set(KINDS)


def test_the_surveys_are_short() -> None:
    """At most six taps in the middle; about eight at the end, one of them in words."""
    middle, end = (program().questions(name, "en") for name in ("survey-mid", "survey-end"))

    assert len(middle) <= 6
    assert all(question.options for question in middle)
    assert [question.id for question in end if question.kind == "text"] == ["words"]
    assert all(question.optional for question in (*middle, *end))


def test_no_button_carries_more_than_platforms_allow() -> None:
    """Sixty bytes, with the longest prefix."""
    values = [
        f"a:end.{question.id}:+{option.id}"
        for table in program().tables
        for question in program().questions(table, "en")
        for option in question.options
    ]

    assert [value for value in values if len(value.encode()) > 60] == []


@pytest.mark.parametrize("ask", ["Hello {nobody}", "Hello {name"])
def test_a_question_with_a_place_that_nothing_fills_is_refused(tmp_path: Path, ask: str) -> None:
    """With the file and the question, before anybody is asked."""
    (tmp_path / "en").mkdir()
    file = tmp_path / "en" / "application.toml"
    file.write_text(f'[[question]]\nid = "name"\nask = "{ask}"\n', encoding="utf-8")

    with pytest.raises(ValueError, match=r"application.toml: name.ask"):
        read_questions(tmp_path, "application")


def test_a_notice_without_a_version_is_refused(tmp_path: Path) -> None:
    """Nobody could be asked again when it changes."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "privacy.md").write_text("We keep little.\n", encoding="utf-8")

    with pytest.raises(ValueError, match="version"):
        read_notices(tmp_path)


def test_the_short_form_of_a_notice_stands_apart() -> None:
    """The house rules of a room are not asked twice."""
    conduct = program().notice("conduct", "de")

    assert conduct.version == "2026-11"
    assert "## Short" not in conduct.text
    assert conduct.short.startswith("Be kind")


def test_a_consent_without_a_notice_has_one_version() -> None:
    """A director may ask for an agreement in the question's own words."""
    assert (program().version("photos"), program().version("privacy")) == ("1", "2026-11")
