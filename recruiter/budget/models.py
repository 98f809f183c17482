"""Budget cases, what was decided on them, and the voices of other teams."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Currency, Digest, IntPk, LongText, MoneyMinor
from recruiter.foundation.database.db import Model, Versioned
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money
from recruiter.offers.models import Offer
from recruiter.requisitions.models import Requisition


class Phrased(StrEnum):
    """A value that sentences say in plain words."""

    @property
    def phrase(self) -> str:
        """As a sentence says it: “changes requested”."""
        return self.value.replace("_", " ")


class CaseStatus(Phrased):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = (CaseStatus.DRAFT, CaseStatus.CHANGES_REQUESTED)  # still written
IN_PROGRESS = (*OPEN, CaseStatus.SUBMITTED)
DECIDED = (CaseStatus.APPROVED, CaseStatus.REFUSED)


class BudgetCase(Versioned, Model):
    """A request to pay above the band. `texts` is what its writer added, by section; `frozen` is the content as submitted.

    `follows` is the decided case that it was started from.
    """

    id: Mapped[IntPk]
    number: Mapped[str] = mapped_column(unique=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    status: Mapped[CaseStatus]
    ask: Mapped[MoneyMinor]
    currency: Mapped[Currency]
    needed_by: Mapped[dt.date]
    texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    frozen: Mapped[LongText | None]
    sha256: Mapped[Digest | None]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    plan: Mapped[JsonObject | None] = mapped_column(JSON)  # the chain as it stood when a decision was asked for
    answer_by: Mapped[dt.datetime | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("budget_case.id"), index=True)
    offer: Mapped[Offer] = relationship()
    requested_by: Mapped[User] = relationship()
    follows: Mapped[BudgetCase | None] = relationship(remote_side="BudgetCase.id")
    decisions: Mapped[list[CaseDecision]] = relationship(back_populates="case", order_by="CaseDecision.id")
    endorsements: Mapped[list[Endorsement]] = relationship(back_populates="case", order_by="Endorsement.id")
    __table_args__ = (CheckConstraint("ask > 0", name="ask_positive"),)
    approval_kind: ClassVar[str] = "case"  # how jobs that call approvers name it

    @property
    def requested(self) -> Money:
        """The base asked for."""
        return Money(self.ask, self.currency)

    @property
    def is_open(self) -> bool:
        """Whether it is still written: a draft, or a case that was sent back."""
        return self.status in OPEN

    @property
    def is_draft(self) -> bool:
        """Whether its files carry a watermark and no checksum."""
        return self.is_open or self.frozen is None

    @property
    def requisition(self) -> Requisition:
        """The search that it belongs to."""
        return self.offer.application.requisition

    @property
    def awaits_approval(self) -> bool:
        """Whether approvers are asked now."""
        return self.status == CaseStatus.SUBMITTED

    @property
    def final_decision(self) -> CaseDecision | None:
        """The decision with which it ended, None where it is going on or was taken back."""
        return next((decision for decision in reversed(self.decisions) if decision.decision in FINAL_VERDICTS), None)

    @property
    def requester_ids(self) -> set[int]:
        """Who asked, and so never decides."""
        return {self.requested_by_id}

    @property
    def statements(self) -> list[CaseDecision]:
        """What approvers said on the case, and what they were answered, the oldest first."""
        return self.decisions


class CaseVerdict(Phrased):
    """What an approver decided or asked, and the answer of whoever asked for the money."""

    APPROVED = "approved"
    REFUSED = "refused"
    CHANGES_REQUESTED = "changes_requested"
    QUESTION = "question"
    ANSWER = "answer"


APPROVER_VERDICTS = tuple(verdict for verdict in CaseVerdict if verdict != CaseVerdict.ANSWER)
FINAL_VERDICTS = (CaseVerdict.APPROVED, CaseVerdict.REFUSED)


class CaseDecision(AppendOnly, Model):
    """One word on a submitted case, with the answers to questions among them; the approved amount bounds the offer."""

    id: Mapped[IntPk]
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), index=True)
    decision: Mapped[CaseVerdict]
    amount: Mapped[MoneyMinor | None]
    comment: Mapped[LongText] = mapped_column(default="")
    step: Mapped[int | None]
    group_name: Mapped[str | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    on_behalf_of: Mapped[User | None] = relationship(foreign_keys=[for_id])
    case: Mapped[BudgetCase] = relationship(back_populates="decisions")

    @property
    def allowed(self) -> Money | None:
        """The amount that its approver named; who approves without one allows what is asked for (decided_amounts.decided_amount)."""
        return None if self.amount is None else Money(self.amount, self.case.currency)


class Choice(StrEnum):
    """What a colleague says to the question whether the team would use this skill; who does not want to answer declines."""

    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"
    DECLINED = "declined"


class Endorsement(Versioned, Model):
    """A colleague of another team, asked by a signed link; silence and refusals stay visible."""

    id: Mapped[IntPk]
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), index=True)
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    team: Mapped[str] = mapped_column(default="")
    question: Mapped[LongText]
    digest: Mapped[Digest] = mapped_column(unique=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    choice: Mapped[Choice | None]
    for_what: Mapped[str] = mapped_column(default="", server_default="")
    by_when: Mapped[str] = mapped_column(default="", server_default="")
    answer: Mapped[LongText] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None]
    case: Mapped[BudgetCase] = relationship(back_populates="endorsements")
