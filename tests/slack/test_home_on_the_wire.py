"""The page of somebody who has a partner, with everything real but Slack itself."""

from dataclasses import replace
from datetime import timedelta

from bot.app import Bot
from bot.events import HomeOpened, Sender
from bot.model import (
    Application,
    ApplicationState,
    CheckIn,
    Membership,
    Partnership,
    PartnershipState,
    RoomKind,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.snapshots import Turn
from tests.slack.running import slack, whole_bot
from tests.slack_server import Person


async def known(bot: Bot, person: Person) -> Turn:
    """Give what surrounds a person."""
    account = f"{person.team.id}/{person.id}"
    event = HomeOpened(id="?", platform="slack", at=bot.clock.now(), sender=Sender(account))
    async with bot.store.unit() as unit:
        (turn,) = await unit.turns([event], bot.clock.now())
    assert turn is not None
    return turn


async def pair_up(bot: Bot, *people: Person) -> None:
    """Let these two be partners since eight days, with this week's question open."""
    now = bot.clock.now()
    both = [(await known(bot, person)).person for person in people]
    ids = tuple(person.id for person in both)
    began = now - timedelta(days=8)
    its_round = Round("spring", "Spring", RoundState.RUNNING, started_at=began)
    pair = Partnership(
        *("spring.1", "spring", 1, "slack", ids, PartnershipState.RUNNING, ids[0]),
        room=RoomKind.GROUP,
        chat="T/G1",
        introduced_at=began,
    )
    applied = [
        Application("spring", person.id, ApplicationState.PLACED, {"name": person.name}, began)
        for person in both
    ]
    here = [replace(person, zone="America/Sao_Paulo") for person in both]
    members = [Membership("spring.1", number, "spring") for number in ids]
    asked = CheckIn("spring.1", ids[0], 2, now - timedelta(hours=1))
    async with bot.store.unit() as unit:
        await unit.save(Outcome((its_round, pair, *here, *applied, *members, asked)), now)


async def test_the_page_of_a_paired_person() -> None:
    """Their partner, both clocks, the topic, the question; an answer there is answered over it."""
    async with slack() as server, whole_bot(server) as bot:
        bia, ben = server.user("Bia"), server.user("Ben")
        for person in (bia, ben):
            person.opens_home()
        await server.until(lambda: bool(bia.home and ben.home))
        await pair_up(bot, bia, ben)

        bia.opens_home()
        await server.until(lambda: "Your partner" in bia.home)
        assert f"<@{ben.id}>" in bia.home
        assert "The time now" in bia.home
        assert "Week 2" in bia.home

        bia.taps("We met or talked", on="home")
        await bia.sees_modal("Wonderful")
        await server.until(lambda: "We met or talked" not in bia.home)
        bia.closes()
        bia.taps("My partner", on="home")
        await bia.sees_modal("Your partner")
        bia.taps("This week's topic", on="modal")
        await bia.sees_modal("Week 2")
        assert server.violations == []
