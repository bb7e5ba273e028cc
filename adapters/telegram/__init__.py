"""Telegram: updates become events, messages become calls of the Bot API. The library gives types and methods."""
