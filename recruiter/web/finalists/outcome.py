"""How a search ended: who was ordered, who accepted, who was lost and why. Shown once it is filled or closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation.database.db import db
from recruiter.keepwarm import queries as keepwarm
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers.models import Offer
from recruiter.pipeline.models import ApplicationStatus, Finalist
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.web.finalists.suggestion_sentences import Piece, Sentence
from recruiter.web.request import guard
from recruiter.web.text.filters import day

OVER = {RequisitionStatus.FILLED, RequisitionStatus.CLOSED}
LOST = {
    Phase.ACCEPTED: "Withdrew after accepting",
    Phase.OFFER: "Declined our offer",
    Phase.BEFORE_OFFER: "Withdrew before an offer",
}
SET = {
    OrderVerdict.FOLLOWED: "It followed the suggestion of that day.",
    OrderVerdict.DEPARTED: "It departed from a clear lead in the suggestion of that day.",
    OrderVerdict.OPEN: "The suggestion of that day had nobody clearly ahead.",
}


@dataclass(frozen=True)
class Line:
    """One finalist at the end: the place, what became of it, when and why it ended so."""

    finalist: Finalist
    label: str
    outcome: str
    tone: str
    on: str
    reason: str


@dataclass(frozen=True)
class Ended:
    """The end of a search."""

    headline: Sentence
    more: str
    hired: bool
    lines: list[Line]


def _on(moment: dt.datetime | None) -> str:
    return day(moment.astimezone(guard.configured().zone).date()) if moment else ""


def _line(one: Finalist, *, seats: set[int], lost: FallThrough | None, offer: Offer | None) -> Line:
    application = one.application
    label = "1st choice" if one.position == 1 else f"Backup {one.position - 1}"
    accepted = offer.accepted_at if offer is not None else None
    if application.status == ApplicationStatus.HIRED:
        return Line(one, label, "Hired, has started work", "ok", _on(application.stage_since), "")
    if application.id in seats:
        return Line(one, label, "Accepted our offer", "ok", _on(accepted), "")
    reason = application.reason or ""
    if application.status == ApplicationStatus.WITHDRAWN:
        outcome = LOST[lost.phase] if lost else "Withdrew"
        return Line(one, label, outcome, "late" if lost else "", _on(application.ended_at), reason)
    if application.status == ApplicationStatus.REJECTED:
        return Line(one, label, "We chose another finalist", "", _on(application.ended_at), reason)
    return Line(one, label, "Still on the bench", "due", "", "")


def _headline(requisition: Requisition, lines: list[Line]) -> Sentence:
    seated = [one for one in lines if one.tone == "ok"]
    if not seated:
        word = "Closed" if requisition.status == RequisitionStatus.CLOSED else "Nobody is left on this slate"
        return [Piece(f"{word}: none of the finalists was hired." if word == "Closed" else f"{word}.")]
    out: Sentence = []
    for place, one in enumerate(seated):
        out += [Piece(" and " if place else ""), Piece(one.finalist.application.candidate.name, is_name=True)]
    started = all(one.finalist.application.status == ApplicationStatus.HIRED for one in seated)
    return [*out, Piece(" was hired." if started and len(seated) == 1 else " were hired." if started else " accepted.")]


def _more(lines: list[Line], order: NamedOrder | None) -> str:
    losses = sum(one.tone == "late" for one in lines)
    first = next((one for one in lines if one.finalist.position == 1), None)
    said = []
    if first is not None and first.tone == "ok":
        said.append("The first choice came.")
    elif losses:
        said.append(f"{losses} of {len(lines)} finalists {'was' if losses == 1 else 'were'} lost on the way.")
    if order is not None:
        said.append(f"{order.named_by.name} set the order last, {_on(order.named_at)}. {SET[order.verdict]}")
    return " ".join(said)


def of(
    requisition: Requisition, slate: Sequence[Finalist], *, offers: dict[int, Offer], order: NamedOrder | None
) -> Ended | None:
    """The end of a search that has one; None while it goes on with somebody in the running. Never for who owes a card."""
    running = any(one.application.status == ApplicationStatus.ACTIVE for one in slate)
    if not slate or (requisition.status not in OVER and running):
        return None
    session = db.session()
    seats = {one.filled_by_id for one in requisition.openings if one.filled_by_id is not None}
    lost = {one.application_id: one for one in reversed(keepwarm.losses_of(session, requisition))}
    lines = [
        _line(one, seats=seats, lost=lost.get(one.application_id), offer=offers.get(one.application_id))
        for one in slate
    ]
    hired = any(one.tone == "ok" for one in lines)
    return Ended(_headline(requisition, lines), _more(lines, order), hired, lines)
