"""Offers declined: how many, why, and by how much the other employer offered more."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.types import Asked, Bar, Column, Figure, Report
from recruiter.requisitions.models import Requisition

LABELS = {one.code: one.label for one in reversed(reasons.LIST)}
ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.RENEGED)


def report(asked: Asked) -> Report:
    """The offers that were declined or reneged on in the period, beside what was offered elsewhere. Two statements.

    How much more is a per cent of our base, from the last figure the candidate named in the same currency; it is there
    only for who sees pay.
    """
    wanted = (
        select(Offer, Requisition.key, Requisition.title, Requisition.department)
        .join(Application, Application.id == Offer.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(
            Application.requisition_id.in_(asked.within), Offer.status.in_(ANSWERED), Offer.extended_at >= asked.start
        )
        .order_by(Offer.ended_at.desc(), Offer.id.desc())
    )
    found = [(row[0], row[1], row[2], row[3]) for row in asked.session.execute(wanted)]
    lost = [row for row in found if row[0].status != OfferStatus.ACCEPTED]
    more = _more(asked, [row[0] for row in lost]) if asked.pay else {}
    why = Counter(LABELS.get(one.end_code or "", "Not said") for one, *_ in lost)
    n, count, half = len(found), len(lost), rules.middle(list(more.values()))
    signed = f"{half:+.1f}%".replace("-", "\u2212") if half is not None else "none known"
    return Report(
        name="offers-declined",
        title="Offers declined",
        question="How many say no, why, and by how much were we outbid?",
        finding=f"{rules.share(count, n)} offers that were answered were declined or broken."
        if n
        else "No offer has been answered yet.",
        n=n,
        counted=rules.plural(n, "offer") + " answered",
        caution=rules.caution(n, one="offer answered", many="offers answered"),
        figures=(
            Figure("Declined, or broken after signing", rules.share(count, n)),
            *(
                (Figure("Elsewhere against our base, half at most", signed, f"n = {len(more)} with a figure"),)
                if asked.pay
                else ()
            ),
        ),
        chart="Reasons that were given",
        bars=tuple(Bar(words, times, str(times), count or None) for words, times in why.most_common()),
        columns=(
            Column("ended_on", "Ended on"),
            Column("requisition", "Requisition"),
            Column("title", "Title"),
            Column("team", "Team"),
            Column("how", "How"),
            Column("reason", "Reason"),
            *((Column("elsewhere_percent", "Elsewhere, % of our base", figures=True),) if asked.pay else ()),
        ),
        rows=tuple(
            (
                rules.shown(one.ended_at.astimezone(asked.zone).date()) if one.ended_at else "",
                key,
                title,
                team,
                "Declined" if one.status == OfferStatus.DECLINED else "Broken after signing",
                LABELS.get(one.end_code or "", "Not said"),
                *((round(more[one.id], 1) if one.id in more else None,) if asked.pay else ()),
            )
            for one, key, title, team in lost
        ),
        rules=(
            "Offers that went out in the period and were answered; those that ran out or that we took back are not counted.",
            "Elsewhere: the last amount that the candidate named in the currency of our offer, against our base.",
            "Amounts are shown to people who see pay.",
        ),
    )  # fmt: skip


def _more(asked: Asked, offers: list[Offer]) -> dict[int, float]:
    """By offer how many per cent more, or less, was offered elsewhere."""
    wanted = (
        select(CompetingProcess.application_id, CompetingProcess.currency, CompetingProcess.offer_amount)
        .where(
            CompetingProcess.application_id.in_([one.application_id for one in offers]),
            CompetingProcess.offer_amount.is_not(None),
        )
        .order_by(CompetingProcess.id)
    )
    named = {(number, currency): amount for number, currency, amount in asked.session.execute(wanted)}
    return {
        one.id: 100 * (amount - one.base) / one.base
        for one in offers
        if (amount := named.get((one.application_id, one.currency))) is not None
    }
