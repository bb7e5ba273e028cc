"""The playground: its parts one by one, its routes, and a newcomer in a real Chromium."""
