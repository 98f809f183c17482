"""The person: one row however often they apply, found again by name, mail and phone."""
