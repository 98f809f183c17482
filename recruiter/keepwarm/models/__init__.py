"""Tables of the bench: what was said, promised and feared, and what was agreed about keeping in contact."""
