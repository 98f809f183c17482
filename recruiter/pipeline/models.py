"""Applications and their history."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned
from recruiter.requisitions.models import Requisition, Stage


class ApplicationStatus(StrEnum):
    """Where an application stands."""

    ACTIVE = "active"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CLOSED = {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}
IN_PROCESS = {ApplicationStatus.ACTIVE, ApplicationStatus.HIRED}


class EndedBy(StrEnum):
    """Who ended an application."""

    COMPANY = "company"
    CANDIDATE = "candidate"
    NEITHER = "neither"

    @property
    def label(self) -> str:
        """Who that is, for a reader."""
        return "Neither side" if self == EndedBy.NEITHER else f"The {self.value}"


class Application(Versioned, Model):
    """A candidate for one requisition. `stage_id` repeats the last stage change, so that a board needs no history.

    `source` is how they came to this requisition, `credited_to` the colleague who brought them, `owner` whoever looks after
    them now.
    """

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    stage_since: Mapped[dt.datetime]
    status: Mapped[ApplicationStatus]
    ended_by: Mapped[EndedBy | None]
    reason_code: Mapped[str | None]
    reason: Mapped[LongText | None]
    ended_at: Mapped[dt.datetime | None]
    applied_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(default="")
    credited_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    candidate: Mapped[Candidate] = relationship()
    credited_to: Mapped[User | None] = relationship(foreign_keys=[credited_to_id])
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    requisition: Mapped[Requisition] = relationship()
    stage: Mapped[Stage] = relationship()
    finalist: Mapped[Finalist | None] = relationship(back_populates="application")

    @property
    def application_id(self) -> int:
        """Its own number: a `Subject` of notes, follow-ups and files."""
        return self.id

    @property
    def is_active(self) -> bool:
        """Whether the person is still in the running."""
        return self.status == ApplicationStatus.ACTIVE

    @property
    def is_closed(self) -> bool:
        """Whether it has ended without a hire, so that it may be reopened."""
        return self.status in CLOSED

    __table_args__ = (UniqueConstraint("candidate_id", "requisition_id"),)


class StageChange(AppendOnly, Model):
    """One move of one application. The current stage is the last of these."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    from_stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"))
    to_stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    moved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    moved_at: Mapped[dt.datetime]
    reason: Mapped[LongText] = mapped_column(default="")
    from_stage: Mapped[Stage | None] = relationship(foreign_keys=[from_stage_id])
    to_stage: Mapped[Stage] = relationship(foreign_keys=[to_stage_id])
    moved_by: Mapped[User] = relationship()


class StatusChange(AppendOnly, Model):
    """One ending or reopening of an application."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    status: Mapped[ApplicationStatus]
    ended_by: Mapped[EndedBy | None]
    reason_code: Mapped[str | None]
    reason: Mapped[LongText] = mapped_column(default="")
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[User] = relationship()


class OwnerChange(AppendOnly, Model):
    """One time that an application went from one owner to another; None is nobody."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    from_owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    to_owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[dt.datetime]
    from_owner: Mapped[User | None] = relationship(foreign_keys=[from_owner_id])
    to_owner: Mapped[User | None] = relationship(foreign_keys=[to_owner_id])
    changed_by: Mapped[User] = relationship(foreign_keys=[changed_by_id])


class Finalist(Model):
    """An application on the slate of its requisition: 1 is the first choice, 2 and on the bench."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    position: Mapped[int]
    reason: Mapped[LongText]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    named_at: Mapped[dt.datetime]
    application: Mapped[Application] = relationship(back_populates="finalist")


class SavedView(Model):
    """A table or board as one person likes to see it: a name for the query of its address, which anybody of the search can open."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("user_id", "requisition_id", "name"),)
