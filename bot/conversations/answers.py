"""The meaning of answers is described in `bot.answers`, which everybody may import without a walk."""

from bot.answers import Span, Told, kept, spans, told


__all__ = ["Span", "Told", "kept", "spans", "told"]
