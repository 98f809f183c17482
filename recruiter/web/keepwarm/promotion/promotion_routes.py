"""The first choice is lost: the form that promotes the next finalist, and the way back."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.overview import contact_list, readiness_queries
from recruiter.keepwarm.promotion import promote as promotion
from recruiter.keepwarm.promotion.promote import PromotionPlan, PromotionResult
from recruiter.keepwarm.undo import promotion_undo
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.forms import PromoteForm
from recruiter.web.keepwarm.promotion import preflight
from recruiter.web.keepwarm.promotion.promotion_page import plan_of, promote_form, render, token_of, wanted
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form

MOVED_ON = "Nothing was changed. The slate has moved on since this page was opened, so look again before you promote."


def _promote(requisition: Requisition, plan: PromotionPlan, form: PromoteForm) -> ResponseReturnValue:
    """Do what the form says, or show the plan as it is now with what was typed."""

    def save() -> PromotionResult:
        return promotion.promote(
            db.session(),
            requisition=requisition,
            phase=Phase(form.phase.data),
            reason=form.reason_given(),
            application=wanted(plan, form.application_id.data).application,
            act=guard.act(),
            fell_through_at=form.lost_at(guard.zone()),
        )

    def flash(done: PromotionResult) -> str:
        promoted = f"{done.promoted.candidate.name} promoted after {done.ended.candidate.name}."
        return f"{promoted} A draft offer is ready; nothing has been sent to anybody."

    return handle_form(
        form,
        save=save,
        again=lambda: render(requisition, plan_of(requisition), form=form, problem=general_error(form)),
        home=_after,
        flash=flash,
        undo=lambda done: url_for("pipeline.undo", secret=done.undo),
    )


def _with_one_click(requisition: Requisition, plan: PromotionPlan) -> ResponseReturnValue:
    """Promote the next one at once where the loss is recorded and nothing needs a look; else show the check page."""
    chosen = wanted(plan, request.form.get("application_id"))
    given = {"phase": plan.phase.value, "application_id": str(chosen.application_id)}
    row = contact_list.rows_for(db.session(), [chosen], moment=guard.act())[0]
    lights = readiness_queries.lights_of(db.session(), chosen.application, moment=guard.act())
    if plan.lost is None or preflight.look_first(requisition, plan, row, lights):
        return render(requisition, plan, form=promote_form(plan, formdata=None, data=given))
    return _promote(requisition, plan, promote_form(plan, formdata=MultiDict(given)))


def _after(done: PromotionResult) -> str:
    """Where to go on: the new draft, or the application for who does not see pay."""
    if guard.actor().pay_view:
        return url_for("offers.show", offer_id=done.offer.id)
    return url_for("pipeline.application", application_id=done.promoted.id)


@blueprint.form("/requisitions/<requisition_ref>/promote", Permission.PROMOTE)
def promote(requisition: Requisition) -> ResponseReturnValue:
    """What a promotion would do; or do it, once: a form that was read for another state of things is refused."""
    if scorecards.owes_on_slate(db.session(), viewer=guard.actor(), requisition=requisition):
        page = {"title": "Promote", "requisition": requisition, "tabs": tabs.requisition_tabs(requisition, "promote")}
        return render_template("keepwarm/promote_later.html", page=page), 200 if request.method == "GET" else 409
    plan = plan_of(requisition)
    if request.method == "GET":
        return render(requisition, plan)
    if isinstance(plan, str):
        return render(requisition, plan, problem="Nothing was changed."), 409
    if request.form.get("quick"):
        return _with_one_click(requisition, plan)
    if request.form.get("token") != token_of(plan):
        return render(requisition, plan, problem=MOVED_ON), 409
    return _promote(requisition, plan, promote_form(plan))


@blueprint.form("/requisitions/<requisition_ref>/promotion/undo", Permission.PROMOTE)
def undo_promotion(requisition: Requisition) -> ResponseReturnValue:
    """Say what follows, then put everything back to where it stood before the last promotion, while its offer has not been sent."""
    session = db.session()
    last_promotion = promotion_undo.open_promotion(session, requisition)
    if last_promotion is None:
        raise Conflict("There is no promotion to take back: its offer was sent, or somebody has gone on since.")
    name, form = last_promotion.promoted.candidate.name, FlaskForm()
    page = FormPage(f"Take the promotion of {name} back?", crumbs.of_requisition(requisition, "Take back"), form)
    home = url_for("finalists.show", requisition_ref=requisition.key)
    keep_href = url_for("offers.show", offer_id=last_promotion.offer_id) if guard.actor().pay_view else home

    def again() -> str:
        follows = promotion_undo.consequences(session, last_promotion)
        return page.rendered("keepwarm/take_back.html", follows=follows, keep_href=keep_href)

    return handle_form(
        form,
        save=lambda: promotion_undo.take_back(session, promotion=last_promotion, act=guard.act()),
        again=again,
        home=home,
        flash=lambda _: promotion_undo.sentence(last_promotion),
    )
