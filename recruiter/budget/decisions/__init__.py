"""Approvers decide on a case, ask questions, and are answered."""
