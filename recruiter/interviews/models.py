"""Interviews and their panels."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Stage


class InterviewStatus(StrEnum):
    """Whether an interview takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class ChangeKind(StrEnum):
    """What was done to an interview."""

    PLANNED = "planned"
    MOVED = "moved"
    RENAMED = "renamed"
    PANEL = "panel"
    FOCUS = "focus"
    CARDS = "cards"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Interview(Versioned, Model):
    """A conversation of one application with its panel; `focus` names the attributes that it is meant to cover.

    `scored` tells whether its panel is asked for scorecards: a lunch, a reference or a call with the manager asks for none.

    `place` is a room or the address of a call. `sequence` counts what calendars must be told of.
    """

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    name: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    status: Mapped[InterviewStatus] = mapped_column(default=InterviewStatus.PLANNED)
    focus: Mapped[list[str]] = mapped_column(JSON, default=list)
    scored: Mapped[bool] = mapped_column(default=True)
    place: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    application: Mapped[Application] = relationship()
    stage: Mapped[Stage] = relationship()
    panel: Mapped[list[Panelist]] = relationship(
        back_populates="interview", order_by="Panelist.id", cascade="all, delete-orphan"
    )
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    @property
    def is_planned(self) -> bool:
        """Whether it is to take place, or has taken place."""
        return self.status == InterviewStatus.PLANNED

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def panelist(self, user_id: int) -> User | None:
        """Somebody on its panel; None for anybody else."""
        return next((seat.user for seat in self.panel if seat.user_id == user_id), None)


class Panelist(Model):
    """Somebody on the panel of an interview, of the hiring team or of another."""

    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    cross_functional: Mapped[bool] = mapped_column(default=False)
    interview: Mapped[Interview] = relationship(back_populates="panel")
    user: Mapped[User] = relationship()
    __table_args__ = (UniqueConstraint("interview_id", "user_id"),)


class InterviewChange(AppendOnly, Model):
    """One thing that was done to an interview: when it stood before and after, by whom and why."""

    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    kind: Mapped[ChangeKind]
    starts_before: Mapped[dt.datetime | None]
    starts_after: Mapped[dt.datetime]
    reason: Mapped[LongText] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()

    @property
    def changes_start(self) -> bool:
        """Whether it begins at another time since, not in another place alone."""
        return self.kind == ChangeKind.MOVED and self.starts_before != self.starts_after


class PlannedTalk(Model):
    """One line of a requisition's interview plan: which talk a stage has, how long it takes, what it looks at, whether it asks for scorecards."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    name: Mapped[str]
    minutes: Mapped[int]
    focus: Mapped[list[str]] = mapped_column(JSON, default=list)
    scored: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]
    stage: Mapped[Stage] = relationship()
    __table_args__ = (CheckConstraint("minutes > 0", name="minutes_positive"),)


class InterviewerProfile(Model):
    """How somebody interviews: what candidates read about them, and when they work, in their own zone.

    `day_starts` and `day_ends` are minutes after midnight; an empty `zone` means the company's.
    """

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    title: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    day_starts: Mapped[int]
    day_ends: Mapped[int]
    weekly_limit: Mapped[int]
    __table_args__ = (CheckConstraint("day_ends > day_starts", name="day_ends_after_start"),)


class DecisionDate(AppendOnly, Model):
    """By when a search decides, as somebody who runs it said; the last one counts."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    decide_on: Mapped[dt.date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()
