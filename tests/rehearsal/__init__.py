"""Tests of the simulated people and of whole rounds played with them."""
