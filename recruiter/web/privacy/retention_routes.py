"""How long data is kept: keeping times are proposed and decided, requisitions are held."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import joinedload

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy.holds import hold_queries, hold_services
from recruiter.privacy.models import RetentionPeriod, RetentionPurpose
from recruiter.privacy.retention import period_services, retention_queries
from recruiter.request_context import places
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.privacy import lift_page, retention_page
from recruiter.web.privacy.area import blueprint
from recruiter.web.privacy.forms import PeriodForm, RequisitionHoldForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act, handle_form

SECOND_PERSON = (
    "Proposed. Another administrator has to confirm it: data would be deleted because of it. It’s on their Today."  # noqa: RUF001  # as pages write it
)
ALONE = (
    "Proposed. A second administrator has to confirm it, and you’re the only one: "  # noqa: RUF001  # as pages write it
    "invite one under People, or make somebody an administrator there."
)


def _proposed(period: RetentionPeriod) -> str:
    if period.confirmed_at:
        return "Keeping time saved."
    return ALONE if period_services.is_only_administrator(db.session()) else SECOND_PERSON


@blueprint.page("/settings/retention", Permission.RETENTION)
def retention() -> ResponseReturnValue:
    """How long data is kept, and what has reached the end of its time."""
    return retention_page.answer()


@blueprint.act("/settings/retention/periods", Permission.RETENTION)
def propose_period() -> ResponseReturnValue:
    """Propose a keeping time."""
    form = PeriodForm()
    return handle_form(
        form,
        save=lambda: period_services.propose(
            db.session(),
            purpose=RetentionPurpose(form.purpose.data),
            place=form.place.data or "",
            length=form.length.data or 0,
            act=guard.act(),
        ),
        again=lambda: retention_page.answer(period_form=form),
        home=url_for("privacy.retention"),
        flash=_proposed,
    )


def _period(number: int) -> RetentionPeriod:
    period = db.session().get(RetentionPeriod, number, options=[joinedload(RetentionPeriod.proposed_by)])
    if period is None:
        raise NotFound
    return period


@blueprint.form("/settings/retention/periods/<int:period>/confirmation", Permission.RETENTION_CONFIRM)
def confirm_period(period: int) -> ResponseReturnValue:
    """Confirm what another administrator proposed, after a page that says how much is due then."""
    form, number = FlaskForm(), period

    def again() -> str:
        session, proposed = db.session(), _period(number)
        added = retention_queries.added_by(session, places=places(), moment=guard.act(), period=proposed)
        page = FormPage("Confirm a keeping time", breadcrumbs.of_settings("Retention"), form)
        length = retention_page.length_of(proposed)
        return page.rendered("privacy/confirm_period.html", period=proposed, length=length, added=added)

    return handle_form(
        form,
        save=lambda: period_services.confirm(db.session(), period=_period(number), act=guard.act()),
        again=again,
        home=url_for("privacy.retention"),
        flash="Keeping time confirmed. It is applied every night.",
    )


@blueprint.act("/settings/retention/periods/<int:period>/refusal", Permission.RETENTION)
def refuse_period(period: int) -> ResponseReturnValue:
    """Refuse what another administrator proposed, or withdraw one's own."""
    return handle_act(
        lambda: period_services.refuse(db.session(), period=_period(period), act=guard.act()),
        home=url_for("privacy.retention"),
        flash="Not changed. The keeping time from before goes on.",
    )


@blueprint.act("/settings/retention/legal-holds", Permission.RETENTION)
def hold_requisition() -> ResponseReturnValue:
    """Keep everything of everybody on a requisition until a day."""
    form = RequisitionHoldForm()
    return handle_form(
        form,
        save=lambda: hold_services.set_hold(
            db.session(),
            subject=hold_services.requisition_named(
                db.session(), form.requisition.data or "", within=scopes.requisitions(guard.actor())
            ),
            reason=form.reason.data or "",
            until=form.until.data or guard.today(),
            act=guard.act(),
        ),
        again=lambda: retention_page.answer(hold_form=form),
        home=url_for("privacy.retention"),
        flash="Legal hold set. Nobody on this requisition is erased until then.",
    )


@blueprint.form("/settings/retention/legal-holds/<int:requisition_hold>/lift", Permission.RETENTION)
def lift_requisition_hold(requisition_hold: int) -> ResponseReturnValue:
    """End a hold on a requisition before its day, after a page that says what can be erased then."""
    session = db.session()
    subjects = hold_queries.requisition_holds(session, today=guard.today(), within=scopes.requisitions(guard.actor()))
    subject = next((each for each in subjects if each.id == requisition_hold), None)
    if subject is None or subject.requisition is None:
        raise NotFound
    return lift_page.answer(
        subject,
        of=f"everybody on {subject.requisition.key}",
        home=url_for("privacy.retention"),
        breadcrumbs=breadcrumbs.of_settings("Retention"),
    )
