"""Voluntary answers about sex, race and the like. Nothing that ranks, shows or exports a person reads these tables."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruiter.foundation.database.columns import Digest, IntPk
from recruiter.foundation.database.db import Model


class AnswerLoad(Model):
    """One file of answers that was brought in: under which text of consent, by whom, how many."""

    id: Mapped[IntPk]
    consent_version: Mapped[str]
    content_digest: Mapped[Digest]
    answers: Mapped[int]
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    loaded_at: Mapped[dt.datetime]


class ProtectedAnswer(Model):
    """What one candidate said to one question; `declined` is an answer too. It goes when the candidate goes."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(40))
    category: Mapped[str]
    answered_on: Mapped[dt.date]
    load_id: Mapped[int] = mapped_column(ForeignKey("answer_load.id"), index=True)
    __table_args__ = (UniqueConstraint("candidate_id", "question"),)
