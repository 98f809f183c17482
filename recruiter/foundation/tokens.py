"""Secrets that are handed out once and kept only as their digest."""

from __future__ import annotations

import hashlib
import secrets


def new() -> str:
    """A new secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256, since the secret itself has full entropy."""
    return hashlib.sha256(secret.encode()).hexdigest()
