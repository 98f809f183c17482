"""Imports: looked at first, brought in, taken back."""
