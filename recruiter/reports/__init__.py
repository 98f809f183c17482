"""The figures: one report a file, query to frozen rows."""
