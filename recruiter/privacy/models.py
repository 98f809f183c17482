"""Requests about a person's data, legal holds, keeping times, and what is remembered of an erasure."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Digest, IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned
from recruiter.requisitions.models import Requisition


class ErasedAddress(AppendOnly, Model):
    """The keyed digest of an address of somebody erased: who asks again hears that it was done, and nobody can read the address."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    digest: Mapped[Digest] = mapped_column(index=True)


class RequestKind(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    ERASURE = "erasure"
    CORRECTION = "correction"
    OBJECTION = "objection"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"

    @property
    def label(self) -> str:
        """What it is, with the article of the GDPR."""
        return REQUEST_LABELS[self]


REQUEST_LABELS = {
    RequestKind.ACCESS: "Access: a copy of their data (Art. 15)",
    RequestKind.ERASURE: "Erasure (Art. 17)",
    RequestKind.CORRECTION: "Correction (Art. 16)",
    RequestKind.OBJECTION: "Objection (Art. 21)",
    RequestKind.RESTRICTION: "Restriction (Art. 18)",
    RequestKind.PORTABILITY: "Their data in a form to take along (Art. 20)",
}


class RequestOutcome(StrEnum):
    """How a request ended; overtaken where the person was erased before it was answered."""

    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class DataRequest(Versioned, Model):
    """What a person asked for about their data: received when, due when, answered when, by whom and how."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    kind: Mapped[RequestKind]
    received_on: Mapped[dt.date]
    due_on: Mapped[dt.date] = mapped_column(index=True)
    details: Mapped[LongText] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[dt.datetime]
    outcome: Mapped[RequestOutcome | None]
    answer: Mapped[LongText] = mapped_column(default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[dt.datetime | None]
    candidate: Mapped[Candidate] = relationship()
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])
    disputes: Mapped[list[Dispute]] = relationship(back_populates="request", order_by="Dispute.id")


class DisputedField(StrEnum):
    """What a person says is not right: a field of their record, or what was written about them."""

    NAME = "name"
    EMAILS = "emails"
    PHONES = "phones"
    HEADLINE = "headline"
    LOCATION = "location"
    LINKS = "links"
    SOURCE = "source"
    TAGS = "tags"
    SCORECARDS = "scorecards"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What it is called on pages."""
        return FIELD_LABELS[self]


FIELD_LABELS = {
    DisputedField.NAME: "Name",
    DisputedField.EMAILS: "E-mail addresses",
    DisputedField.PHONES: "Phone numbers",
    DisputedField.HEADLINE: "What they do",
    DisputedField.LOCATION: "Place",
    DisputedField.LINKS: "Links",
    DisputedField.SOURCE: "How they came",
    DisputedField.TAGS: "Tags",
    DisputedField.SCORECARDS: "Scorecards",
    DisputedField.OTHER: "Something else: notes, files, contacts",
}


class Dispute(Versioned, Model):
    """One field that a request for correction disputes. The value from before and who corrected it stay on record here.

    `corrected` is None while it is open, False where the value was kept. `informed_parties` says who outside had the old value and was told.
    """

    id: Mapped[IntPk]
    request_id: Mapped[int] = mapped_column(ForeignKey("data_request.id"), index=True)
    field: Mapped[DisputedField]
    old_value: Mapped[LongText] = mapped_column(default="")
    new_value: Mapped[LongText] = mapped_column(default="")
    informed_parties: Mapped[LongText] = mapped_column(default="")
    corrected: Mapped[bool | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[dt.datetime | None]
    request: Mapped[DataRequest] = relationship(back_populates="disputes")
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])
    __table_args__ = (UniqueConstraint("request_id", "field"),)

    @property
    def candidate_id(self) -> int:
        """The number of the person, as their request has it."""
        return self.request.candidate_id


class LegalHold(Versioned, Model):
    """Nothing of a person, or of anybody on a requisition, is erased or deleted until a day, or until the hold is lifted."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    requisition_id: Mapped[int | None] = mapped_column(ForeignKey("requisition.id"), index=True)
    reason: Mapped[LongText]
    until: Mapped[dt.date]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    set_at: Mapped[dt.datetime]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lifted_at: Mapped[dt.datetime | None]
    lift_reason: Mapped[LongText] = mapped_column(default="")
    candidate: Mapped[Candidate | None] = relationship()
    requisition: Mapped[Requisition | None] = relationship()
    set_by: Mapped[User] = relationship(foreign_keys=[set_by_id])
    lifted_by: Mapped[User | None] = relationship(foreign_keys=[lifted_by_id])
    __table_args__ = (
        CheckConstraint("(candidate_id IS NULL) <> (requisition_id IS NULL)", name="of_person_or_requisition"),
    )


class RetentionPurpose(StrEnum):
    """What data is kept for, and so for how long."""

    UNSUCCESSFUL = "unsuccessful"
    TALENT_POOL = "talent_pool"
    WITHOUT_APPLICATION = "without_application"
    SELF_IDENTIFICATION = "self_identification"
    RANKING_LOG = "ranking_log"
    PAY_CASE = "pay_case"
    DRAFT = "draft"
    OUTBOX = "outbox"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        """What it is, in words."""
        return PURPOSE_LABELS[self]

    @property
    def unit(self) -> str:
        """What its keeping time is counted in: months of people and records, days of what is left over."""
        return "day" if self in COUNTED_IN_DAYS else "month"

    @property
    def has_places(self) -> bool:
        """Whether a place may have a time of its own: where people applied decides what the law asks."""
        return self in {RetentionPurpose.UNSUCCESSFUL, RetentionPurpose.TALENT_POOL}


COUNTED_IN_DAYS = {RetentionPurpose.DRAFT, RetentionPurpose.OUTBOX, RetentionPurpose.REPLACED}
PURPOSE_LABELS = {
    RetentionPurpose.UNSUCCESSFUL: "Candidates who were not hired",
    RetentionPurpose.TALENT_POOL: "People kept in touch with",
    RetentionPurpose.WITHOUT_APPLICATION: "People without an application",
    RetentionPurpose.SELF_IDENTIFICATION: "Answers on self-identification",
    RetentionPurpose.RANKING_LOG: "Logged rankings",
    RetentionPurpose.PAY_CASE: "Budget cases",
    RetentionPurpose.DRAFT: "Unsent drafts",
    RetentionPurpose.OUTBOX: "Mails in the outbox folder",
    RetentionPurpose.REPLACED: "Data that a restore replaced",
}


class RetentionPeriod(Versioned, Model):
    """How long data of one purpose is kept at one place; the latest confirmed row counts. An empty place is everywhere else.

    One person proposes it. A time after which data goes sooner is confirmed or refused by another.
    """

    id: Mapped[IntPk]
    place: Mapped[str] = mapped_column(default="")
    purpose: Mapped[RetentionPurpose]
    length: Mapped[int]  # in the unit of the purpose
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[dt.datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[dt.datetime | None]
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    refused_at: Mapped[dt.datetime | None]
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    refused_by: Mapped[User | None] = relationship(foreign_keys=[refused_by_id])
    __table_args__ = (CheckConstraint("length > 0", name="length_positive"),)

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody to confirm or refuse it."""
        return self.confirmed_at is None and self.refused_at is None
