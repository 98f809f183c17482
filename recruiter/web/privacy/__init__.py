"""Pages about a person's data: what they asked, what is held, erasure, legal holds and keeping times."""
