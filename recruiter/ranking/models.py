"""Past decisions, fitted models, the log of rankings relied on, and who or what is not ranked."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Digest, IntPk, LongText
from recruiter.foundation.database.db import Model
from recruiter.foundation.json_types import JsonObject
from recruiter.requisitions.models import Requisition


class PastDecision(Model):
    """A closed slate. `decided_on` orders slates; imported ones that carry a number keep it in `order_number`."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), unique=True)
    slate: Mapped[str]
    decided_at: Mapped[dt.datetime]
    order_number: Mapped[float | None]
    job_family: Mapped[str] = mapped_column(default="")
    imported: Mapped[bool] = mapped_column(default=False)
    grades: Mapped[list[DecisionGrade]] = relationship(
        back_populates="decision", order_by="DecisionGrade.id", cascade="all, delete-orphan"
    )


class DecisionGrade(Model):
    """How far one application of a closed slate came: 3 first offer, 2 later offer, 1 final stage, 0 earlier; any numbers when imported."""

    id: Mapped[IntPk]
    decision_id: Mapped[int] = mapped_column(ForeignKey("past_decision.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    item: Mapped[str]
    grade: Mapped[float]
    outcome: Mapped[str] = mapped_column(default="")
    decision: Mapped[PastDecision] = relationship(back_populates="grades")
    __table_args__ = (UniqueConstraint("decision_id", "application_id"),)


class ImportedFeature(Model):
    """A feature of an imported item, kept for export and backtest; a fit never reads it."""

    id: Mapped[IntPk]
    grade_id: Mapped[int] = mapped_column(ForeignKey("decision_grade.id"), index=True)
    name: Mapped[str]
    value: Mapped[str]


class OrderVerdict(StrEnum):
    """How an order that people set stands to the suggestion; `open` where it was tied throughout, or there was none."""

    FOLLOWED = "followed"
    DEPARTED = "departed"
    OPEN = "open"


class NamedPlace(TypedDict):
    """One place of an order, and which rank was suggested."""

    application_id: int
    position: int
    rank: int | None


class NamedOrder(AppendOnly, Model):
    """One order of finalists as it was set, beside what was suggested for the same people at that moment.

    `places` holds application, position and suggested rank; `departures` who was put above whom against a clear lead.
    """

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    verdict: Mapped[OrderVerdict]
    label: Mapped[str] = mapped_column(default="")
    model_version: Mapped[str | None]
    n_decisions: Mapped[int] = mapped_column(default=0)
    places: Mapped[list[NamedPlace]] = mapped_column(JSON)
    departures: Mapped[list[JsonObject]] = mapped_column(JSON)
    reason: Mapped[LongText] = mapped_column(default="")
    named_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    named_at: Mapped[dt.datetime]
    named_by: Mapped[User] = relationship()


class ModelRun(Model):
    """One fit: what it learnt as JSON with its hash, from how many decisions, and what its backtest said. One is active at most."""

    id: Mapped[IntPk]
    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=False)
    artefact: Mapped[LongText]
    artefact_hash: Mapped[Digest]
    input_digest: Mapped[Digest]
    n_decisions: Mapped[int]
    verdict: Mapped[LongText] = mapped_column(default="")
    figures: Mapped[JsonObject] = mapped_column(JSON, default=dict)
    fitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    fitted_at: Mapped[dt.datetime]
    fairness_seen_at: Mapped[dt.datetime | None]  # written by the fairness audit, of which nothing else is known here
    fitted_by: Mapped[User | None] = relationship()
    activations: Mapped[list[Activation]] = relationship(order_by="Activation.id")


class Activation(AppendOnly, Model):
    """A fit was made to carry suggestions, or taken off again: by whom (nobody: from the command line), why, and what was known of its fairness."""

    id: Mapped[IntPk]
    run_id: Mapped[int] = mapped_column(ForeignKey("model_run.id"), index=True)
    on: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    reason: Mapped[LongText] = mapped_column(default="")
    fairness: Mapped[str] = mapped_column(default="")
    by: Mapped[User | None] = relationship()


class Prediction(AppendOnly, Model):
    """A ranking that somebody relied on, with all that went into it, so that it can be made again bit for bit.

    Cards stand in it as numbers and application ids, never as names or words. `model_hash` is empty where the declared weights ranked.
    """

    id: Mapped[IntPk]
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("model_run.id"))
    model_hash: Mapped[str] = mapped_column(default="")
    input_digest: Mapped[Digest]
    inputs: Mapped[JsonObject] = mapped_column(JSON)
    output: Mapped[JsonObject] = mapped_column(JSON)
    output_digest: Mapped[Digest]
    made_with: Mapped[str] = mapped_column(default="")
    made_at: Mapped[dt.datetime]
    run: Mapped[ModelRun | None] = relationship()
    requisition: Mapped[Requisition] = relationship()
    uses: Mapped[list[PredictionUse]] = relationship(back_populates="prediction", order_by="PredictionUse.id")
    __table_args__ = (UniqueConstraint("requisition_id", "model_hash", "input_digest"),)


class RankingUse(StrEnum):
    """What a ranking was relied on for."""

    ORDER = "order"
    CASE = "case"
    RANK = "rank"
    CORRECTION = "correction"


class PredictionUse(AppendOnly, Model):
    """One act in which a ranking stood before somebody; `followed` tells of an order whether it kept to who was ahead."""

    id: Mapped[IntPk]
    prediction_id: Mapped[int] = mapped_column(ForeignKey("prediction.id"), index=True)
    use: Mapped[RankingUse] = mapped_column("act")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    followed: Mapped[bool | None]
    prediction: Mapped[Prediction] = relationship(back_populates="uses")
    by: Mapped[User | None] = relationship()


class RankingWish(AppendOnly, Model):
    """A candidate asked not to be ranked, or took that back, on one application. The last one counts; none means ranked.

    Nobody stands behind a wish that a restore had brought to nothing and that was put back.
    """

    id: Mapped[IntPk]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    ranked: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    reason: Mapped[LongText] = mapped_column(default="")
    by: Mapped[User | None] = relationship()


class SuggestionSwitch(AppendOnly, Model):
    """Suggestions were switched off or on: for one requisition, or everywhere where it names none. The last one counts; none means on."""

    id: Mapped[IntPk]
    requisition_id: Mapped[int | None] = mapped_column(ForeignKey("requisition.id"), index=True)
    on: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    reason: Mapped[LongText] = mapped_column(default="")
    by: Mapped[User | None] = relationship()
