"""Who takes part: thirty people in many countries, each with their own way of answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Manner(StrEnum):
    """How somebody answers questions."""

    WORDS = "words"
    TAPS = "taps"
    MIXED = "mixed"


class Quirk(StrEnum):
    """What somebody does besides answering."""

    NONE = "none"
    TYPO = "typo"  # first writes a country that there is not
    COMMAND = "command"  # types a command in the middle of a question, then goes on
    LATER = "later"  # taps "Later", and comes back with /apply
    PAUSES = "pauses"  # stops in the middle until the bot was killed and started again
    EDITS = "edits"  # changes an answer at the summary


class Temper(StrEnum):
    """How somebody lives through the weeks."""

    KEEN = "keen"  # answers every check-in at once
    SILENT = "silent"  # never answers a check-in
    BLOCKS = "blocks"  # blocks the bot in the middle of the round


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the cast."""

    name: str
    country: str
    city: str
    tongues: str
    manner: Manner = Manner.MIXED
    quirk: Quirk = Quirk.NONE
    temper: Temper = Temper.KEEN
    #: The language of their Telegram app.
    app: str = "en"

    @property
    def answers_surveys(self) -> bool:
        """Tell whether they take part in surveys: some do."""
        return self.temper is Temper.KEEN and self.manner is Manner.TAPS


_HOMES = (
    ("Ana", "Brasil", "São Paulo", "Portuguese and English", "pt-br"),
    ("Ben", "the Philippines", "Manila", "Tagalog, English", "en"),
    ("Chidi", "Nigeria", "Lagos", "english", "en"),
    ("Dilek", "Turkey", "Istanbul", "Turkish, English and a little French", "tr"),
    ("Elin", "sweden", "Stockholm", "Swedish and English", "sv"),
    ("Farid", "Maroc", "Casablanca", "Arabic, French, English", "fr"),
    ("Grace", "Kenya", "Nairobi", "Swahili and English", "en"),
    ("Hana", "Japan", "Tokyo", "Japanese; English", "ja"),
    ("Ivan", "Bulgaria", "Sofia", "Bulgarian, English", "bg"),
    ("Juana", "México", "Mexico City", "Spanish and English", "es"),
    ("Kofi", "Ghana", "Accra", "English", "en"),
    ("Linh", "Vietnam", "Hanoi", "Vietnamese, English", "vi"),
    ("Mateo", "Argentina", "Buenos Aires", "Spanish, English", "es"),
    ("Nina", "Deutschland", "Berlin", "German and English", "de"),
    ("Omar", "Egypt", "Cairo", "Arabic and English", "ar"),
    ("Petra", "Czech Republic", "Prague", "Czech, English", "cs"),
    ("Quentin", "France", "Paris", "French, English", "fr"),
    ("Rosa", "Peru", "Lima", "Spanish, English", "es"),
    ("Sipho", "South Africa", "Cape Town", "English, Zulu", "en"),
    ("Tui", "New Zealand", "Auckland", "English, Maori", "en"),
    ("Uma", "India", "Mumbai", "Hindi, English", "hi"),
    ("Vera", "Poland", "Warsaw", "Polish, English", "pl"),
    ("Wanja", "Uganda", "Kampala", "English", "en"),
    ("Ximena", "Chile", "Santiago", "Spanish, English", "es"),
    ("Yusuf", "Pakistan", "Karachi", "Urdu, English", "ur"),
    ("Zoe", "UK", "London", "English", "en"),
    ("Asha", "Nepal", "Kathmandu", "Nepali, English", "ne"),
    ("Bruno", "Portugal", "Lisbon", "Portuguese, English", "pt"),
    ("Carol", "USA", "Chicago", "English", "en"),
    ("Dewi", "Indonesia", "Jakarta", "Indonesian, English", "id"),
)
_QUIRKS = (
    Quirk.TYPO,
    Quirk.COMMAND,
    Quirk.PAUSES,
    Quirk.NONE,
    Quirk.LATER,
    Quirk.NONE,
    Quirk.EDITS,
)


def cast(people: int) -> tuple[Part, ...]:
    """Give so many people (an even number, at most thirty): one of them silent, one who blocks the bot."""
    manners: Sequence[Manner] = tuple(Manner)
    found = []
    for place, (name, country, city, tongues, app) in enumerate(_HOMES[:people]):
        temper = {3: Temper.SILENT, 7: Temper.BLOCKS}.get(place, Temper.KEEN)
        quirk = _QUIRKS[place % len(_QUIRKS)]
        found.append(Part(name, country, city, tongues, manners[place % 3], quirk, temper, app))
    return tuple(found)
