"""Understands what people type as answers: each reader gives plain data, or exactly what was not understood.

Pure functions: none raises on any text, asks the time or the network. Word lists are TOML files beside the
code, so that a language is added without code; the large tables (.tsv) are made by `derive`.
"""

from bot.texts.reading.answers import Read, Unclear, Understood
from bot.texts.reading.choice import read_choice
from bot.texts.reading.choices import read_choices
from bot.texts.reading.country import read_country
from bot.texts.reading.dates import read_date
from bot.texts.reading.hours import read_hours
from bot.texts.reading.languages import read_languages
from bot.texts.reading.line import read_line
from bot.texts.reading.near import nearest
from bot.texts.reading.places import continent_of, main_zone, zones_of
from bot.texts.reading.slots import parse_hours, render_hours
from bot.texts.reading.wish import read_wish
from bot.texts.reading.years import read_years
from bot.texts.reading.yes_no import read_yes_no
from bot.texts.reading.zone import read_zone


__all__ = [
    "Read",
    "Unclear",
    "Understood",
    "continent_of",
    "main_zone",
    "nearest",
    "parse_hours",
    "read_choice",
    "read_choices",
    "read_country",
    "read_date",
    "read_hours",
    "read_languages",
    "read_line",
    "read_wish",
    "read_years",
    "read_yes_no",
    "read_zone",
    "render_hours",
    "zones_of",
]
