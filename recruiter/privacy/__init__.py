"""A person's data, everywhere it is: out on request, erased on request, kept no longer than needed."""
