"""Everything private between the bot and one person: commands, questions and their answers.

`advance` decides about an event, `remind` about an application left unfinished.
"""

from bot.conversations.reminding import remind
from bot.conversations.routing import advance


__all__ = ["advance", "remind"]
