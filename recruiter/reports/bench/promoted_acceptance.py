"""Whether those who were promoted from the bench accept, beside those who were first choice all along."""

from __future__ import annotations

from sqlalchemy import select

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import Promotion
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.reports import rules
from recruiter.reports.builders import REQUISITION, columns, share_figure
from recruiter.reports.types import Bar, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

NO = {OfferStatus.DECLINED, OfferStatus.LAPSED}
SECOND, FIRST = "Promoted from the bench", "First choice"


def _answer(offer: Offer) -> bool | None:
    """Whether an offer was accepted; None while there is no answer, or where we took it back before one."""
    if offer.accepted_at is not None:
        return True
    return False if offer.status in NO else None


def report(request: ReportRequest) -> Report:
    """How many of the answered offers were accepted, of those promoted and of the others. Two statements."""
    session = request.session
    promoted = set(
        session.scalars(
            select(Promotion.promoted_application_id).where(
                Promotion.requisition_id.in_(request.within), Promotion.undone_at.is_(None)
            )
        )
    )
    query = (
        select(Offer, Application.status, Requisition.key, Requisition.title, Requisition.department)
        .join(Application, Application.id == Offer.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(Requisition.id.in_(request.within), Offer.extended_at >= request.start)
        .order_by(Offer.extended_at.desc(), Offer.id.desc())
    )
    tally = {SECOND: [0, 0, 0], FIRST: [0, 0, 0]}  # accepted, answered, started
    rows = []
    for offer, status, key, title, team in session.execute(query):
        choice, answer = (SECOND if offer.application_id in promoted else FIRST), _answer(offer)
        if answer is not None:
            tally[choice][0] += answer
            tally[choice][1] += 1
            tally[choice][2] += answer and offer.status == OfferStatus.ACCEPTED and status == ApplicationStatus.HIRED
        answer_label = {True: "accepted", False: "not accepted", None: "no answer yet"}[answer]
        if answer is None and offer.ended_at is not None:
            answer_label = "taken back"
        sent_on = request.day(offer.extended_at)
        rows.append((sent_on, key, title, team, choice, answer_label, offer.status.value))
    second, first = tally[SECOND], tally[FIRST]
    return Report(
        name="second-choice",
        title="Second choices who accept",
        question="Does somebody promoted from the bench say yes?",
        finding=f"{second[0]} of {wording.plural(second[1], 'promoted finalist')} who answered said yes; of the first choices {rules.share(first[0], first[1])}."
        if second[1]
        else "No promoted finalist has answered an offer yet.",
        sample=Sample(
            second[1],
            "answered offer to a promoted finalist",
            "answered offers to promoted finalists",
            counted_as=wording.plural(second[1], "answer") + " of promoted finalists",
        ),
        figures=(
            share_figure("Promoted from the bench, accepted", second[0], second[1], "of the answered offers"),
            share_figure("First choices, accepted", first[0], first[1], "of the answered offers"),
            share_figure("Promoted, accepted and started work", second[2], second[0], "of those who accepted"),
        ),
        chart="Accepted of the answered offers",
        bars=tuple(
            Bar(
                choice,
                counts[0],
                rules.share(counts[0], counts[1]),
                counts[1] or None,
                "ok" if choice == SECOND else "",
            )
            for choice, counts in tally.items()
        ),
        columns=columns({"sent_on": "Sent on", **REQUISITION, "who": "Who", "answer": "Answer", "status": "Offer now"}),
        rows=tuple(rows),
        rules=(
            "Counted by the day on which the offer first went out. No amounts are shown here.",
            "Answered: accepted, declined, or run out without an answer. What we took back ourselves is no answer.",
            "Accepted and later broken off counts as accepted here, and as a loss under “First choices lost”.",
        ),
    )
