"""How a search ended: who was ordered, who accepted, who was lost and why. Shown once it is filled or closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation.database.db import db
from recruiter.foundation.wording import bench_place
from recruiter.keepwarm import queries as keepwarm
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers.models import Offer
from recruiter.pipeline.models import ApplicationStatus, Finalist
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.web.finalists.suggestion_sentences import Piece, Sentence
from recruiter.web.request import guard
from recruiter.web.text.filters import day

ENDED_STATUSES = {RequisitionStatus.FILLED, RequisitionStatus.CLOSED}
LOSS_LABELS = {
    Phase.ACCEPTED: "Withdrew after accepting",
    Phase.OFFER: "Declined our offer",
    Phase.BEFORE_OFFER: "Withdrew before an offer",
}
VERDICT_SENTENCES = {
    OrderVerdict.FOLLOWED: "It followed the suggestion of that day.",
    OrderVerdict.DEPARTED: "It departed from a clear lead in the suggestion of that day.",
    OrderVerdict.OPEN: "The suggestion of that day had nobody clearly ahead.",
}


@dataclass(frozen=True)
class OutcomeRow:
    """One finalist at the end: the place, what became of it, when and why it ended so."""

    finalist: Finalist
    label: str
    outcome: str
    tone: str
    on: str
    reason: str


@dataclass(frozen=True)
class SearchOutcome:
    """The end of a search."""

    headline: Sentence
    more: str
    hired: bool
    lines: list[OutcomeRow]


def _day_text(moment: dt.datetime | None) -> str:
    return day(moment.astimezone(guard.settings().zone).date()) if moment else ""


def _outcome_row(finalist: Finalist, *, seats: set[int], loss: FallThrough | None, offer: Offer | None) -> OutcomeRow:
    application = finalist.application
    label = bench_place(finalist.position)
    accepted = offer.accepted_at if offer is not None else None
    if application.status == ApplicationStatus.HIRED:
        return OutcomeRow(finalist, label, "Hired, has started work", "ok", _day_text(application.stage_since), "")
    if application.id in seats:
        return OutcomeRow(finalist, label, "Accepted our offer", "ok", _day_text(accepted), "")
    reason = application.reason or ""
    if application.status == ApplicationStatus.WITHDRAWN:
        outcome = LOSS_LABELS[loss.phase] if loss else "Withdrew"
        return OutcomeRow(finalist, label, outcome, "late" if loss else "", _day_text(application.ended_at), reason)
    if application.status == ApplicationStatus.REJECTED:
        return OutcomeRow(finalist, label, "We chose another finalist", "", _day_text(application.ended_at), reason)
    return OutcomeRow(finalist, label, "Still on the bench", "due", "", "")


def _headline(requisition: Requisition, rows: list[OutcomeRow]) -> Sentence:
    seated = [row for row in rows if row.tone == "ok"]
    if not seated:
        opening = "Closed" if requisition.status == RequisitionStatus.CLOSED else "Nobody is left on this slate"
        return [Piece(f"{opening}: none of the finalists was hired." if opening == "Closed" else f"{opening}.")]
    pieces: Sentence = []
    for index, row in enumerate(seated):
        pieces += [Piece(" and " if index else ""), Piece(row.finalist.application.candidate.name, is_name=True)]
    started = all(row.finalist.application.status == ApplicationStatus.HIRED for row in seated)
    return [
        *pieces,
        Piece(" was hired." if started and len(seated) == 1 else " were hired." if started else " accepted."),
    ]


def _more(rows: list[OutcomeRow], order: NamedOrder | None) -> str:
    losses = sum(row.tone == "late" for row in rows)
    first = next((row for row in rows if row.finalist.position == 1), None)
    sentences = []
    if first is not None and first.tone == "ok":
        sentences.append("The first choice came.")
    elif losses:
        sentences.append(f"{losses} of {len(rows)} finalists {'was' if losses == 1 else 'were'} lost on the way.")
    if order is not None:
        sentences.append(
            f"{order.named_by.name} set the order last, {_day_text(order.named_at)}. {VERDICT_SENTENCES[order.verdict]}"
        )
    return " ".join(sentences)


def outcome_of(
    requisition: Requisition, slate: Sequence[Finalist], *, offers: dict[int, Offer], order: NamedOrder | None
) -> SearchOutcome | None:
    """The end of a search that has one; None while it goes on with somebody in the running. Never for who owes a card."""
    running = any(finalist.application.status == ApplicationStatus.ACTIVE for finalist in slate)
    if not slate or (requisition.status not in ENDED_STATUSES and running):
        return None
    session = db.session()
    seats = {opening.filled_by_id for opening in requisition.openings if opening.filled_by_id is not None}
    loss_by_application = {loss.application_id: loss for loss in reversed(keepwarm.losses_of(session, requisition))}
    rows = [
        _outcome_row(
            finalist,
            seats=seats,
            loss=loss_by_application.get(finalist.application_id),
            offer=offers.get(finalist.application_id),
        )
        for finalist in slate
    ]
    hired = any(row.tone == "ok" for row in rows)
    return SearchOutcome(_headline(requisition, rows), _more(rows, order), hired, rows)
