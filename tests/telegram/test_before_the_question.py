"""Words that were written before a question could be seen, with everything real but Telegram itself."""

from pathlib import Path

import pytest

from bot.model import Round, RoundState
from bot.outcome import Outcome
from tests.fresh import all_sent
from tests.telegram.wired import Wired, wired
from tests.telegram_server import Person


pytestmark = pytest.mark.wire


async def agreeing(w: Wired) -> Person:
    """Give Ana, who applies and is asked the last question before the one for her name."""
    async with w.store.unit() as unit:
        await unit.save(Outcome((Round("spring", "Spring", RoundState.OPEN),)), w.clock.now())
    ana = w.server.user("Ana")
    ana.say("/apply")
    await ana.hears("how your answers are used")
    await all_sent(w.store)
    ana.say("I agree")
    await ana.hears("how we treat each other")
    await all_sent(w.store)
    return ana


async def test_what_was_written_twice_while_the_bot_was_away_becomes_nobodys_name(tmp_path: Path) -> None:
    async with wired(tmp_path) as w:
        ana = await agreeing(w)

        ana.say("I agree")
        ana.say("I agree")

        await ana.hears("You wrote that before you could see my question")
        assert "What should your partner call you" in ana.last().text
        await all_sent(w.store)
        ana.say("Ana")
        await ana.hears("Which country do you live in")
