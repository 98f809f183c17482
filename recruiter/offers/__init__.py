"""Terms for a seat: versions, approvals, what became of them; one accepted offer per opening, held by the database."""
