"""The model: what carries suggestions, and how well it does."""
