"""The tests of Antipode."""
