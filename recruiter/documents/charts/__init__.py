"""Charts for pages and papers."""
