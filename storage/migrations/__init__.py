"""The steps from each released schema to the next; `python -m storage.migrations.check` proves them."""
