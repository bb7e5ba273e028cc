"""Random people through random days, against the whole core and the real storage."""
