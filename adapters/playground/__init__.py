"""The playground: a third platform, on one page, for anybody who wants to see the program at work."""
