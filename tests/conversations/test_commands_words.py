"""The bot's language, and the words of its help."""

from bot.conversations.helping import LISTED
from bot.conversations.words import TYPED
from bot.snapshots import Turn
from tests.conversations.stage import ANA, BEN, NOW, OPEN, Stage, program


def test_language_takes_a_name_or_asks() -> None:
    """A language the bot has no words in is said so."""
    stage = Stage()

    assert "I do not speak “Klingon” yet" in stage.say("/language Klingon")
    assert "From now on I speak English" in stage.say("english")
    assert "From now on I speak English" in stage.say("/language en")
    assert "Which language shall I speak" in stage.say("/language")
    assert "From now on I speak English" in stage.tap("English")
    assert stage.turn.person.language == "en"


def test_help_names_the_ambassador_of_the_country() -> None:
    """The first person to help its participants."""
    stage = Stage(Turn(NOW, ANA, open_round=OPEN, ambassador=BEN))

    assert "Ben is the ambassador of your country" in stage.say("help")


def test_thanks_are_taken_kindly() -> None:
    """And never called something that was not understood."""
    assert Stage().say("Thanks a lot!").startswith("You are welcome!")
    assert Stage().say("gracias").startswith("You are welcome!")


def test_every_text_of_the_conversations_can_be_said() -> None:
    """No key is missing in the content for the commands that are listed and typed."""
    keys = {f"commands.help.{word}" for word in LISTED} | {f"commands.words.{word}" for word in TYPED}
    assert [key for key in sorted(keys) if not program().texts.has(key)] == []
