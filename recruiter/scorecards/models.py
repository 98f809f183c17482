"""Scorecards, their ratings and their fixed versions."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned
from recruiter.foundation.database.transient import TRANSIENT
from recruiter.interviews.models import Interview


class CardState(StrEnum):
    """A card is a draft until it is sent; afterwards it changes only by amendments that stay visible."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AMENDED = "amended"


class CardChannel(StrEnum):
    """How a card reached whoever entered it for its author."""

    PAPER = "paper"
    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class Scorecard(Versioned, Model):
    """One interviewer's card on one interview. Native cards rate 1 to 5 and recommend 1 to 4; an imported card keeps its own scale.

    `entered_by_id` and `channel` say who wrote it down for the author, and how it came; both are missing on their own.
    """

    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[CardState]
    overall: Mapped[float | None]
    summary: Mapped[LongText] = mapped_column(default="")
    question: Mapped[LongText] = mapped_column(default="")
    concern: Mapped[LongText] = mapped_column(default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    channel: Mapped[CardChannel | None]
    scale_min: Mapped[float | None]
    scale_max: Mapped[float | None]
    created_at: Mapped[dt.datetime]
    saved_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    interview: Mapped[Interview] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    ratings: Mapped[list[Rating]] = relationship(
        back_populates="scorecard", order_by="Rating.position", cascade="all, delete-orphan"
    )
    versions: Mapped[list[ScorecardVersion]] = relationship(
        back_populates="scorecard", order_by="ScorecardVersion.number"
    )
    __table_args__ = (
        UniqueConstraint("interview_id", "author_id"),
        CheckConstraint(
            "scale_min IS NOT NULL OR overall IS NULL OR (overall >= 1 AND overall <= 4)", name="overall_on_scale"
        ),
    )

    @hybrid_property
    def sent(self) -> bool:
        """Whether it is fixed, amended since or not; in a statement as well."""
        return self.state != CardState.DRAFT

    @property
    def independent(self) -> ScorecardVersion | None:
        """What it said last before its author saw others'; None where no such version is on record."""
        return next((version for version in reversed(self.versions) if not version.after_reveal), None)

    @property
    def after_reveal(self) -> bool:
        """Whether its author had seen others' cards before they sent it: it counts in no average and in no ranking."""
        return bool(self.versions) and self.versions[0].after_reveal


class Rating(Model):
    """One attribute on one card; `rating` is missing where it was not covered, never the middle."""

    id: Mapped[IntPk]
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id"), index=True)
    attribute: Mapped[str]
    position: Mapped[int]
    rating: Mapped[float | None]
    evidence: Mapped[LongText] = mapped_column(default="")
    scorecard: Mapped[Scorecard] = relationship(back_populates="ratings")
    __table_args__ = (UniqueConstraint("scorecard_id", "attribute"),)


class SentRating(TypedDict):
    """How one attribute was rated on a card as it was sent."""

    attribute: str
    rating: float | None
    evidence: str


class ScorecardVersion(AppendOnly, Model):
    """A card as it was sent, or as it was amended; `after_reveal` tells that its author had seen others' cards by then."""

    id: Mapped[IntPk]
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id"), index=True)
    number: Mapped[int]
    state: Mapped[CardState]
    after_reveal: Mapped[bool] = mapped_column(default=False)
    ratings: Mapped[list[SentRating]] = mapped_column(JSON)
    overall: Mapped[float | None]
    summary: Mapped[LongText] = mapped_column(default="")
    question: Mapped[LongText] = mapped_column(default="")
    concern: Mapped[LongText] = mapped_column(default="")
    reason: Mapped[LongText] = mapped_column(default="")
    at: Mapped[dt.datetime]
    scorecard: Mapped[Scorecard] = relationship(back_populates="versions")
    __table_args__ = (UniqueConstraint("scorecard_id", "number"),)

    @property
    def scores(self) -> list[tuple[str, float | None]]:
        """Each attribute and how it was rated; the recommendation last, as `overall`."""
        return [*((mark["attribute"], mark["rating"]) for mark in self.ratings), ("overall", self.overall)]


class CardReading(AppendOnly, Model):
    """Somebody has read what others wrote on the cards of an application: a card that they send on it later says so."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    first_read_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("user_id", "application_id"),)


class Anchor(Model):
    """What one rating of one attribute looks like, in the words of its requisition."""

    id: Mapped[IntPk]
    attribute_id: Mapped[int] = mapped_column(ForeignKey("attribute.id"), index=True)
    rating: Mapped[int]
    text: Mapped[LongText] = mapped_column("words")
    __table_args__ = (
        UniqueConstraint("attribute_id", "rating"),
        CheckConstraint("rating >= 1 AND rating <= 5", name="rating_on_scale"),
    )


class CardRules(Model):
    """What a requisition asks of its cards beyond the usual: evidence for every rating, not the extremes alone."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), unique=True)
    evidence_for_all: Mapped[bool] = mapped_column(default=False)


class SavedSubmission(Model):
    """What somebody typed on their card and sent when their session had run out: given back to them after sign-in, to nobody else."""

    __tablename__ = "kept_card"
    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("interview_id", "user_id"), TRANSIENT)


class ReminderStep(StrEnum):
    """How far the reminding of a missing card has gone."""

    FRESH = "fresh"
    BEFORE_DUE = "before_due"
    OVERDUE = "overdue"
    MANAGER = "manager"


class CardReminder(AppendOnly, Model):
    """A reminder that went out; there is one of each step, whatever happens twice."""

    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    step: Mapped[ReminderStep]
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("interview_id", "user_id", "step"),)


class CardRequest(AppendOnly, Model):
    """Somebody who runs the search asked for a missing card by hand."""

    id: Mapped[IntPk]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
