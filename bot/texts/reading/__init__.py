"""Understands what people type as answers: each reader gives plain data, or exactly what it did not understand.

Pure functions; no reader raises on any text, asks the time or the network. Word lists are in the TOML files beside
the code, so that a language can be added without code; the large tables are made by `derive`.
"""
