"""Promotion of the next finalist, checked first and undone if need be."""
