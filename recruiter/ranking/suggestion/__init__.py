"""The suggested ranking of a requisition: inputs, ties, what would change it, the order that people set, and the run log."""
