"""Every reader, an ordinary answer to each, and the texts that are hardest on them."""

from collections.abc import Callable
from datetime import date

from bot.texts.reading import (
    Read,
    read_choice,
    read_choices,
    read_country,
    read_date,
    read_hours,
    read_languages,
    read_line,
    read_wish,
    read_years,
    read_yes_no,
    read_zone,
)


OPTIONS = {
    "public": ("Public library", "municipal"),
    "law": ("Law library",),
    "it": ("Teaching and training",),
}
READERS: dict[str, Callable[[str], Read]] = {
    "country": read_country,
    "country for a Spaniard": lambda text: read_country(text, ("es", "en")),
    "zone": lambda text: read_zone(text, None),
    "zone in America": lambda text: read_zone(text, "US"),
    "zone on a day": lambda text: read_zone(text, "AU", today=date(2026, 3, 1)),
    "languages": lambda text: read_languages(text, "en"),
    "choice": lambda text: read_choice(text, OPTIONS),
    "choices": lambda text: read_choices(text, OPTIONS),
    "own choices": lambda text: read_choices(text, OPTIONS, own=True),
    "hours": read_hours,
    "wish": read_wish,
    "yes or no": read_yes_no,
    "date": lambda text: read_date(text, date(2026, 3, 1)),
    "years": lambda text: read_years(text, date(2026, 3, 1)),
    "line": lambda text: read_line(text, 60),
}
ORDINARY = {
    "country": "I live in Portugal",
    "country for a Spaniard": "España",
    "zone": "Melbourne",
    "zone in America": "Chicago",
    "zone on a day": "Sydney",
    "languages": "English and a little French",
    "choice": "Public library",
    "choices": "law, teaching",
    "own choices": "law, maps",
    "hours": "weekday evenings after 7pm",
    "wish": "someone from Africa",
    "yes or no": "yes please",
    "date": "1 February 2027",
    "years": "since 2015",
    "line": "I help people find old newspapers.",
}
HOSTILE = {
    "empty": "",
    "blank": " \n\t\u200b",
    "long word": "a" * 5000,
    "long digits": "9" * 5000,
    "many words": "Guinea no " * 500,
    "many near words": "Nigerai Austrlia Wensdey " * 200,
    "many times": "7pm-9 " * 830,
    "many days": "Mon " * 1250,
    "many numbers": "1,2 3-4 " * 600,
    "Chinese": "中华人民共和国" * 700,
    "Thai": "ภาษา" * 1250,
    "Arabic": "و مصر " * 800,
    "flags": "🇰🇪" * 2500,
    "pictures": "👩‍🔬👍🏽" * 700,
    "marks": "Z" + "\u0337" * 4999,
    "controls": "\x00\x1b\x7f" * 1600,
    "unpaired": "\ud800" * 5000,
    "punctuation": "?!.,;:-+/()" * 450,
    "initials": "U.S." * 1250,
    "offsets": "UTC+3 GMT-5 " * 400,
    "ligature": "\ufdfa" * 5000,
}
