"""The audit trail's tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Digest, IntPk
from recruiter.foundation.database.db import Model
from recruiter.foundation.json_types import JsonObject


class AuditEntry(AppendOnly, Model):
    """One change: who did what to which thing. Its hash covers the entry and the hash before it."""

    id: Mapped[IntPk]
    at: Mapped[dt.datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[int]
    detail: Mapped[JsonObject] = mapped_column(JSON)
    prev_hash: Mapped[Digest]
    hash: Mapped[Digest]
    __table_args__ = (Index("ix_audit_entry_object", "object_type", "object_id"),)


class AuditHead(Model):
    """The end of the chain, one row: locked while an entry is added, so that the chain never forks."""

    id: Mapped[IntPk]
    entry_hash: Mapped[Digest]


@dataclass(frozen=True)
class Installation:
    """All that is stored here together: the subject of what takes everything out."""

    id: int = 0


class Subject(Protocol):
    """A stored thing, by its number."""

    @property
    def id(self) -> int:
        """The number."""
