"""Tests of the commands people type in a shell."""
