"""Words and content: what is said, asked and talked about, all of it from files."""

from bot.texts.catalogue import Texts
from bot.texts.notices import Notice
from bot.texts.program import Program, load_program
from bot.texts.questions import Option, Question
from bot.texts.topics import Step, Topic, prompt


__all__ = ["Notice", "Option", "Program", "Question", "Step", "Texts", "Topic", "load_program", "prompt"]
