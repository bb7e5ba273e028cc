"""Simulated people: who they are, how they are minded, what they answer. All from a seed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from random import Random


class Temper(StrEnum):
    """How a simulated person takes part."""

    KEEN = "keen"  # answers within hours
    SLOW = "slow"  # answers days later, often only after the reminder
    SILENT = "silent"  # stops answering a few weeks in
    LEAVING = "leaving"  # withdraws in the middle of the round
    BLOCKING = "blocking"  # blocks the bot in the middle of the round
    TRAVELLING = "travelling"  # moves to another zone, and lives through a change of clocks


#: How many of a hundred people are of which temper.
SHARES: Mapping[Temper, int] = {
    Temper.KEEN: 52,
    Temper.SLOW: 28,
    Temper.SILENT: 8,
    Temper.LEAVING: 4,
    Temper.BLOCKING: 3,
    Temper.TRAVELLING: 5,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A country and city with the languages spoken and the names given there."""

    country: str
    zone: str
    city: str
    said: str
    languages: tuple[str, ...]
    names: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Actor:
    """One simulated person."""

    account: str
    name: str
    place: Place
    temper: Temper
    #: Everything random about them comes from this.
    seed: int

    def dice(self, occasion: str) -> Random:
        """Give randomness that depends on the person and the occasion alone, not on the order of events."""
        return Random(f"{self.seed}/{self.account}/{occasion}")


def cast(people: int, seed: int, shares: Mapping[Temper, int] = SHARES) -> tuple[Actor, ...]:
    """Give so many people, the same ones for the same seed."""
    dice = Random(f"cast/{seed}")
    places = world()
    homes = dice.choices(places, weights=[place.weight for place in places], k=people)
    tempers = dice.choices(list(shares), weights=list(shares.values()), k=people)
    names = [dice.choice(home.names) for home in homes]
    return tuple(
        Actor(f"p{number:05}", names[number], homes[number], tempers[number], seed)
        for number in range(people)
    )


def read_shares(file: Path) -> dict[Temper, int]:
    """Read a cast file: `[share]` with a number for each temper; raises ValueError with the reason."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get("share", {})
        shares = {Temper(name): int(number) for name, number in found.items()}
    except (OSError, tomllib.TOMLDecodeError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error
    if not shares or min(shares.values()) < 0 or sum(shares.values()) == 0:
        raise ValueError(
            f"{file}: [share] needs a number above zero for at least one of {', '.join(Temper)}."
        )
    return shares


@lru_cache(maxsize=1)
def world() -> tuple[Place, ...]:
    """Give the places simulated people come from."""
    found = tomllib.loads((Path(__file__).parent / "world.toml").read_text(encoding="utf-8"))
    return tuple(
        Place(**{**place, "languages": tuple(place["languages"]), "names": tuple(place["names"])})
        for place in found["place"]
    )
