"""Who stands behind the first choice today, on every search that goes on."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from sqlalchemy import select

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import Readiness
from recruiter.offers.models import Offer
from recruiter.offers.rules import OCCUPYING
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.reports import rules
from recruiter.reports.builders import REQUISITION, Number, columns, count_bar, share_figure
from recruiter.reports.types import Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition, RequisitionStatus

FRESH = dt.timedelta(days=7)
DEEP = 3
RUNNING = (RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD, RequisitionStatus.FILLED)


def _finding(depths: list[int], ready: int, offers_out: int) -> str:
    if not depths:
        return "No search has a slate yet."
    alone, n = depths.count(0), len(depths)
    sentence = f"On {n - alone} of {wording.plural(n, 'slate')} somebody stands behind the first choice"
    return (
        f"{sentence}; of {wording.plural(offers_out, 'offer')} out or accepted, {ready} {'has' if ready == 1 else 'have'} a ready second."
        if offers_out
        else f"{sentence}."
    )


def report(request: ReportRequest) -> Report:
    """How many wait behind the first choice, and how many of them were asked within 7 days and still want to. Two statements."""
    session = request.session
    with_offer = set(
        session.scalars(
            select(Offer.application_id)
            .join(Application, Application.id == Offer.application_id)
            .where(Application.requisition_id.in_(request.within), Offer.status.in_(OCCUPYING))
        )
    )
    query = (
        select(
            Requisition.id,
            Requisition.key,
            Requisition.title,
            Requisition.department,
            Application.id,
            Readiness.interested,
            Readiness.interested_asked_on,
        )
        .join(Application, Application.requisition_id == Requisition.id)
        .join(Finalist, Finalist.application_id == Application.id)
        .outerjoin(Readiness, Readiness.application_id == Application.id)
        .where(
            Requisition.id.in_(request.within),
            Requisition.status.in_(RUNNING),
            Application.status == ApplicationStatus.ACTIVE,
        )
        .order_by(Requisition.key, Finalist.position, Finalist.id)
    )
    slates: dict[tuple[int, str, str, str], list[tuple[int, bool]]] = defaultdict(list)
    for requisition_id, key, title, team, application_id, interested, asked_on in session.execute(query):
        fresh = bool(interested) and asked_on is not None and request.moment.today - asked_on <= FRESH
        slates[(requisition_id, key, title, team)].append((application_id, fresh))
    rows, depths, ready_behind, offers_out = [], [], 0, 0
    for (_, key, title, team), slate in slates.items():
        offered = [finalist for finalist in slate if finalist[0] in with_offer]
        bench = [finalist for finalist in slate if finalist[0] not in with_offer] if offered else slate[1:]
        ready = sum(fresh for _, fresh in bench)
        depths.append(len(bench))
        if offered:
            offers_out += 1
            ready_behind += ready > 0
        rows.append((key, title, team, len(bench), ready, "yes" if offered else "no"))
    n, spread = len(depths), Counter(min(depth, DEEP) for depth in depths)
    labels = {0: "Nobody behind the first choice", 1: "1 on the bench", 2: "2 on the bench", DEEP: "3 or more"}
    median = rules.median_of(depths)
    return Report(
        name="bench-depth",
        title="Bench depth",
        question="If the first choice went today, who is there?",
        finding=_finding(depths, ready_behind, offers_out),
        sample=Sample(
            n, "slate of a search that goes on", "slates of searches that go on", counted_as=wording.plural(n, "slate")
        ),
        figures=(
            share_figure("Somebody stands behind the first choice", sum(depth > 0 for depth in depths), n),
            share_figure("Offer out or accepted, with a ready second", ready_behind, offers_out),
            Figure(
                "On the bench, half of the slates have at most", f"{median:g}" if median is not None else "none yet"
            ),
        ),
        chart="Slates by the number on the bench",
        bars=tuple(count_bar(label, spread[depth], n, "late" if depth == 0 else "") for depth, label in labels.items()),
        columns=columns(
            {
                **REQUISITION,
                "bench": Number("On the bench"),
                "ready": Number("Ready"),
                "offer_out": "Offer out or accepted",
            }
        ),
        rows=tuple(rows),
        rules=(
            "As it stands today; the period does not matter here.",
            "On the bench: finalists in the running behind the first choice, or behind whoever has the offer.",
            "Ready: asked within the last 7 days, and still interested.",
        ),
        by_period=False,
    )
