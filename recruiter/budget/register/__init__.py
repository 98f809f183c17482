"""The register of exceptions: how often each band, role and manager went above the band, and what became of it."""
