"""Contacts, promises, concerns, readiness and promotions."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned
from recruiter.foundation.json_types import JsonObject
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application


class Direction(StrEnum):
    """Who spoke to whom."""

    TO = "to"
    FROM = "from"


class Channel(StrEnum):
    """How a contact took place."""

    EMAIL = "email"
    PHONE = "phone"
    VIDEO = "video"
    IN_PERSON = "in_person"
    MESSAGE = "message"
    LETTER = "letter"
    OTHER = "other"


class TouchKind(StrEnum):
    """What a contact was for."""

    UPDATE = "update"
    FEEDBACK = "feedback"
    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    CALL = "call"
    OFFER_TALK = "offer_talk"


TWO_WAY_CHANNELS = (Channel.PHONE, Channel.VIDEO, Channel.IN_PERSON)


class Touchpoint(AppendOnly, Model):
    """One dated contact with a candidate."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    direction: Mapped[Direction]
    channel: Mapped[Channel]
    kind: Mapped[TouchKind]
    text: Mapped[LongText] = mapped_column("said")
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()

    @hybrid_property
    def is_talk(self) -> bool:
        """Whether both sides spoke: a call, or a channel on which one talks. The same in Python and in SQL."""
        channels = [self.channel == channel for channel in TWO_WAY_CHANNELS]
        return functools.reduce(operator.or_, channels, self.kind == TouchKind.CALL)

    @hybrid_property
    def is_two_way(self) -> bool:
        """A contact of both sides: a message from the candidate, or a talk. A message of ours alone is none."""
        return self.is_talk | (self.direction == Direction.FROM)

    @hybrid_property
    def reaches_candidate(self) -> bool:
        """Whether the candidate heard from us by it: a message of ours, or a talk."""
        return self.is_talk | (self.direction == Direction.TO)


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    RENEWED = "renewed"
    BROKEN = "broken"


class Promise(Versioned, Model):
    """What a candidate was told would happen by a date. A renewed promise points to the one that took its place."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    what: Mapped[LongText]
    due_on: Mapped[dt.date]
    zone: Mapped[str] = mapped_column(default="")  # where the date is read; the company's zone where it is empty
    state: Mapped[PromiseState] = mapped_column(default=PromiseState.OPEN)
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
    made_by: Mapped[User] = relationship()
    application: Mapped[Application] = relationship()


class PromiseChange(AppendOnly, Model):
    """One change of a promise: a promise never changes without such a row."""

    id: Mapped[IntPk]
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    state: Mapped[PromiseState]
    due_on: Mapped[dt.date]
    answer: Mapped[LongText] = mapped_column("said", default="")  # the answer that was given, where it was kept
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class ConcernKind(StrEnum):
    """Why a finalist might say no."""

    COMPENSATION = "compensation"
    SCOPE = "scope"
    MANAGER = "manager"
    TEAM = "team"
    BENEFITS = "benefits"
    LOCATION = "location"
    TIMING = "timing"
    GROWTH = "growth"
    OTHER = "other"


class ConcernState(StrEnum):
    """How far a concern is answered."""

    OPEN = "open"
    ADDRESSED = "addressed"
    RESOLVED = "resolved"


class Concern(Versioned, Model):
    """A reason why a finalist might say no, and who answers it."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[ConcernKind]
    text: Mapped[LongText]
    state: Mapped[ConcernState] = mapped_column(default=ConcernState.OPEN)
    answer: Mapped[LongText] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    handed_from_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # whose it was before, and until when
    handed_at: Mapped[dt.datetime | None]
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    handed_from: Mapped[User | None] = relationship(foreign_keys=[handed_from_id])
    application: Mapped[Application] = relationship()

    @property
    def is_addressed(self) -> bool:
        """Whether somebody has answered it, and nobody has yet resolved it."""
        return self.state == ConcernState.ADDRESSED


class Readiness(Versioned, Model):
    """What is known of a bench finalist's readiness, each with the day on which it was asked."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    interested: Mapped[bool | None]
    interested_asked_on: Mapped[dt.date | None]
    available_from: Mapped[dt.date | None]
    expectation_within_band: Mapped[bool | None]
    expectation_asked_on: Mapped[dt.date | None]
    references_done_on: Mapped[dt.date | None]


class Phase(StrEnum):
    """How far a first choice had come when they were lost."""

    BEFORE_OFFER = "before_offer"
    OFFER = "offer"
    ACCEPTED = "accepted"


class FallThrough(Model):
    """A first choice lost: when, in which phase and why; `taken_back_at` where the act that recorded it was undone."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    phase: Mapped[Phase]
    reason_code: Mapped[str]
    reason: Mapped[LongText]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    taken_back_at: Mapped[dt.datetime | None]
    application: Mapped[Application] = relationship()
    offer: Mapped[Offer | None] = relationship()
    by: Mapped[User] = relationship()


class Promotion(Model):
    """The act that put the next finalist on: who left, who came, with which draft offer; `before` is what undoing restores."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"))
    fall_through_id: Mapped[int] = mapped_column(ForeignKey("fall_through.id"), index=True)
    promoted_application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    before: Mapped[JsonObject | None] = mapped_column(JSON)
    undone_at: Mapped[dt.datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    fall_through: Mapped[FallThrough] = relationship()
    promoted: Mapped[Application] = relationship()
    offer: Mapped[Offer] = relationship()
    __table_args__ = (
        Index(
            "uq_promotion_one_per_loss",
            "fall_through_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )


class ConsentAnswer(StrEnum):
    """What a released finalist said to being kept in touch with."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class BenchRelease(AppendOnly, Model):
    """The call after the hire has started: a finalist was told, given feedback and asked whether we may keep in touch."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"))
    answer: Mapped[ConsentAnswer]
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
