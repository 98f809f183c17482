"""How an entry is chained to the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from recruiter.foundation.json_types import JsonObject

START = "0" * 64


def chained(
    *,
    before: str,
    at: dt.datetime,
    actor_id: int | None,
    action: str,
    object_type: str,
    object_id: int,
    detail: JsonObject,
) -> str:
    """The hash of an entry: SHA-256 over the hash before it and the entry as canonical JSON (TRUST 2.5)."""
    body = json.dumps(
        [at.astimezone(dt.UTC).isoformat(), actor_id, action, object_type, object_id, detail],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(f"{before}{body}".encode()).hexdigest()
