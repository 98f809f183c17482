"""What a search agrees about its bench: its clocks, the day of the decision, promised approvals, who is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.models.records import TouchKind
from recruiter.keepwarm.schedule import agreement_services
from recruiter.keepwarm.schedule.next_contact import short_day
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_messages
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import message_form
from recruiter.web.keepwarm.bench.form_action import act_on
from recruiter.web.keepwarm.slate import slate_forms, slate_page
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash, safe_path


@blueprint.get("/requisitions/<requisition_ref>/bench")
@guard.needs(Permission.KEEPWARM_READ)
def of_requisition(requisition: Requisition) -> Any:
    """Slate and bench: who could be called today, and what would turn each light green."""
    return render_template("keepwarm/slate.html", page=slate_page.page_of(requisition))


def _act(requisition: Requisition, *, key: str, form: Any, act: Callable[[], str]) -> Any:
    problem, status = "", 422
    if form.validate():
        try:
            message = act()
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message), error.status
        else:
            db.session.commit()
            home = url_for("keepwarm.of_requisition", requisition_ref=requisition.key)
            return redirect_with_flash(safe_path(request.form.get("back")) or home, message=message)
    page = slate_page.page_of(requisition, opened=key, form=form, problem=problem)
    return render_template("keepwarm/slate.html", page=page, has_errors=True), status


@blueprint.post("/requisitions/<requisition_ref>/cadence")
@guard.needs(Permission.KEEPWARM_WRITE)
def cadence(requisition: Requisition) -> Any:
    """Set the days of each situation on this requisition."""
    form = slate_forms.CadenceForm()

    def act() -> str:
        changed = agreement_services.set_cadence(
            db.session(),
            requisition=requisition,
            chosen=slate_forms.chosen(form),
            act=guard.act(),
        )
        return f"{len(changed)} clock{'' if len(changed) == 1 else 's'} changed." if changed else "Nothing was changed."

    return _act(requisition, key="cadence", form=form, act=act)


@blueprint.post("/requisitions/<requisition_ref>/bench/decision-date")
@guard.needs(Permission.KEEPWARM_WRITE)
def decide(requisition: Requisition) -> Any:
    """Set or move the day on which this search decides."""
    form = slate_forms.DecisionForm()

    def act() -> str:
        decision = agreement_services.agree_date(
            db.session(),
            requisition=requisition,
            kind=DateKind.DECISION,
            due_on=cast("dt.date", form.due_on.data),
            reason=form.reason.data or "",
            act=guard.act(),
        )
        return f"The decision is on {short_day(decision.due_on)}. Tell the slate; nothing was sent."

    return _act(requisition, key="decide", form=form, act=act)


@blueprint.post("/requisitions/<requisition_ref>/approval-dates")
@guard.needs(Permission.KEEPWARM_WRITE)
def approve_by(requisition: Requisition) -> Any:
    """Keep by when an approver promised to answer."""
    people = slate_page.approvers()
    form = slate_forms.approval(people)

    def act() -> str:
        approver = next((approver for approver in people if str(approver.id) == form.promised_by.data), None)
        agreed = agreement_services.agree_date(
            db.session(),
            requisition=requisition,
            kind=DateKind.APPROVAL,
            due_on=cast("dt.date", form.due_on.data),
            reason=form.reason.data or "",
            promised_by=approver,
            act=guard.act(),
        )
        return f"Kept: {approver.name if approver else 'somebody'} answers by {short_day(agreed.due_on)}."

    return _act(requisition, key="approve", form=form, act=act)


@blueprint.post("/applications/<int:application_id>/snooze")
@guard.needs(Permission.KEEPWARM_WRITE)
def snooze(application: Application) -> Any:
    """Leave a finalist alone until a date."""
    form = slate_forms.SnoozeForm()

    def act() -> str:
        snoozed = agreement_services.snooze(
            db.session(),
            application=application,
            until=cast("dt.date", form.until.data),
            reason=form.reason.data or "",
            act=guard.act(),
        )
        return (
            f"{application.candidate.name} is left alone until {short_day(snoozed.until)}. Promises stand as they are."
        )

    return act_on(application, key="snooze", form=form, act=act)


@blueprint.post("/applications/<int:application_id>/messages")
@guard.needs(Permission.KEEPWARM_WRITE)
def send_letter(application: Application) -> Any:
    """Send a message to one finalist."""
    form = message_form.LetterForm()

    def act() -> str:
        checked_messages.send_single(
            db.session(),
            application=application,
            subject=form.subject.data or "",
            body=form.body.data or "",
            kind=TouchKind(form.kind.data),
            act=guard.act(),
            confirmed=form.confirmed.data or "",
        )
        return f"Sent to {application.candidate.name}, and recorded as a contact."

    return act_on(application, key="letter", form=form, act=act)
