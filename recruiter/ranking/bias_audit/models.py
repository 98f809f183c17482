"""Audits that were made: figures by category, never anybody's answer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recruiter.foundation.database.columns import Digest, IntPk
from recruiter.foundation.database.db import Model
from recruiter.foundation.json_types import JsonObject


class AuditRun(Model):
    """One audit with its date, the model it looked at and since when that is in use, the time it covers, and what it saw."""

    id: Mapped[IntPk]
    model_version: Mapped[str | None]
    in_use_since: Mapped[dt.datetime | None]
    decided_from: Mapped[dt.datetime | None]
    decided_until: Mapped[dt.datetime | None]
    input_digest: Mapped[Digest]
    result: Mapped[JsonObject] = mapped_column(JSON)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[dt.datetime]
