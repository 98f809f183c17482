"""One collector for each section of a budget case."""
