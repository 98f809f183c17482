"""Word documents with real headings and tables."""
