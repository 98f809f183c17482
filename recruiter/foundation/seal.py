"""Secrets that must be read again, kept so that whoever has the database alone cannot read them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Seal:
    """Seals text with the secret key of the installation (Fernet: AES-128-CBC with HMAC-SHA-256), for one purpose.

    What was sealed under another key or for another purpose does not open.
    """

    def __init__(self, secret_key: str, *, purpose: str) -> None:
        self._secret_key, self._purpose = secret_key, purpose

    def _fernet(self) -> Fernet:
        from cryptography.fernet import Fernet  # loaded when a secret is sealed or opened
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=self._purpose.encode())
        return Fernet(base64.urlsafe_b64encode(derived.derive(self._secret_key.encode())))

    def sealed(self, text: str) -> str:
        """The text as it is stored."""
        return self._fernet().encrypt(text.encode()).decode()

    def opened(self, sealed: str) -> str | None:
        """The text again; None where it was sealed under another key, or changed."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
