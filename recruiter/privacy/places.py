"""Where an installation keeps what is not in its database."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from recruiter.candidates import rules
from recruiter.foundation.files.file_store import FileStore


@dataclass(frozen=True)
class Places:
    """The files, the outbox, the folder where a restore sets aside what it replaced, and the key of digests of addresses."""

    files: FileStore
    outbox: Path
    instance: Path
    key: str

    def digest(self, address: str) -> str:
        """The keyed digest of an e-mail address: the same address has the same, and none can be read from it."""
        return hmac.new(self.key.encode(), rules.email_key(address).encode(), hashlib.sha256).hexdigest()
