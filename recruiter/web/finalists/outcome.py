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
from recruiter.web.finalists.sentence import Sentence, joined_names, sentence
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
    return day(moment.astimezone(guard.zone()).date()) if moment else ""


def _outcome_row(
    finalist: Finalist, seats: set[int], losses: dict[int, FallThrough], offers: dict[int, Offer]
) -> OutcomeRow:
    application = finalist.application
    loss, offer = losses.get(application.id), offers.get(application.id)
    at, reason = application.ended_at, application.reason or ""
    if application.status == ApplicationStatus.HIRED:
        outcome, tone, at, reason = "Hired, has started work", "ok", application.stage_since, ""
    elif application.id in seats:
        outcome, tone, at, reason = "Accepted our offer", "ok", offer.accepted_at if offer else None, ""
    elif application.status == ApplicationStatus.WITHDRAWN:
        outcome, tone = (LOSS_LABELS[loss.phase], "late") if loss else ("Withdrew", "")
    elif application.status == ApplicationStatus.REJECTED:
        outcome, tone = "We chose another finalist", ""
    else:
        outcome, tone, at, reason = "Still on the bench", "due", None, ""
    return OutcomeRow(finalist, bench_place(finalist.position), outcome, tone, _day_text(at), reason)


def _headline(requisition: Requisition, rows: list[OutcomeRow]) -> Sentence:
    seated = [row.finalist.application for row in rows if row.tone == "ok"]
    if not seated:
        closed = requisition.status == RequisitionStatus.CLOSED
        return sentence("Closed: none of the finalists was hired." if closed else "Nobody is left on this slate.")
    started = all(application.status == ApplicationStatus.HIRED for application in seated)
    end = "accepted" if not started else "was hired" if len(seated) == 1 else "were hired"
    people = joined_names([application.candidate.name for application in seated])
    return sentence(f"{{people}} {end}.", people=people)


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
    seats = {opening.filled_by_id for opening in requisition.openings if opening.filled_by_id is not None}
    losses = {loss.application_id: loss for loss in reversed(keepwarm.losses_of(db.session(), requisition))}
    rows = [_outcome_row(finalist, seats, losses, offers) for finalist in slate]
    hired = any(row.tone == "ok" for row in rows)
    return SearchOutcome(_headline(requisition, rows), _more(rows, order), hired, rows)
