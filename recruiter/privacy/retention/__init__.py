"""How long data is kept, by place and purpose, and what has reached the end of its time."""
