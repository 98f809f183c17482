"""How things look in JSON, one file an area. A key that the caller may not see is absent."""
