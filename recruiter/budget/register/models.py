"""That somebody who was hired above the band has left."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import IntPk
from recruiter.foundation.database.db import Model


class Departure(AppendOnly, Model):
    """The day on which somebody who was hired by an approved case left the company; why is not kept."""

    id: Mapped[IntPk]
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), unique=True)
    left_on: Mapped[dt.date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
