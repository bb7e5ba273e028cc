"""The life of a round: dates, the country balance, the draft of pairs, re-matching, the end.

`advance` is one look at one round; `draft`, `start`, `finish` and `cancel` are what directors do with a whole
round; `admit` is the country balance alone. Pure: a hall comes in, an Outcome goes out.
"""

from bot.rounds.admission import FEW, Admission, admit, room_for
from bot.rounds.drafting import draft, quality
from bot.rounds.look import advance
from bot.rounds.people import applicant_of, partnership_of
from bot.rounds.starting import cancel, finish, start


__all__ = [
    "FEW",
    "Admission",
    "admit",
    "advance",
    "applicant_of",
    "cancel",
    "draft",
    "finish",
    "partnership_of",
    "quality",
    "room_for",
    "start",
]
