"""Who may do what: one list of permissions, asked by every door; what is not allowed here is refused."""
