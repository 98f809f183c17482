"""Pages that keep finalists warm: who must hear from us, what they were told, and who comes next."""
