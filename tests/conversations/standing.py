"""Where a walk may stand when a test begins."""

from bot.model import Dialogue
from bot.snapshots import Turn
from tests.conversations.stage import ANA, NOW, OPEN, Stage, program


def at(question: str, **answers: object) -> Stage:
    """Give a stage that stands at a question of the application."""
    ids = [one.id for one in program().questions("application", "en")]
    before: dict[str, object] = dict.fromkeys(ids[: ids.index(question)], "")
    dialogue = Dialogue(7, "application", question, {**before, **answers}, about=OPEN.id, touched_at=NOW)
    return Stage(Turn(NOW, ANA, dialogue=dialogue, open_round=OPEN))


def editing(question: str, **answers: object) -> Stage:
    """Give a stage that changes an answer from the summary; everything is answered."""
    table = program().questions("application", "en")
    filled: dict[str, object] = dict.fromkeys((one.id for one in table), "")
    dialogue = Dialogue(7, "application", "summary", {**filled, **answers}, about=OPEN.id, touched_at=NOW)
    stage = Stage(Turn(NOW, ANA, dialogue=dialogue, open_round=OPEN))
    stage.tap(f"a:summary:{question}")
    return stage


def answer(stage: Stage, question: str) -> object:
    """Give the answer as it is kept."""
    assert stage.turn.dialogue is not None
    return stage.turn.dialogue.answers.get(question)
