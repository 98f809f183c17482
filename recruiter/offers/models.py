"""Offers, their terms over time, approvals, exceptions of the band and what candidates told of other processes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import ClassVar, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Currency, IntPk, LongText, MoneyMinor
from recruiter.foundation.database.db import Model, Versioned
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Band, Opening, Requisition


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


class TermsColumns:
    """What an offer promises, and each version of its terms: amounts in minor units of one currency, equity in words, dates."""

    currency: Mapped[Currency]
    base: Mapped[MoneyMinor]
    bonus: Mapped[MoneyMinor | None]
    sign_on: Mapped[MoneyMinor | None]
    equity: Mapped[str] = mapped_column(default="")
    start_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]

    def amount(self, field: Literal["base", "bonus", "sign_on"]) -> Money | None:
        """Base, bonus or sign-on with its currency."""
        value: int | None = getattr(self, field)
        return None if value is None else Money(value, self.currency)

    @property
    def base_pay(self) -> Money:
        """The base with its currency."""
        return Money(self.base, self.currency)


class Offer(TermsColumns, Versioned, Model):
    """Terms for an opening. A change of pay raises `terms_version` and voids approvals."""

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    status: Mapped[OfferStatus]
    terms_version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    plan: Mapped[JsonObject | None] = mapped_column(JSON)  # the chain as it stood when approval was asked for
    answer_by: Mapped[dt.datetime | None]
    extended_at: Mapped[dt.datetime | None]
    accepted_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    end_code: Mapped[str | None]
    end_reason: Mapped[LongText | None]
    application: Mapped[Application] = relationship()
    opening: Mapped[Opening] = relationship()
    approvals: Mapped[list[Approval]] = relationship(back_populates="offer", order_by="Approval.id")
    terms: Mapped[list[OfferTerms]] = relationship(
        back_populates="offer", order_by="OfferTerms.number, OfferTerms.revision"
    )
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
    approval_kind: ClassVar[str] = "offer"  # how jobs that call approvers name it

    @property
    def band(self) -> Band | None:
        """The approved band that it is measured by."""
        return self.application.requisition.band

    @property
    def requisition(self) -> Requisition:
        """The search that it belongs to."""
        return self.application.requisition

    @property
    def awaits_approval(self) -> bool:
        """Whether approvers are asked now."""
        return self.status == OfferStatus.PENDING_APPROVAL

    @property
    def requester_ids(self) -> set[int]:
        """Who asked, and so never approves: who drafted it and who sent it."""
        return {self.created_by_id} | ({self.submitted_by_id} if self.submitted_by_id else set())

    @property
    def statements(self) -> list[Approval]:
        """What approvers said on the present pay, and what they were answered, the oldest first."""
        return [approval for approval in self.approvals if approval.terms_version == self.terms_version]


class OfferTerms(TermsColumns, AppendOnly, Model):
    """The terms of an offer as one version had them, so that an approver sees what changed since they last looked.

    A change of pay raises `number` and begins again at `revision` 0; a change of dates alone raises `revision`.
    """

    id: Mapped[IntPk]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    number: Mapped[int]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    offer: Mapped[Offer] = relationship(back_populates="terms")
    __table_args__ = (UniqueConstraint("offer_id", "number", "revision"),)

    @property
    def label(self) -> str:
        """How people name it: “2”, or “2.1” after a change of its dates."""
        return f"{self.number}.{self.revision}" if self.revision else str(self.number)


class ApprovalDecision(StrEnum):
    """What an approver said, or the answer they got."""

    APPROVED = "approved"
    REFUSED = "refused"
    QUESTION = "question"
    ANSWER = "answer"


APPROVER_DECISIONS = (ApprovalDecision.APPROVED, ApprovalDecision.REFUSED, ApprovalDecision.QUESTION)


class Approval(AppendOnly, Model):
    """One approver's word on one version of the terms; it counts only for that version."""

    id: Mapped[IntPk]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    terms_version: Mapped[int]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")  # the dates that stood beside that pay
    step: Mapped[int] = mapped_column(default=1)
    group_name: Mapped[str | None]
    decision: Mapped[ApprovalDecision]
    comment: Mapped[LongText] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    on_behalf_of: Mapped[User | None] = relationship(foreign_keys=[for_id])
    offer: Mapped[Offer] = relationship(back_populates="approvals")


class ApprovalChain(Versioned, Model):
    """Who approves what, from a size of the excess on: `from_percent` in basis points of the top of the band, or an amount."""

    id: Mapped[IntPk]
    name: Mapped[str]
    for_offers: Mapped[bool]
    for_cases: Mapped[bool]
    from_percent: Mapped[int | None]
    from_amount: Mapped[MoneyMinor | None]
    currency: Mapped[Currency | None]
    answer_days: Mapped[int]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    retired_at: Mapped[dt.datetime | None]
    groups: Mapped[list[ApprovalGroup]] = relationship(
        back_populates="chain", order_by="ApprovalGroup.step, ApprovalGroup.id", cascade="all, delete-orphan"
    )
    __table_args__ = (
        CheckConstraint("(from_amount IS NULL) = (currency IS NULL)", name="amount_has_currency"),
        CheckConstraint("answer_days >= 1", name="answer_days_positive"),
    )


class ApprovalGroup(Model):
    """A group of one step: so many of its seats must approve. Groups of one step are asked side by side; no seats: any approver."""

    id: Mapped[IntPk]
    chain_id: Mapped[int] = mapped_column(ForeignKey("approval_chain.id"), index=True)
    step: Mapped[int]
    name: Mapped[str]
    needed: Mapped[int]
    chain: Mapped[ApprovalChain] = relationship(back_populates="groups")
    seats: Mapped[list[ApprovalSeat]] = relationship(
        back_populates="group", order_by="ApprovalSeat.id", cascade="all, delete-orphan"
    )
    __table_args__ = (CheckConstraint("needed >= 1 AND step >= 1", name="counts_positive"),)


class ApprovalSeat(Model):
    """One approver of a group."""

    id: Mapped[IntPk]
    group_id: Mapped[int] = mapped_column(ForeignKey("approval_group.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    group: Mapped[ApprovalGroup] = relationship(back_populates="seats")
    user: Mapped[User] = relationship()
    __table_args__ = (UniqueConstraint("group_id", "user_id"),)


class StandIn(Model):
    """Who answers in somebody's place, from one day to another, both included."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    deputy: Mapped[User] = relationship(foreign_keys=[deputy_id])
    __table_args__ = (CheckConstraint("until_on >= from_on AND user_id != deputy_id", name="in_order"),)


class BandException(Model):
    """An approved budget case, as far as offers need it: up to which base this application may be paid above the band.

    `terms` and `level` are what was approved with it; `void_reason` says what changed since, where that voided it.
    """

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    case_number: Mapped[str] = mapped_column(unique=True)
    up_to: Mapped[MoneyMinor]
    currency: Mapped[Currency]
    granted_at: Mapped[dt.datetime]
    terms_id: Mapped[int | None] = mapped_column(ForeignKey("offer_terms.id"))
    level: Mapped[str | None]
    voided_at: Mapped[dt.datetime | None]
    void_reason: Mapped[str] = mapped_column("void_words", default="", server_default="")
    terms: Mapped[OfferTerms | None] = relationship()


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
    application: Mapped[Application] = relationship()

    @property
    def offered(self) -> Money | None:
        """The amount that the other employer offers, where the candidate named one."""
        return Money(self.offer_amount, self.currency) if self.offer_amount is not None and self.currency else None
