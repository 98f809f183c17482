"""Offers, their terms over time, approvals, exceptions of the band and what candidates told of other processes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.append_only import AppendOnly
from recruiter.foundation.columns import Currency, IntPk, LongText, MoneyMinor
from recruiter.foundation.db import Model, Versioned
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Opening


class OfferStatus(StrEnum):
    """Where an offer stands."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    EXTENDED = "extended"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RESCINDED = "rescinded"
    RENEGED = "reneged"


class Offer(Versioned, Model):
    """Terms for an opening in minor units of one currency. A change of pay raises `terms_version` and voids approvals."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    status: Mapped[OfferStatus]
    terms_version: Mapped[int] = mapped_column(default=1)
    currency: Mapped[Currency]
    base: Mapped[MoneyMinor]
    bonus: Mapped[MoneyMinor | None]
    sign_on: Mapped[MoneyMinor | None]
    equity: Mapped[str] = mapped_column(default="")
    start_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    extended_at: Mapped[dt.datetime | None]
    accepted_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    end_code: Mapped[str | None]
    end_reason: Mapped[LongText | None]
    application: Mapped[Application] = relationship()
    opening: Mapped[Opening] = relationship()
    approvals: Mapped[list[Approval]] = relationship(back_populates="offer", order_by="Approval.id")
    terms: Mapped[list[OfferTerms]] = relationship(back_populates="offer", order_by="OfferTerms.number")
    __table_args__ = (
        CheckConstraint(
            "base > 0 AND (bonus IS NULL OR bonus >= 0) AND (sign_on IS NULL OR sign_on >= 0)", name="amounts_positive"
        ),
        Index(
            "uq_offer_one_out_per_opening",
            "opening_id",
            unique=True,
            sqlite_where=text("status IN ('extended', 'accepted')"),
            postgresql_where=text("status IN ('extended', 'accepted')"),
        ),
    )


class OfferTerms(AppendOnly, Model):
    """The terms of an offer as one version had them, so that an approver sees what changed since he last looked."""

    id: Mapped[IntPk]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    number: Mapped[int]
    currency: Mapped[Currency]
    base: Mapped[MoneyMinor]
    bonus: Mapped[MoneyMinor | None]
    sign_on: Mapped[MoneyMinor | None]
    equity: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    offer: Mapped[Offer] = relationship(back_populates="terms")
    __table_args__ = (UniqueConstraint("offer_id", "number"),)


class ApprovalDecision(StrEnum):
    """What an approver said."""

    APPROVED = "approved"
    REFUSED = "refused"


class Approval(AppendOnly, Model):
    """One approver's word on one version of the terms; it counts only for that version."""

    id: Mapped[IntPk]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    terms_version: Mapped[int]
    step: Mapped[int] = mapped_column(default=1)
    decision: Mapped[ApprovalDecision]
    comment: Mapped[LongText] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()
    offer: Mapped[Offer] = relationship(back_populates="approvals")


class BandException(Model):
    """An approved budget case, as far as offers need it: up to which base this application may be paid above the band."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    case_number: Mapped[str] = mapped_column(unique=True)
    up_to: Mapped[MoneyMinor]
    currency: Mapped[Currency]
    granted_at: Mapped[dt.datetime]
    voided_at: Mapped[dt.datetime | None]


class SourceClass(StrEnum):
    """How far a competing process is known to be real."""

    VERIFIED = "verified"
    CREDIBLE = "credible"
    UNVERIFIED = "unverified"


class CompetingProcess(Versioned, Model):
    """Another employer's process, as the candidate volunteered it."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    employer: Mapped[str] = mapped_column(default="")
    stage: Mapped[str]
    source_class: Mapped[SourceClass]
    decision_on: Mapped[dt.date | None]
    offer_amount: Mapped[MoneyMinor | None]
    currency: Mapped[Currency | None]
    disclosed_on: Mapped[dt.date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()
