"""Everything that is held about a person, as a file for them: without the names of others."""
