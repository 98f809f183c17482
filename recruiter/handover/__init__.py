"""The work of a colleague whose account ends: what waits for them, and who goes on with it, so that nothing waits forever."""
