"""Pages of today."""
