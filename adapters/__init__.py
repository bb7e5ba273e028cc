"""Platforms and the clock: what the core needs from the world."""
