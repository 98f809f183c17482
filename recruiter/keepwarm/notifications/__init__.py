"""What colleagues are told about the bench: alerts at once and the daily digest."""
