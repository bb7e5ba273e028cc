"""The whole program on Slack's wire: the real `antipode run`, a process, against the strict stand-in.

`python -m tests.wire_slack` plays a whole round with thirty people, by the socket and by signed requests, and
prints a table.
"""
