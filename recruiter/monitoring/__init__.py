"""The door for whoever looks after servers: whether one is well, what it did and how long that took. Nothing personal goes through it."""
