"""Tests of the directors' commands."""
