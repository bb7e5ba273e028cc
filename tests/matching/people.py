"""Made-up people in the shape of the International Librarians Network: by seed, as many as wanted."""

from collections.abc import Iterator, Sequence
from random import Random

from bot.matching import Applicant, Slot


# country, zone, languages spoken besides or instead of English, share that speaks English
PLACES = (
    ("AU", "Australia/Sydney", (), 1.0),
    ("NG", "Africa/Lagos", ("yo", "ig", "ha"), 1.0),
    ("PH", "Asia/Manila", ("tl",), 1.0),
    ("US", "America/New_York", ("es",), 1.0),
    ("IN", "Asia/Kolkata", ("hi", "ta", "bn"), 0.98),
    ("GB", "Europe/London", ("fr",), 1.0),
    ("PK", "Asia/Karachi", ("ur",), 0.98),
    ("NZ", "Pacific/Auckland", (), 1.0),
    ("CA", "America/Toronto", ("fr",), 0.98),
    ("KE", "Africa/Nairobi", ("sw",), 1.0),
    ("ZA", "Africa/Johannesburg", ("zu", "af"), 1.0),
    ("MX", "America/Mexico_City", ("es",), 0.7),
    ("ID", "Asia/Jakarta", ("id",), 0.9),
    ("BR", "America/Sao_Paulo", ("pt",), 0.7),
    ("JP", "Asia/Tokyo", ("ja",), 0.9),
    ("BD", "Asia/Dhaka", ("bn",), 0.9),
    ("GH", "Africa/Accra", (), 1.0),
    ("DE", "Europe/Berlin", ("de",), 0.97),
    ("FR", "Europe/Paris", ("fr",), 0.8),
    ("ES", "Europe/Madrid", ("es",), 0.8),
    ("CO", "America/Bogota", ("es",), 0.6),
    ("AR", "America/Argentina/Buenos_Aires", ("es",), 0.7),
    ("EG", "Africa/Cairo", ("ar",), 0.9),
    ("PT", "Europe/Lisbon", ("pt",), 0.9),
    ("CN", "Asia/Shanghai", ("zh",), 0.95),
    ("MA", "Africa/Casablanca", ("ar", "fr"), 0.6),
    ("SN", "Africa/Dakar", ("fr",), 0.5),
    ("NP", "Asia/Kathmandu", ("ne",), 0.95),
    ("AO", "Africa/Luanda", ("pt",), 0.5),
    ("FJ", "Pacific/Fiji", ("fj",), 1.0),
)
INTERESTS = tuple(f"interest-{k:02}" for k in range(60))
GOALS = ("learn-other-practice", "friendship", "career-advice", "project-collaboration", "conference-writing")
SECTORS = ("academic", "public", "school", "special", "health", "national", "law", "government", "archive")
STAGES = ("librarian", "manager", "student", "cataloguer", "systems", "technician", "director")
WISHES = ("any", "any", "similar", "similar", "different")
PLATFORMS = (("telegram",), ("telegram",), ("telegram", "slack"), ("slack",))


def made_up(count: int, seed: int = 1) -> list[Applicant]:
    """Give so many people."""
    return list(stream(count, seed))


def stream(count: int, seed: int = 1) -> Iterator[Applicant]:
    """Give so many people one after the other, for numbers that should not all be held."""
    chance = Random(seed)
    places = chance.choices(PLACES, _falling(len(PLACES)), k=count)
    for number, (country, zone, others, english) in enumerate(places):
        tongues = tuple(tongue for tongue in others if chance.random() < 0.4)
        speaks = ("en", *tongues) if chance.random() < english else tongues or others[:1]
        yield Applicant(
            id=str(number),
            country=country,
            zone=zone,
            languages=speaks,
            interests=_several(chance, INTERESTS, chance.randint(3, 8)),
            sector=_one(chance, SECTORS),
            stage=_one(chance, STAGES),
            years=min(int(chance.expovariate(0.12)), 45),
            goals=_several(chance, GOALS, chance.randint(1, 3)),
            hours=tuple(_slot(chance) for _ in range(chance.randint(2, 6))),
            experience_wish=chance.choice(WISHES),
            platforms=chance.choice(PLATFORMS),
        )


def earlier_pairs(people: Sequence[Applicant] | int, seed: int = 2) -> list[tuple[str, str]]:
    """Give pairs of an earlier round, of about half of the people (or of so many people made up here)."""
    chance = Random(seed)
    count = people if isinstance(people, int) else len(people)
    ids = chance.sample([str(number) for number in range(count)], count // 2)
    return list(zip(ids[::2], ids[1::2], strict=False))


def _falling(count: int) -> list[float]:
    return [1 / (place + 1.5) for place in range(count)]


def _several(chance: Random, names: Sequence[str], count: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chance.choices(names, _falling(len(names)), k=count)))


def _one(chance: Random, names: Sequence[str]) -> str:
    return chance.choices(names, _falling(len(names)))[0]


def _slot(chance: Random) -> Slot:
    return Slot(chance.randrange(7), min(max(int(chance.gauss(17, 3)), 7), 22), chance.randint(1, 3))
