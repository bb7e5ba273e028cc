"""A storm: the real program is killed, its platform and database fail, and nothing may be lost or doubled.

Real `antipode run` processes (`tests.storm.process` only adds the places where they die) against the strict
stand-in of a platform. What the stand-in counted is the truth; `audit` compares it with the database.
`python -m tests.storm` plays 200 kills and prints the table.
"""
