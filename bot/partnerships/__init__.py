"""The life of one partnership: introduction, weeks, silence, parting and the end.

`advance` is one look at one partnership; `part` lets one person go. Pure: a book or a turn comes in, an
Outcome goes out.
"""

from bot.partnerships.look import advance
from bot.partnerships.parting import dissolve, leave, part


__all__ = ["advance", "dissolve", "leave", "part"]
