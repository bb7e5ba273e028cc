"""Everything private between the bot and one person: commands, questions and their answers.

`advance` decides about an event, `remind` about an application left unfinished. Of a form that was sent in
`form_errors` gives what cannot be read, and `next_form` what is shown afterwards.
"""

from bot.conversations.forms_filling import next_form
from bot.conversations.forms_reading import errors as form_errors
from bot.conversations.reminding import remind
from bot.conversations.routing import advance


__all__ = ["advance", "form_errors", "next_form", "remind"]
