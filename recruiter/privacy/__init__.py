"""A person's data: words about and to candidates are checked; what is held is taken out, erased, kept for its time, or held by law."""
