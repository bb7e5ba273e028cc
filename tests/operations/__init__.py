"""Tests of what operators see and do: metrics, readiness, deliveries and dead letters, backups, attacks."""
