"""The check of words: what has no place in a budget case, and what is warned of."""
