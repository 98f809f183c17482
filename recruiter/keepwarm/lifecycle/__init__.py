"""Acts on applications and offers that reach each other: move, reject, withdraw, reopen, decline, lapse."""
