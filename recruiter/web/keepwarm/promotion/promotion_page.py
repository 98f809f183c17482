"""What a promotion would do, shown before it is done; or who else could be asked where nobody is on the bench."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from flask import render_template, request

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.foundation.money import Money
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.overview import contact_list, fallback_candidates, readiness_queries
from recruiter.keepwarm.promotion import loss_time, promise_renewals
from recruiter.keepwarm.promotion import promote as promotion
from recruiter.keepwarm.promotion.promote import PromotionPlan
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, Finalist
from recruiter.policy import scopes
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm import labels
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.keepwarm.forms import PromoteForm
from recruiter.web.keepwarm.lamps import Lamps
from recruiter.web.keepwarm.promotion import preflight
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.form_handling import has_errors


@dataclass(frozen=True)
class PromotePage:
    """What a promotion would do; without a plan, why there is none and who else could be asked."""

    title: str
    requisition: Requisition
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    problem: str
    form: PromoteForm
    nobody: str = ""
    here: list[fallback_candidates.Fallback] = field(default_factory=list)
    seconds: list[fallback_candidates.Fallback] = field(default_factory=list)
    plan: PromotionPlan | None = None
    token: str = ""
    lost: Application | None = None
    phase: str = ""
    offer_ends: bool = False
    known: loss_time.RecordedLoss | None = None
    how_known: str = ""
    next: list_page.Line | None = None
    bench: list[list_page.Line] = field(default_factory=list)
    lamps: Lamps = field(default_factory=Lamps)
    available: dt.date | None = None
    first: list[str] = field(default_factory=list)
    renewals: list[promise_renewals.Renewal] = field(default_factory=list)
    draft: Money | None = None
    begun: bool = False


def plan_of(requisition: Requisition) -> PromotionPlan | str:
    """What a promotion would do, or the sentence why there is none."""
    try:
        plan = promotion.plan_promotion(db.session(), requisition)
    except Conflict as error:
        return error.message
    return plan if plan.bench else "Nobody is on the bench of this requisition, so there is nobody to promote."


def token_of(plan: PromotionPlan) -> str:
    """What a form was read for: the application that would end, or the loss that waits for a successor."""
    if plan.lost is not None:
        return f"loss-{plan.lost.id}"
    return f"application-{plan.ending.id}" if plan.ending else ""


def wanted(plan: PromotionPlan, given: str | None) -> Finalist:
    """Who is named to be promoted, else the next on the bench."""
    return next((finalist for finalist in plan.bench if str(finalist.application_id) == given), plan.bench[0])


def promote_form(plan: PromotionPlan | None, **given: Any) -> PromoteForm:
    """The form with the reasons of a loss and the people on the bench."""
    form = PromoteForm(**given)
    form.reason.choices = pairs(
        [("", "Choose one"), *((reason.code, reason.label) for reason in reasons.of_kind("fall_through"))]
    )
    form.application_id.choices = pairs(
        (str(finalist.application_id), finalist.application.candidate.name) for finalist in (plan.bench if plan else ())
    )
    return form


def _lost(requisition: Requisition, plan: PromotionPlan) -> Application | None:
    if plan.lost is None:
        return plan.ending
    slate = pipeline.finalists_of(db.session(), requisition)
    lost_id = plan.lost.application_id
    return next((finalist.application for finalist in slate if finalist.application_id == lost_id), None)


def render(
    requisition: Requisition, plan: PromotionPlan | str, *, form: PromoteForm | None = None, problem: str = ""
) -> str:
    """The page as HTML; a form that came back stands as it was typed."""
    page = PromotePage(
        title="Promote",
        requisition=requisition,
        breadcrumbs=crumbs.of_requisition(requisition, "Promote"),
        tabs=tabs.requisition_tabs(requisition, "promote"),
        problem=problem,
        form=form or promote_form(None, formdata=None),
    )
    page = _with_nobody(page, plan) if isinstance(plan, str) else _with_plan(page, plan, form)
    return render_template("keepwarm/promote.html", page=page, has_errors=bool(problem) or has_errors(page.form))


def _with_nobody(page: PromotePage, sentence: str) -> PromotePage:
    session, viewer = db.session(), guard.actor()
    within = scopes.searches(viewer)
    return replace(
        page,
        nobody=sentence,
        here=fallback_candidates.in_pipeline(session, page.requisition, viewer=viewer),
        seconds=fallback_candidates.past_runners_up(
            session, page.requisition, within=within, viewer=viewer, now=guard.now()
        ),
    )


def _with_plan(page: PromotePage, plan: PromotionPlan, form: PromoteForm | None) -> PromotePage:
    session, requisition = db.session(), page.requisition
    chosen = wanted(plan, form.application_id.data if form else request.args.get("to"))
    known = loss_time.recorded(session, loss=plan.lost, ending=plan.ending)
    start = {
        "phase": plan.phase.value,
        "application_id": str(chosen.application_id),
        "fell_through_at": known.at.astimezone(guard.zone()) if known.at else None,
    }
    rows = contact_list.rows_for(session, plan.bench, moment=guard.act())
    row = next(row for row in rows if row.finalist is chosen)
    ready = queries.readiness_of(session, chosen.application)
    lights = readiness_queries.lights_of(session, chosen.application, moment=guard.act())
    others = [finalist for finalist in plan.bench if finalist is not chosen]
    band = requisition.band if guard.actor().pay_view else None
    return replace(
        page,
        title=f"Promote {chosen.application.candidate.name}",
        form=form or promote_form(plan, formdata=None, data=start),
        plan=plan,
        token=token_of(plan),
        lost=_lost(requisition, plan),
        phase=labels.PHASES[plan.phase],
        offer_ends=plan.phase != Phase.BEFORE_OFFER,
        known=known,
        how_known=known.event if known.at else labels.STANDS[plan.phase],
        next=list_page.line_of(row, blind=False),
        bench=[list_page.line_of(row, blind=False) for row in rows],
        lamps=Lamps(lights),
        available=ready.available_from if ready else None,
        first=preflight.look_first(requisition, plan, row, lights),
        renewals=promise_renewals.planned_renewals(session, requisition, others, moment=guard.act()),
        draft=offer_rules.starting_base(band) if band else None,
        begun=offers.live_of(session, chosen.application) is not None,
    )
