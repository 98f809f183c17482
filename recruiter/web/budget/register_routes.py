"""The register of exceptions, as a page and as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.accounts.models import Role
from recruiter.budget.models import BudgetCase
from recruiter.budget.register import departure_services, register_queries
from recruiter.budget.register.models import Departure
from recruiter.foundation.database import sound_reading
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, exponent
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.budget.area import blueprint
from recruiter.web.request import date_fields, guard
from recruiter.web.request.downloads import csv_download
from recruiter.web.request.form_handling import handle_form

HEADER = ("case", "band", "role", "manager", "currency", "top of band", "asked", "granted", "decided on", "what became of it")  # fmt: skip


class DepartureForm(FlaskForm):
    """The day on which somebody left."""

    left_on = date_fields.day("Left on", required="Enter the day as a date, like 2026-12-01.")


@dataclass(frozen=True)
class RegisterPage:
    """The register; `review` names the bands that went above three times in twelve months."""

    title: str
    register: register_queries.Register
    tables: list[tuple[str, str, list[register_queries.ExceptionSummary]]]
    review: list[str]
    writes: bool
    problem: str
    typed: tuple[int, str]
    breadcrumbs: list[tuple[str, str | None]]


def _register() -> register_queries.Register:
    return register_queries.register_of(db.session(), within=scopes.cases(guard.actor()), moment=guard.act())


def _page(form: DepartureForm | None = None, case: BudgetCase | None = None) -> str:
    """The page; `form` came back with something to mend for `case`."""
    register = _register()
    tables = {"band": register.by_band, "role": register.by_role, "manager": register.by_manager}
    problem = next(iter([*form.form_errors, *form.left_on.errors]), "") if form else ""
    page = RegisterPage(
        title="Exceptions above the band",
        register=register,
        tables=[(name, f"By {name}", summaries) for name, summaries in tables.items()],
        review=[summary.name for summary in register.by_band if summary.review],
        writes=guard.actor().role != Role.APPROVER,
        problem=problem,
        typed=(case.id, request.form.get("left_on", "")) if case else (0, ""),
        breadcrumbs=[("Budget cases", url_for("budget.index")), ("Register", None)],
    )
    return render_template("budget/register.html", page=page, has_errors=bool(problem))


@blueprint.page("/cases/register", Permission.CASE_LIST)
def register() -> ResponseReturnValue:
    """Exceptions by band, role and manager, and what became of each."""
    return _page()


def _major_units(money: Money | None) -> str:
    """An amount for a spreadsheet, with all the decimals of its currency: 204000.00; empty for none."""
    return str(Decimal(money.amount).scaleb(-exponent(money.currency))) if money else ""


@blueprint.page("/cases/register.csv", Permission.CASE_LIST_TAKE_OUT)
def register_csv() -> Response:
    """The register as CSV; amounts in major units of the currency beside them."""
    act, rows = guard.act(), []
    taken_out, damaged = sound_reading.read_around(db.session(), _register)
    for entry in taken_out.entries:
        amounts = (_major_units(amount) for amount in (entry.top, entry.requested, entry.granted))
        identity = (entry.number, entry.band, entry.role, entry.manager, entry.requested.currency)
        rows.append((*identity, *amounts, act.day_of(entry.decided_at).isoformat(), entry.outcome))
    return csv_download("exceptions.csv", HEADER, rows, left_out=damaged)


@blueprint.act("/cases/<int:case_id>/departure", Permission.CASE_WRITE)
def departure(case: BudgetCase) -> ResponseReturnValue:
    """Remember the day on which somebody who was hired by this case left."""
    form = DepartureForm()

    def save() -> Departure:
        day = form.left_on.data or guard.today()
        return departure_services.record_departure(db.session(), case=case, on=day, act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: _page(form, case),
        home=url_for("budget.register"),
        flash=f"{case.number}: the departure is on record.",
    )
