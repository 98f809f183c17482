"""The bench record of one finalist."""
