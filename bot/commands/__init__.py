"""The directors' side: commands in their room, read from a table, confirmed where they cannot be undone.

The order of a command's life: `words_of` the event → `needs` of the words → a Desk → `decide`.
"""

from bot.commands.claims import claim
from bot.commands.decide import decide, needs, words_of
from bot.commands.parse import Parsed, is_for_bot, parse
from bot.commands.table import COMMANDS


__all__ = ["COMMANDS", "Parsed", "claim", "decide", "is_for_bot", "needs", "parse", "words_of"]
