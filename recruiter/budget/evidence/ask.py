"""The request: offer, band, excess, what it costs once and each year, by when and why by then."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, iso, on, percent
from recruiter.foundation.money import Money, show
from recruiter.offers.models import CompetingProcess


def why_then(ground: Ground) -> tuple[str, dt.date] | None:
    """The date on record that makes the request urgent: another employer's decision, else the end of our own offer."""
    decides = ground.session.scalar(
        select(CompetingProcess.decision_on)
        .where(
            CompetingProcess.application_id == ground.application.id,
            CompetingProcess.decision_on >= ground.now.date(),
        )
        .order_by(CompetingProcess.decision_on)
        .limit(1)
    )
    if decides is not None:
        return "Another employer's process comes to its decision on", decides
    if ground.offer.expires_on is not None:
        return "Our own offer ends on", ground.offer.expires_on
    return None


def collect(ground: Ground) -> Part:
    """What is asked for, in one sentence and its figures."""
    case, band, currency = ground.case, ground.band, ground.case.currency
    yearly = Money(ground.excess.amount * ground.periods, currency)
    once = Money(ground.offer.sign_on or 0, currency)
    above = f"{show(ground.excess)} ({percent(ground.excess.amount, band.max)}) above the top of the band"
    limits = f"{show(Money(band.min, currency))} to {show(Money(band.max, currency))}"
    text = f"Approve a base of {show(ground.ask)} a {band.interval}, {above}, by {on(case.needed_by)}."
    text += f" It costs {show(yearly)} more each year than the top of the band"
    text += f", and {show(once)} once as a sign-on payment." if once.amount else "; nothing is paid once."
    told = [
        Evidence(
            f"A base of {show(ground.ask)} a {band.interval} is asked for.",
            f"Case {case.number}",
            by=case.requested_by.name,
            at=iso(case.created_at),
        ),
        Evidence(
            f"The approved band is {limits} a {band.interval}.",
            f"Pay band of {ground.requisition.key}",
            at=iso(band.approved_on) if band.approved_on else None,
        ),
        Evidence(f"The request is {above}.", f"Case {case.number} and the pay band of {ground.requisition.key}"),
    ]
    if (reason := why_then(ground)) is not None:
        words, day = reason
        told.append(Evidence(f"{words} {on(day)}.", "Competing processes and offer on record", at=iso(day)))
        text += f" {words} {on(day)}."
    figures = (
        Figure("Asked base", ground.ask.amount, currency),
        Figure("Band minimum", band.min, currency),
        Figure("Band midpoint", ground.middle.amount, currency),
        Figure("Band maximum", band.max, currency),
        Figure("Excess", ground.excess.amount, currency),
        Figure("Excess each year", yearly.amount, currency),
        Figure("Paid once", once.amount, currency),
        Figure("First year above the band", yearly.amount + once.amount, currency),
    )
    return Part(text, tuple(told), figures, whole=True)
