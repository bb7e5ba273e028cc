"""Tests of the core that everything shares."""
