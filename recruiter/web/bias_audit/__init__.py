"""The fairness audit: what the last one saw, a new one, its tables to take away, answers brought in."""
