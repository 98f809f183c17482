"""Pages of offers: terms, approvals, and what became of them."""
