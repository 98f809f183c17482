"""Finalists: the order that people set, and the suggestion beside it."""
