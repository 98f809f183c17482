"""Requisitions and what belongs to them. Pay is a table of its own, with a permission of its own."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Currency, IntPk, LongText, MoneyMinor
from recruiter.foundation.database.db import Model, Versioned
from recruiter.foundation.json_types import JsonObject


class RequisitionStatus(StrEnum):
    """Where a request to hire stands."""

    DRAFT = "draft"
    OPEN = "open"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The status for a reader."""
        return self.value.replace("_", " ").capitalize()


class StageKind(StrEnum):
    """What a stage is for, whatever it is called here."""

    APPLIED = "applied"
    SCREEN = "screen"
    INTERVIEW = "interview"
    FINAL = "final"
    OFFER = "offer"
    HIRED = "hired"


class OpeningStatus(StrEnum):
    """Whether a seat is free."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class Requisition(Versioned, Model):
    """An approved request to hire. `search_key` holds key and title in folded form, for search."""

    id: Mapped[IntPk]
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    search_key: Mapped[LongText] = mapped_column(default="")
    status: Mapped[RequisitionStatus]
    department: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    hiring_manager_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    confidential: Mapped[bool] = mapped_column(default=False)
    bar: Mapped[float | None]
    bar_fixed_at: Mapped[dt.datetime | None]
    overall_weight: Mapped[float] = mapped_column(default=0.5)
    suggestion_on: Mapped[bool] = mapped_column(default=True)
    cadence_offer_days: Mapped[int] = mapped_column(default=3)
    cadence_bench_days: Mapped[int] = mapped_column(default=7)
    imported: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    hiring_manager: Mapped[User] = relationship(foreign_keys=[hiring_manager_id])
    members: Mapped[list[Member]] = relationship(
        back_populates="requisition", order_by="Member.id", cascade="all, delete-orphan"
    )
    stages: Mapped[list[Stage]] = relationship(
        back_populates="requisition",
        order_by="Stage.position",
        primaryjoin="and_(Stage.requisition_id == Requisition.id, Stage.removed_at.is_(None))",
    )
    openings: Mapped[list[Opening]] = relationship(back_populates="requisition", order_by="Opening.id")
    attributes: Mapped[list[Attribute]] = relationship(back_populates="requisition", order_by="Attribute.position")
    band: Mapped[Band | None] = relationship(back_populates="requisition")

    @property
    def attribute_names(self) -> list[str]:
        """What its candidates are rated on, in its order."""
        return [attribute.name for attribute in self.attributes]

    @property
    def is_open(self) -> bool:
        """Whether somebody is being looked for now."""
        return self.status == RequisitionStatus.OPEN

    @property
    def free_opening(self) -> Opening | None:
        """A seat that nobody fills."""
        return next((opening for opening in self.openings if opening.status == OpeningStatus.OPEN), None)

    @property
    def seats(self) -> list[Opening]:
        """Its openings, those left out that were given up."""
        return [opening for opening in self.openings if opening.status != OpeningStatus.CLOSED]

    @property
    def with_access(self) -> list[User]:
        """Who was let in to a confidential search beside those who run it."""
        return [member.user for member in self.members if member.kind == MemberKind.ACCESS]

    @property
    def recruiters(self) -> list[User]:
        """Who runs the search, in the order in which they were named."""
        return [member.user for member in self.members if member.kind == MemberKind.RECRUITER]


class MemberKind(StrEnum):
    """Why somebody is on a requisition: they run the search, or they were let in to a confidential one."""

    RECRUITER = "recruiter"
    ACCESS = "access"


class Member(Model):
    """Somebody who belongs to a requisition beside its hiring manager."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[MemberKind]
    requisition: Mapped[Requisition] = relationship(back_populates="members")
    user: Mapped[User] = relationship()
    __table_args__ = (UniqueConstraint("requisition_id", "user_id", "kind"),)


class ChangedField(StrEnum):
    """What of a requisition's people and seats was changed."""

    HIRING_MANAGER = "hiring_manager"
    RECRUITERS = "recruiters"
    ACCESS = "access"
    CONFIDENTIAL = "confidential"
    OPENINGS = "openings"

    @property
    def label(self) -> str:
        """As a reader knows it."""
        return LABELS_OF_FIELDS[self]


LABELS_OF_FIELDS = {
    ChangedField.HIRING_MANAGER: "Hiring manager",
    ChangedField.RECRUITERS: "Recruiters",
    ChangedField.ACCESS: "Others with access",
    ChangedField.CONFIDENTIAL: "Confidential",
    ChangedField.OPENINGS: "Openings",
}


class RequisitionChange(AppendOnly, Model):
    """One change of who runs a requisition, who sees it or how many seats it has, as it was and as it became, in words."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    field: Mapped[ChangedField]
    before: Mapped[LongText]
    after: Mapped[LongText]
    reason: Mapped[LongText] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()


class Stage(Model):
    """A step of one requisition. A removed one stays for the history that names it; `exit_list` is None for the usual list of its kind."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    name: Mapped[str]
    kind: Mapped[StageKind]
    position: Mapped[int]
    exit_list: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    removed_at: Mapped[dt.datetime | None]
    requisition: Mapped[Requisition] = relationship(back_populates="stages")
    __table_args__ = (UniqueConstraint("requisition_id", "name"),)


class StageTemplate(Versioned, Model):
    """A named set of stages that requisitions of one kind of role are opened with: `stages` holds name, kind and exit list of each."""

    id: Mapped[IntPk]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    stages: Mapped[list[JsonObject]] = mapped_column(JSON)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]


class Opening(Versioned, Model):
    """One seat. `filled_by_id` is the application whose offer was accepted."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    status: Mapped[OpeningStatus] = mapped_column(default=OpeningStatus.OPEN)
    filled_by_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", use_alter=True))
    opened_at: Mapped[dt.datetime]
    requisition: Mapped[Requisition] = relationship(back_populates="openings")


class Band(Versioned, Model):
    """The approved pay band in minor units of its currency."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), unique=True)
    min: Mapped[MoneyMinor]
    mid: Mapped[MoneyMinor | None]
    max: Mapped[MoneyMinor]
    currency: Mapped[Currency]
    interval: Mapped[str] = mapped_column(default="year")
    approved_on: Mapped[dt.date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    requisition: Mapped[Requisition] = relationship(back_populates="band")
    __table_args__ = (
        CheckConstraint("min >= 0 AND min <= max AND (mid IS NULL OR (mid >= min AND mid <= max))", name="ordered"),
    )


class Attribute(Model):
    """What the role asks for, rated 1 to 5, with its declared weight."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    name: Mapped[str]
    description: Mapped[LongText] = mapped_column(default="")
    weight: Mapped[float] = mapped_column(default=1.0)
    position: Mapped[int]
    requisition: Mapped[Requisition] = relationship(back_populates="attributes")
    __table_args__ = (
        UniqueConstraint("requisition_id", "name"),
        CheckConstraint("weight >= 0", name="weight_positive"),
    )
