"""How an entry is chained to the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from recruiter.audit.models import AuditEntry

START = "0" * 64


def chained(before: str, entry: AuditEntry) -> str:
    """The hash of an entry: SHA-256 over the hash before it and the entry as canonical JSON."""
    at = entry.at.astimezone(dt.UTC).isoformat()
    body = json.dumps(
        [at, entry.actor_id, entry.action, entry.object_type, entry.object_id, entry.detail],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(f"{before}{body}".encode()).hexdigest()
