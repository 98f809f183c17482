"""The seat: an approved request to hire, with its openings, stages, attributes, bar and pay band."""
