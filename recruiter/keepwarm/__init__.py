"""Finalists kept warm until the seat is really filled: contacts, promises, concerns, and the act that puts the next one on."""
