"""The whole program on the wire: the real `antipode run`, a process of its own, against the strict stand-in.

People read what the bot writes and tap or type as people do (`actor`, `answering`); nobody waits for a time,
everybody for what they see. `python -m tests.wire` plays a whole round with thirty people and prints a table.
"""
