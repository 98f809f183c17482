"""Budget cases: the list, and the way to open one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from recruiter.budget import decided_amounts, queries, rules, services
from recruiter.budget.models import IN_PROGRESS, BudgetCase, CaseStatus
from recruiter.foundation.calendar import add_working_days
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, evenly
from recruiter.foundation.wording import typed_amount
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.offers.models import Offer
from recruiter.policy import approval_predicates, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.budget import forms
from recruiter.web.budget.area import blueprint, home
from recruiter.web.budget.case_page.labels import STATES, Badge
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form
from recruiter.web.request.typed_money import typed_money

USUAL_DAYS = 3


@dataclass(frozen=True)
class CaseRow:
    """A case in a list; amounts are in words, as even as those of the other rows."""

    case: BudgetCase
    state: Badge
    ask: str
    excess: str
    decided: str  # up to which amount it was approved


@dataclass(frozen=True)
class ListPage:
    """The list of cases."""

    title: str
    rows: list[CaseRow]
    status: CaseStatus | None
    statuses: list[tuple[str, str, bool]]  # value, label, whether it is the one shown


# An offer, how far it is above the band, the form that opens a case for it, and the decided case which that would follow.
OfferChoice = tuple[Offer, Money | None, forms.OpenForm, BudgetCase | None]


@dataclass(frozen=True)
class OpeningPage:
    """The cases of a requisition, and its offers for which one can be opened."""

    title: str
    requisition: Requisition
    rows: list[CaseRow]
    offers: list[OfferChoice]
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    problem: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def band(self) -> str:
        """The approved band in words, nothing where there is none."""
        band = self.requisition.band
        if band is None:
            return ""
        ends = [Money(end, band.currency) for end in (band.min, band.max)]
        low, high = map(evenly(ends), ends)
        return f"{low} to {high} a {band.interval}"


def _rows(cases: list[BudgetCase]) -> list[CaseRow]:
    excesses = [offer_rules.excess(case.requested, case.offer.band) for case in cases]
    decided = (decided_amounts.decided_amount(case) for case in cases)
    format_evenly = evenly([*(case.requested for case in cases), *excesses, *decided])
    return [
        CaseRow(
            case,
            STATES[case.status],
            format_evenly(case.requested),
            format_evenly(excess) if excess else "\u2013",
            format_evenly(decided_amounts.decided_amount(case)),
        )
        for case, excess in zip(cases, excesses, strict=True)
    ]


@blueprint.page("/cases", Permission.CASE_LIST)
def index() -> ResponseReturnValue:
    """Cases within sight, those that wait for a decision first."""
    status_name = request.args.get("status", "")
    status = CaseStatus(status_name) if status_name in set(CaseStatus) else None
    cases = queries.cases_within(db.session(), within=scopes.cases(guard.actor()), status=status)
    cases = approval_predicates.of_own_chains(db.session(), actor=guard.actor(), requests=cases)
    statuses = [(value.value, badge.label, value == status) for value, badge in STATES.items()]
    return render_template("budget/index.html", page=ListPage("Budget cases", _rows(cases), status, statuses))


def _needed_by(offer: Offer) -> dt.date:
    """By when a decision may be needed, as a start: in some working days, or with the end of the offer where that is sooner."""
    day, today = add_working_days(guard.today(), USUAL_DAYS), guard.today()
    return min(day, offer.expires_on) if offer.expires_on and offer.expires_on >= today else day


def _choice(offer: Offer, cases: list[BudgetCase], form: forms.OpenForm | None) -> OfferChoice:
    excess = offer_rules.excess(offer.base_pay, offer.band)
    if form is None:
        ask = typed_amount(offer.base_pay) if excess else ""
        form = forms.OpenForm(formdata=None, prefix=f"offer{offer.id}", ask=ask, needed_by=_needed_by(offer))
    return offer, excess, form, rules.last_decided(cases, application_id=offer.application_id)


def _opening(requisition: Requisition, *, sent: Offer | None = None, form: forms.OpenForm | None = None) -> str:
    """The page; `form` came back for the offer `sent`."""
    cases = queries.cases_of_requisition(db.session(), requisition.id)
    in_progress = {case.offer_id for case in cases if case.status in IN_PROGRESS}
    live = [
        offer
        for offer in offers.of_requisition(db.session(), requisition)
        if offer.status in offer_rules.CHANGEABLE and offer.id not in in_progress
    ]
    page = OpeningPage(
        requisition.title,
        requisition,
        _rows(cases),
        [_choice(offer, cases, form if offer is sent else None) for offer in live],
        tabs.requisition_tabs(requisition, "case"),
        crumbs.of_requisition(requisition, "Budget case"),
        general_error(form) if form else "",
        [(field.id, message) for field in form or () for message in field.errors],
    )
    return render_template("budget/opening.html", page=page, has_errors=bool(page.problem or page.errors))


@blueprint.page("/requisitions/<requisition_ref>/case", Permission.PAY_READ)
def of_requisition(requisition: Requisition) -> ResponseReturnValue:
    """The case that goes on; else, or with `?all`, those so far and the offers for which one can be opened."""
    cases = queries.cases_of_requisition(db.session(), requisition.id)
    in_progress = [case for case in cases if case.status in IN_PROGRESS]
    if len(in_progress) == 1 and "all" not in request.args:
        return redirect(home(in_progress[0]), code=303)
    return _opening(requisition)


def _opened(case: BudgetCase) -> str:
    before = case.follows.number if case.follows else ""
    carried = f" What you wrote and chose in {before} is carried over; facts are collected afresh." if before else ""
    return f"Case {case.number} created and filled in from your records.{carried}"


@blueprint.act("/offers/<int:offer_id>/case", Permission.CASE_OPEN)
def open_case(offer: Offer) -> ResponseReturnValue:
    """Open a case for an offer."""
    requisition, form = offer.application.requisition, forms.OpenForm(prefix=f"offer{offer.id}")
    currency = requisition.band.currency if requisition.band else offer.currency

    def save() -> BudgetCase:
        ask = typed_money(form.ask, currency) or Money(0, currency)
        needed_by = form.needed_by.data or guard.today()
        return services.open_case(db.session(), offer=offer, ask=ask, needed_by=needed_by, act=guard.act())

    return handle_form(
        form, save=save, again=lambda: _opening(requisition, sent=offer, form=form), home=home, flash=_opened
    )
