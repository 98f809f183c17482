"""How long data is kept: keeping times, what is due, requests that wait, holds on requisitions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound, RuleBroken
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy.holds import hold_queries, hold_services
from recruiter.privacy.models import DataRequest, LegalHold, RetentionPeriod, RetentionPurpose
from recruiter.privacy.requests import request_services
from recruiter.privacy.retention import retention_queries, retention_services
from recruiter.privacy.retention.retention_rules import ABOUT, months_for
from recruiter.requisitions.models import Requisition
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.privacy.area import blueprint
from recruiter.web.privacy.forms import PURPOSES, PeriodForm, RequisitionHoldForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act, handle_form, has_errors

MOST_REQUESTS = 50


@dataclass(frozen=True)
class PurposeRow:
    """What is kept for one purpose: how long everywhere, how many are due, how many of them are held."""

    label: str
    about: str
    months: int
    due: int
    on_hold: int


@dataclass(frozen=True)
class RetentionPage:
    """What the page shows; `confirmable` are the numbers of the keeping times that the reader may confirm."""

    title: str
    breadcrumbs: Crumbs
    purposes: list[PurposeRow]
    periods: list[RetentionPeriod]
    confirmable: set[int]
    requests: list[DataRequest]
    holds: list[LegalHold]
    labels: dict[RetentionPurpose, str]
    period_form: PeriodForm
    hold_form: RequisitionHoldForm


def _answer(period_form: PeriodForm | None = None, hold_form: RequisitionHoldForm | None = None) -> str:
    session, actor = db.session(), guard.actor()
    items, chosen = retention_queries.due_items(session, moment=guard.act()), retention_queries.periods(session)
    counts = Counter((item.due.purpose, item.on_hold) for item in items)
    periods = retention_queries.all_periods(session)
    page = RetentionPage(
        title="Retention",
        breadcrumbs=breadcrumbs.of_settings("Retention"),
        purposes=[
            PurposeRow(label, ABOUT[each], months_for(chosen, each), counts[each, False], counts[each, True])
            for each, label in PURPOSES.items()
        ],
        periods=periods,
        confirmable={
            period.id for period in periods if period.confirmed_at is None and period.proposed_by_id != actor.id
        },
        requests=request_services.open_requests(session, within=scopes.candidates(actor), limit=MOST_REQUESTS),
        holds=hold_queries.requisition_holds(session, today=guard.today(), within=scopes.requisitions(actor)),
        labels=PURPOSES,
        period_form=period_form or PeriodForm(formdata=None),
        hold_form=hold_form or RequisitionHoldForm(formdata=None),
    )
    came_back = [form for form in (period_form, hold_form) if form is not None and has_errors(form)]
    return render_template("privacy/retention.html", page=page, has_errors=bool(came_back))


@blueprint.page("/settings/retention", Permission.RETENTION)
def retention() -> ResponseReturnValue:
    """How long data is kept, and what has reached the end of its time."""
    return _answer()


@blueprint.act("/settings/retention/periods", Permission.RETENTION)
def propose_period() -> ResponseReturnValue:
    """Propose a keeping time."""
    form = PeriodForm()
    return handle_form(
        form,
        save=lambda: retention_services.propose(
            db.session(),
            purpose=RetentionPurpose(form.purpose.data),
            place=form.place.data or "",
            months=form.months.data or 0,
            act=guard.act(),
        ),
        again=lambda: _answer(period_form=form),
        home=url_for("privacy.retention"),
        flash=lambda period: (
            "Keeping time saved." if period.confirmed_at else "Proposed. Another administrator has to confirm it."
        ),
    )


@blueprint.act("/settings/retention/periods/<int:period>/confirmation", Permission.RETENTION)
def confirm_period(period: int) -> ResponseReturnValue:
    """Confirm what another administrator proposed."""
    session = db.session()
    subject = session.get(RetentionPeriod, period)
    if subject is None:
        raise NotFound
    return handle_act(
        lambda: retention_services.confirm(session, period=subject, act=guard.act()),
        home=url_for("privacy.retention"),
        flash="Keeping time confirmed.",
    )


def _requisition(key: str) -> Requisition:
    session = db.session()
    query = select(Requisition).where(Requisition.key == key.strip().upper())
    requisition = session.scalars(query.where(scopes.requisitions(guard.actor()).contains(Requisition.id))).first()
    if requisition is None:
        raise RuleBroken.at("requisition", "No requisition has this key. Enter it as on its board, like ENG-214.")
    return requisition


@blueprint.act("/settings/retention/legal-holds", Permission.RETENTION)
def hold_requisition() -> ResponseReturnValue:
    """Keep everything of everybody on a requisition until a day."""
    form = RequisitionHoldForm()
    return handle_form(
        form,
        save=lambda: hold_services.set_hold(
            db.session(),
            subject=_requisition(form.requisition.data or ""),
            reason=form.reason.data or "",
            until=form.until.data or guard.today(),
            act=guard.act(),
        ),
        again=lambda: _answer(hold_form=form),
        home=url_for("privacy.retention"),
        flash="Legal hold set. Nobody on this requisition is erased until then.",
    )


@blueprint.act("/settings/retention/legal-holds/<int:hold>/lift", Permission.RETENTION)
def lift_requisition_hold(hold: int) -> ResponseReturnValue:
    """End a hold on a requisition before its day."""
    session = db.session()
    subjects = hold_queries.requisition_holds(session, today=guard.today(), within=scopes.requisitions(guard.actor()))
    subject = next((each for each in subjects if each.id == hold), None)
    if subject is None:
        raise NotFound
    return handle_act(
        lambda: hold_services.lift(session, hold=subject, act=guard.act()),
        home=url_for("privacy.retention"),
        flash="Legal hold lifted.",
    )
