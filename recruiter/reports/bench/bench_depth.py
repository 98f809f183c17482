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
from recruiter.reports import builders, rules
from recruiter.reports.types import Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition, RequisitionStatus

FRESH = dt.timedelta(days=7)
DEEP = 3
RUNNING = (RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD, RequisitionStatus.FILLED)
LABELS = {0: "Nobody behind the first choice", 1: "1 on the bench", 2: "2 on the bench", DEEP: "3 or more"}


def _finding(depths: list[int], ready: int, offers_out: int) -> str:
    if not depths:
        return "No search has a slate yet."
    alone, n = depths.count(0), len(depths)
    sentence = f"On {n - alone} of {wording.plural(n, 'slate')} somebody stands behind the first choice"
    if not offers_out:
        return f"{sentence}."
    has = "has" if ready == 1 else "have"
    return f"{sentence}; of {wording.plural(offers_out, 'offer')} out or accepted, {ready} {has} a ready second."


def report(request: ReportRequest) -> Report:
    """How many wait behind the first choice, and how many of them were asked within 7 days and still want to. Two statements."""
    with_offer = set(
        request.session.scalars(
            select(Offer.application_id)
            .join(Application, Application.id == Offer.application_id)
            .where(request.within.contains(Application.requisition_id), Offer.status.in_(OCCUPYING))
        )
    )
    query = (
        select(Requisition, Application.id, Readiness.interested, Readiness.interested_asked_on)
        .join(Application, Application.requisition_id == Requisition.id)
        .join(Finalist, Finalist.application_id == Application.id)
        .outerjoin(Readiness, Readiness.application_id == Application.id)
        .where(
            request.within.contains(Requisition.id),
            Requisition.status.in_(RUNNING),
            Application.status == ApplicationStatus.ACTIVE,
        )
        .order_by(Requisition.key, Finalist.position, Finalist.id)
    )
    slates: dict[Requisition, list[tuple[int, bool]]] = defaultdict(list)
    for requisition, application_id, interested, asked_on in request.session.execute(query):
        ready = bool(interested) and asked_on is not None and request.moment.today - asked_on <= FRESH
        slates[requisition].append((application_id, ready))
    rows, depths, ready_behind, offers_out = [], [], 0, 0
    for requisition, slate in slates.items():
        without_offer = [finalist for finalist in slate if finalist[0] not in with_offer]
        offered = len(without_offer) < len(slate)
        bench = without_offer if offered else slate[1:]
        n_ready = sum(ready for _, ready in bench)
        depths.append(len(bench))
        offers_out += offered
        ready_behind += offered and n_ready > 0
        rows.append((*builders.requisition_cells(requisition), len(bench), n_ready, "yes" if offered else "no"))
    n, spread = len(depths), Counter(min(depth, DEEP) for depth in depths)
    return builders.report_on(
        "bench-depth",
        finding=_finding(depths, ready_behind, offers_out),
        sample=Sample(
            n, "slate of a search that goes on", "slates of searches that go on", counted_as=wording.plural(n, "slate")
        ),
        figures=(
            builders.share_figure("Somebody stands behind the first choice", sum(depth > 0 for depth in depths), n),
            builders.share_figure("Offer out or accepted, with a ready second", ready_behind, offers_out),
            builders.measure("On the bench, half of the slates have at most", rules.median_of(depths), "{:g}".format),
        ),
        bars=tuple(
            builders.count_bar(label, spread[depth], n, "late" if depth == 0 else "") for depth, label in LABELS.items()
        ),
        rows=tuple(rows),
        by_period=False,
    )
