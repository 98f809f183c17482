"""What a debrief decided."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.append_only import AppendOnly
from recruiter.foundation.columns import IntPk, LongText
from recruiter.foundation.db import Model


class DebriefRecord(AppendOnly, Model):
    """One decision or note of a round table, on one application or (application_id missing) on the whole slate."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    decision: Mapped[LongText]
    opened_early: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    by: Mapped[User] = relationship()
