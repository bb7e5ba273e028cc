"""A whole round in seconds: simulated people, a simulated director, a virtual clock."""
