"""Undo of what was done to applications, records and promotions, by a token with an end."""
