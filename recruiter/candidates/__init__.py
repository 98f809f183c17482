"""The person: one row however often he applies, found again by name, mail and phone."""
