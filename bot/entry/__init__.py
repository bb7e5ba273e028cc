"""The composition root, a file a command: it alone puts core, storage, platforms and scheduler together."""
