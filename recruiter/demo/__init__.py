"""A company that never was, told through the real services, so that a newcomer has something to look at."""
