"""Whether two records are one person, and names found in spite of typing errors."""
