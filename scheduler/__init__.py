"""APScheduler as the clock only: it says look now and nothing more."""
