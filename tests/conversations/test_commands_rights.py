"""What people may ask about their data: to read the notice, to have it all, to have it deleted."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversations.rights import asked_for
from bot.events import Said, Tapped
from bot.model import (
    Case,
    Person,
)
from bot.snapshots import Turn
from tests.conversations.stage import NOW, OPEN, Stage, paired, told_to_ben
from tests.conversations.test_totals import PATH


@pytest.mark.parametrize("words", ["forget", "yes", "[Yes, delete everything]"])
def test_forgetting_erases_the_person_and_tells_the_partner(words: str) -> None:
    """By the button or the word; nothing of the person is saved again."""
    stage = paired()
    stage.say("/forget")
    reply = stage.tap(words[1:-1]) if words.startswith("[") else stage.say(words)

    assert "deleted" in reply
    assert stage.erased == [7]
    assert len(told_to_ben(stage)) == 1
    stage.say("/forget")
    assert "everything is kept" in stage.say("no")


def test_who_was_erased_begins_anew() -> None:
    """With the platform's name and language, and nothing of before."""
    gone = Person(7, "telegram", "77", language="de", erased_at=NOW - timedelta(days=9))
    stage = Stage(Turn(NOW, gone, open_round=OPEN))

    assert "Hello Ana!" in stage.say("/start")
    assert (stage.turn.person.erased_at, stage.turn.person.language) == (None, "en")


def test_mydata_is_a_file_with_everything_held() -> None:
    """As JSON, by kind of record."""
    stage = paired()
    stage.say("/mydata")
    assert stage.message.attachment is not None
    assert sorted(json.loads(stage.message.attachment.content)) == ["Application", "Partnership", "Person"]

    case = Case("report/telegram/1", "report", NOW, person=7, tried=("conduct", "He shouts."))
    stage.turn = replace(stage.turn, held=(case, stage.turn.person))
    stage.say("/mydata")

    file = stage.message.attachment
    assert file is not None
    held = json.loads(file.content)
    assert sorted(held) == ["Case", "Person"]
    assert held["Case"][0]["tried"] == ["conduct", "He shouts."]


def test_the_snapshot_knows_when_everything_is_asked_for() -> None:
    """By the command, the plain word or the button."""
    words = ("/mydata", "my data", "hello")
    said = [asked_for(Said(id="1", platform="telegram", at=NOW, text=text)) for text in words]
    values = ("cmd:mydata", "cmd:help")
    taps = [asked_for(Tapped(id="1", platform="telegram", at=NOW, value=value)) for value in values]

    assert (said, taps) == ([True, True, False], [True, False])


def test_a_confirmation_of_last_week_does_not_count() -> None:
    """Neither the word nor the button; what lay under it waits again."""
    stage = Stage()
    for words in PATH[:6]:
        stage.say(words)
    stage.say("/forget")
    stage.later(days=2)
    reply = stage.tap("Yes, delete everything")

    assert "earlier question" in reply
    assert "In which languages" in reply
    assert stage.erased == []


def test_the_privacy_notice_can_be_read_at_any_time() -> None:
    """With the retention filled in, also in the middle of a question."""
    stage = Stage()
    stage.say("/apply")
    stage.say("yes")
    stage.say("yes")
    reply = stage.say("/privacy")

    assert "365 days after your last round" in reply
    assert "still waits: Name" in reply
    assert stage.labels[-1] == "Go on"
