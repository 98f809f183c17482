"""The people who work here: who they are, what their role is, how they sign in."""
