"""What a debrief decided."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model
from recruiter.pipeline.models import Application


class Outcome(StrEnum):
    """What a round table decided on a candidate."""

    GO_ON = "go_on"
    HOLD = "hold"
    STOP = "stop"


class DebriefRecord(AppendOnly, Model):
    """One decision or note of a round table, on one application or (application_id missing) on the whole slate.

    `leader_id` is whose cards stood highest before the table met, `chosen_id` whom it wants first: both as known at that moment.
    """

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    decision: Mapped[LongText]
    outcome: Mapped[Outcome | None]
    reason: Mapped[LongText] = mapped_column(default="")
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    chosen_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    opened_early: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()
    application: Mapped[Application | None] = relationship(foreign_keys=[application_id])
    leader: Mapped[Application | None] = relationship(foreign_keys=[leader_id])
    chosen: Mapped[Application | None] = relationship(foreign_keys=[chosen_id])


class DebriefVerdict(AppendOnly, Model):
    """What one panelist recommends after the round table, 1 to 4, beside what their card said before it; the last one counts.

    `dissent` is why they do not go along with the table, in their words.
    """

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    after: Mapped[int]
    reason: Mapped[LongText] = mapped_column(default="")
    dissent: Mapped[LongText] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    __table_args__ = (CheckConstraint("after >= 1 AND after <= 4", name="after_on_scale"),)
