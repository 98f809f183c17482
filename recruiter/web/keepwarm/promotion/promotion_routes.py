"""The first choice is lost: what a promotion would do, and the form that does it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.keepwarm.overview import contact_list, fallback_candidates
from recruiter.keepwarm.promotion import loss_time
from recruiter.keepwarm.promotion import promote as promotion
from recruiter.keepwarm.promotion.promote import PromotionPlan
from recruiter.keepwarm.undo import promotion_undo
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, Finalist
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.keepwarm import forms, labels
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.keepwarm.promotion import preflight
from recruiter.web.keepwarm.slate import slate_page
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form
from recruiter.web.request.redirects import redirect_with_flash

KIND = "fall_through"
MOVED_ON = "Nothing was changed. The slate has moved on since this page was opened, so look again before you promote."


@dataclass(frozen=True)
class PromotePage:
    """What a promotion would do."""

    title: str
    requisition: Requisition
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    nobody: str
    problem: str
    form: forms.PromoteForm
    token: str = ""
    lost: Application | None = None
    loss: FallThrough | None = None
    phase: str = ""
    recorded_phase: str = ""  # the phase as the record has it: what the form sends
    known: loss_time.RecordedLoss | None = None
    how_known: str = ""
    next: list_page.Line | None = None
    bench: list[list_page.Line] = field(default_factory=list)
    lamps: list[slate_page.Lamp] = field(default_factory=list)
    lit: int = 0
    available: dt.date | None = None
    first: list[str] = field(default_factory=list)
    renewals: list[preflight.Renewal] = field(default_factory=list)
    draft: Money | None = None
    begun: bool = False
    band: bool = True
    pay: bool = False
    here: list[fallback_candidates.Fallback] = field(default_factory=list)
    seconds: list[fallback_candidates.Fallback] = field(default_factory=list)


def _plan(requisition: Requisition) -> PromotionPlan | str:
    """What a promotion would do, or the sentence why there is none."""
    try:
        plan = promotion.plan_promotion(db.session(), requisition)
    except Conflict as error:
        return error.message
    return plan if plan.bench else "Nobody is on the bench of this requisition, so there is nobody to promote."


def _token(plan: PromotionPlan) -> str:
    """What the form was read for: the application that would end, or the loss that waits for a successor."""
    if plan.lost is not None:
        return f"loss-{plan.lost.id}"
    return f"application-{plan.ending.id}" if plan.ending else ""


def _lost(requisition: Requisition, plan: PromotionPlan) -> Application | None:
    if plan.lost is None:
        return plan.ending
    slate = pipeline.finalists_of(db.session(), requisition)
    return next(
        (finalist.application for finalist in slate if finalist.application_id == plan.lost.application_id), None
    )


def _wanted(plan: PromotionPlan, given: str | None) -> Finalist:
    return next((finalist for finalist in plan.bench if str(finalist.application_id) == given), plan.bench[0])


def _form(plan: PromotionPlan | str, **given: Any) -> forms.PromoteForm:
    form = forms.PromoteForm(**given)
    form.reason.choices = forms.pairs(
        [("", "Choose one"), *((listed_reason.code, listed_reason.label) for listed_reason in reasons.of_kind(KIND))]
    )
    people = [] if isinstance(plan, str) else plan.bench
    form.application_id.choices = forms.pairs(
        (str(finalist.application_id), finalist.application.candidate.name) for finalist in people
    )
    return form


def _shown(
    requisition: Requisition, plan: PromotionPlan | str, *, form: forms.PromoteForm | None = None, problem: str = ""
) -> str:
    session = db.session()
    frame: JsonObject = {
        "requisition": requisition,
        "breadcrumbs": crumbs.of_requisition(requisition, "Promote"),
        "tabs": tabs.requisition_tabs(requisition, "promote"),
        "problem": problem,
    }
    if isinstance(plan, str):
        viewer = guard.actor()
        seconds = fallback_candidates.past_runners_up(
            session, requisition, within=scopes.searches(viewer), viewer=viewer, now=guard.now()
        )
        here = fallback_candidates.in_pipeline(session, requisition, viewer=viewer)
        form = form or _form(plan, formdata=None)
        page = PromotePage(title="Promote", nobody=plan, form=form, here=here, seconds=seconds, **frame)
        return render_template("keepwarm/promote.html", page=page, has_errors=bool(problem))
    chosen = _wanted(plan, form.application_id.data if form else request.args.get("to"))
    known = loss_time.recorded(session, loss=plan.lost, ending=plan.ending)
    start = {
        "phase": plan.phase.value,
        "application_id": str(chosen.application_id),
        "fell_through_at": known.at.astimezone(guard.settings().zone) if known.at else None,
    }
    form = form or _form(plan, formdata=None, data=start)
    rows = {
        contact_row.application.id: contact_row
        for contact_row in contact_list.rows_for(session, plan.bench, moment=guard.act())
    }
    row = rows[chosen.application_id]
    ready, lit = queries.readiness_of(session, chosen.application), preflight.lit(chosen.application)
    lamps = slate_page.lamps(lit)
    pay = guard.actor().pay_view
    begun = offers.live_of(session, chosen.application)
    today = guard.today()
    page = PromotePage(
        title=f"Promote {chosen.application.candidate.name}",
        nobody="",
        form=form,
        token=_token(plan),
        lost=_lost(requisition, plan),
        loss=plan.lost,
        phase=labels.PHASES[plan.phase],
        recorded_phase=plan.phase.value,
        known=known,
        how_known=known.event if known.at else labels.STANDS[plan.phase],
        next=list_page.line_of(row, today=today, blind=False),
        bench=[list_page.line_of(rows[finalist.application_id], today=today, blind=False) for finalist in plan.bench],
        lamps=lamps,
        lit=sum(lamp.tone == "ok" for lamp in lamps),
        available=ready.available_from if ready else None,
        first=preflight.look_first(requisition, plan, chosen, row, lamps=lit),
        renewals=preflight.renewals(requisition, [finalist for finalist in plan.bench if finalist is not chosen]),
        draft=offer_rules.starting_base(requisition.band) if pay and requisition.band else None,
        begun=begun is not None,
        band=requisition.band is not None,
        pay=pay,
        **frame,
    )
    return render_template("keepwarm/promote.html", page=page, has_errors=bool(problem or form.errors))


def _promote(requisition: Requisition, plan: PromotionPlan, form: forms.PromoteForm) -> ResponseReturnValue:
    """Do what the form says, or show the plan as it is now with what was typed."""
    return handle_form(
        form,
        save=lambda: promotion.promote(
            db.session(),
            requisition=requisition,
            phase=Phase(form.phase.data),
            reason=form.reason_given(),
            application=_wanted(plan, form.application_id.data).application,
            act=guard.act(),
            fell_through_at=form.lost_at(guard.settings().zone),
        ),
        again=lambda: _shown(requisition, _plan(requisition), form=form, problem=general_error(form)),
        home=_after,
        flash=lambda done: (
            f"{done.promoted.candidate.name} promoted after {done.ended.candidate.name}. "
            "A draft offer is ready; nothing has been sent to anybody."
        ),
        undo=lambda done: url_for("pipeline.undo", secret=done.undo),
    )


def _with_one_click(requisition: Requisition, plan: PromotionPlan) -> ResponseReturnValue:
    """Promote the next one at once where the loss is recorded and nothing needs a look; else show the check page."""
    chosen = _wanted(plan, request.form.get("application_id"))
    given = {"phase": plan.phase.value, "application_id": str(chosen.application_id)}
    rows = contact_list.rows_for(db.session(), [chosen], moment=guard.act())
    lit = preflight.lit(chosen.application)
    if plan.lost is None or preflight.look_first(requisition, plan, chosen, rows[0], lamps=lit):
        return _shown(requisition, plan, form=_form(plan, formdata=None, data=given))
    return _promote(requisition, plan, _form(plan, formdata=MultiDict(given)))


def _after(done: promotion.PromotionResult) -> str:
    """Where to go on: the new draft, or the application for who does not see pay."""
    if guard.actor().pay_view and tabs.is_registered("offers.show"):
        return url_for("offers.show", offer_id=done.offer.id)
    return url_for("pipeline.application", application_id=done.promoted.id)


@blueprint.form("/requisitions/<requisition_ref>/promote", Permission.PROMOTE)
def promote(requisition: Requisition) -> ResponseReturnValue:
    """What a promotion would do; or do it, once: a form that was read for another state of things is refused."""
    if scorecards.owes_on(db.session(), viewer=guard.actor(), requisition=requisition):
        page = {"title": "Promote", "requisition": requisition, "tabs": tabs.requisition_tabs(requisition, "promote")}
        return render_template("keepwarm/promote_later.html", page=page), 200 if request.method == "GET" else 409
    plan = _plan(requisition)
    if request.method == "GET":
        return _shown(requisition, plan)
    if isinstance(plan, str):
        return _shown(requisition, plan, problem="Nothing was changed."), 409
    if request.form.get("quick"):
        return _with_one_click(requisition, plan)
    if request.form.get("token") != _token(plan):
        return _shown(requisition, plan, problem=MOVED_ON), 409
    return _promote(requisition, plan, _form(plan))


@blueprint.act("/requisitions/<requisition_ref>/promotion/undo", Permission.PROMOTE)
def undo_promotion(requisition: Requisition) -> ResponseReturnValue:
    """Put everything back to where it stood before the last promotion, while its offer has not been sent."""
    last_promotion = promotion_undo.open_promotion(db.session(), requisition)
    if last_promotion is None:
        raise Conflict("There is no promotion to take back: its offer was sent, or somebody has gone on since.")
    ended = promotion_undo.take_back(db.session(), promotion=last_promotion, act=guard.act())
    home = url_for("finalists.show", requisition_ref=requisition.key)
    return redirect_with_flash(home, promotion_undo.sentence(ended))
