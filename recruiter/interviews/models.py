"""Interviews and their panels."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.columns import IntPk
from recruiter.foundation.db import Model, Versioned
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Stage


class InterviewStatus(StrEnum):
    """Whether an interview takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Interview(Versioned, Model):
    """A conversation of one application with its panel; `focus` names the attributes that it is meant to cover."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    name: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    status: Mapped[InterviewStatus] = mapped_column(default=InterviewStatus.PLANNED)
    focus: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    application: Mapped[Application] = relationship()
    stage: Mapped[Stage] = relationship()
    panel: Mapped[list[Panelist]] = relationship(back_populates="interview", order_by="Panelist.id")
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)


class Panelist(Model):
    """Somebody on the panel of an interview, of the hiring team or of another."""

    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    cross_functional: Mapped[bool] = mapped_column(default=False)
    interview: Mapped[Interview] = relationship(back_populates="panel")
    user: Mapped[User] = relationship()
    __table_args__ = (UniqueConstraint("interview_id", "user_id"),)
