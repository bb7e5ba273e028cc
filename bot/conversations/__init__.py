"""Everything private between the bot and one person: commands, questions and their answers.

`advance` decides about an event, `remind` about an application left unfinished, `welcome` gives what is
told when a round opens, `shown_to_partner` what a partner may see.
"""

from bot.conversations.applying import welcome
from bot.conversations.reminding import remind
from bot.conversations.routing import advance
from bot.wording import shown_to_partner


__all__ = ["advance", "remind", "shown_to_partner", "welcome"]
