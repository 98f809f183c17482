"""What a search agrees about its bench: its clocks, its dates, who is left alone until when, and what was sent to whom."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Digest, IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned


class CadenceRule(Versioned, Model):
    """The days of one situation on one requisition, where they are not the usual ones."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    situation: Mapped[str]
    days: Mapped[int]
    __table_args__ = (UniqueConstraint("requisition_id", "situation"),)


class Snooze(AppendOnly, Model):
    """Somebody is left alone until a date, and why; the last one counts, and a contact ends it."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    until: Mapped[dt.date]
    reason: Mapped[LongText]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()


class DateKind(StrEnum):
    """What a date of a search is for."""

    DECISION = "decision"
    APPROVAL = "approval"


class AgreedDate(AppendOnly, Model):
    """A date that a search goes by: when it decides, or when an approver said they would answer. The last of each counts."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    kind: Mapped[DateKind]
    due_on: Mapped[dt.date]
    promised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[LongText] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    promised_by: Mapped[User | None] = relationship(foreign_keys=[promised_by_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])


class Letter(AppendOnly, Model):
    """A message that a person sent to a finalist. `text_key` is its text without names: no two people get the same."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"))
    subject: Mapped[str]
    text_key: Mapped[Digest] = mapped_column(unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class MorningMail(AppendOnly, Model):
    """The one reminder that somebody gets on a day."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    on_date: Mapped[dt.date]
    lines: Mapped[int]
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("user_id", "on_date"),)
