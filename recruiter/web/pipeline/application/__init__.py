"""The page of one application."""
