"""What the bench looks like: lists, signals on the board, readiness, the record of promises, timelines."""
