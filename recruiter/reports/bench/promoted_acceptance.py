"""Whether those who were promoted from the bench accept, beside those who were first choice all along."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import Promotion
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.reports import rules
from recruiter.reports.builders import report_on, requisition_cells, share_bar, share_figure
from recruiter.reports.types import Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

NO = {OfferStatus.DECLINED, OfferStatus.LAPSED}
SECOND, FIRST = "Promoted from the bench", "First choice"


@dataclass
class _Tally:
    """How many offers were answered, accepted, and led to a start at work."""

    answered: int = 0
    accepted: int = 0
    started: int = 0


def _answer(offer: Offer) -> str:
    """What became of an offer; what we took back before an answer is none."""
    if offer.accepted_at is not None:
        return "accepted"
    if offer.status in NO:
        return "not accepted"
    return "no answer yet" if offer.ended_at is None else "taken back"


def report(request: ReportRequest) -> Report:
    """How many of the answered offers were accepted, of those promoted and of the others. Two statements."""
    promoted = set(
        request.session.scalars(
            select(Promotion.promoted_application_id).where(
                request.within.contains(Promotion.requisition_id), Promotion.undone_at.is_(None)
            )
        )
    )
    query = (
        select(Offer, Application.status, Requisition)
        .join(Application, Application.id == Offer.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(request.within.contains(Requisition.id), Offer.extended_at >= request.start)
        .order_by(Offer.extended_at.desc(), Offer.id.desc())
    )
    tallies, rows = {SECOND: _Tally(), FIRST: _Tally()}, []
    for offer, status, requisition in request.session.execute(query):
        choice, answer = (SECOND if offer.application_id in promoted else FIRST), _answer(offer)
        tally, accepted = tallies[choice], answer == "accepted"
        tally.answered += accepted or answer == "not accepted"
        tally.accepted += accepted
        tally.started += accepted and offer.status == OfferStatus.ACCEPTED and status == ApplicationStatus.HIRED
        sent_on = request.day(offer.extended_at)
        rows.append((sent_on, *requisition_cells(requisition), choice, answer, offer.status.value))
    second, first = tallies[SECOND], tallies[FIRST]
    n, said_yes = second.answered, rules.share(first.accepted, first.answered)
    return report_on(
        "second-choice",
        finding=f"{second.accepted} of {wording.plural(n, 'promoted finalist')} who answered said yes; of the first choices {said_yes}."
        if n
        else "No promoted finalist has answered an offer yet.",
        sample=Sample(
            n,
            "answered offer to a promoted finalist",
            "answered offers to promoted finalists",
            counted_as=wording.plural(n, "answer") + " of promoted finalists",
        ),
        figures=(
            share_figure("Promoted from the bench, accepted", second.accepted, n, "of the answered offers"),
            share_figure("First choices, accepted", first.accepted, first.answered, "of the answered offers"),
            share_figure(
                "Promoted, accepted and started work", second.started, second.accepted, "of those who accepted"
            ),
        ),
        bars=(share_bar(SECOND, second.accepted, n, "ok"), share_bar(FIRST, first.accepted, first.answered)),
        rows=tuple(rows),
    )
