"""Candidates and how to reach them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.foundation.columns import IntPk, LongText
from recruiter.foundation.db import Model, Versioned


class ContactKind(StrEnum):
    """A way to reach somebody."""

    EMAIL = "email"
    PHONE = "phone"


class Candidate(Versioned, Model):
    """A person. `search_key` holds name, headline, place and contacts in folded form, for search without accents or case."""

    id: Mapped[IntPk]
    name: Mapped[str]
    headline: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    name_key: Mapped[str] = mapped_column(index=True)
    search_key: Mapped[LongText] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="candidate", order_by="Contact.id", cascade="all, delete-orphan"
    )


class Contact(Model):
    """An e-mail address or phone number; `key` is the form in which two are compared."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    kind: Mapped[ContactKind]
    value: Mapped[str]
    key: Mapped[str]
    candidate: Mapped[Candidate] = relationship(back_populates="contacts")
    __table_args__ = (Index("ix_contact_kind_key", "kind", "key"),)
