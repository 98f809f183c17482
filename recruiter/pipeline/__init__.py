"""A person for a seat: applications, their moves through the stages, and the ordered slate of finalists."""
