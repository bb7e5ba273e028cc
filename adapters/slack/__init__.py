"""Slack: payloads become events, messages become Block Kit requests."""
