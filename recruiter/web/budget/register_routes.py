"""The register of exceptions, as a page and as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask_wtf import FlaskForm
from wtforms import DateField

from recruiter.budget.models import BudgetCase
from recruiter.budget.register import departure_services, register_queries
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.foundation.files import csvs
from recruiter.foundation.money import Money, exponent
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.budget.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

HEADER = ("case", "band", "role", "manager", "currency", "top of band", "asked", "granted", "decided on", "what became of it")  # fmt: skip


class DepartureForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """The day on which somebody left."""

    left_on = DateField("Left on")


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


def _page(problem: str = "", typed: tuple[int, str] = (0, "")) -> str:
    from flask import url_for  # beside the one place that needs it

    register = register_queries.register_of(db.session(), within=scopes.cases(guard.actor()), now=guard.now())
    page = RegisterPage(
        title="Exceptions above the band",
        register=register,
        tables=[
            ("band", "By band", register.by_band),
            ("role", "By role", register.by_role),
            ("manager", "By manager", register.by_manager),
        ],
        review=[summary.name for summary in register.by_band if summary.review],
        writes=guard.actor().role.value != "approver",
        problem=problem,
        typed=typed,
        breadcrumbs=[("Budget cases", url_for("budget.index")), ("Register", None)],
    )
    return render_template("budget/register.html", page=page, has_errors=bool(problem))


@blueprint.get("/cases/register")
@guard.needs(Permission.CASE_LIST)
def register() -> Any:
    """Exceptions by band, role and manager, and what became of each."""
    return _page()


def _plain_amount(money: Money | None) -> str:
    if money is None:
        return ""
    digits = exponent(money.currency)
    whole, part = divmod(money.amount, 10**digits)
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)


@blueprint.get("/cases/register.csv")
@guard.needs(Permission.CASE_LIST)
def register_csv() -> Response:
    """The register as CSV; amounts in major units of the currency beside them."""
    register, output = (
        register_queries.register_of(db.session(), within=scopes.cases(guard.actor()), now=guard.now()),
        io.StringIO(),
    )
    writer = csv.writer(output)
    writer.writerow(HEADER)
    for entry in register.entries:
        cells = (entry.number, entry.band, entry.role, entry.manager, entry.requested.currency, _plain_amount(entry.top), _plain_amount(entry.requested), _plain_amount(entry.granted), entry.decided_at.date().isoformat(), entry.outcome)  # fmt: skip
        writer.writerow([csvs.guarded(cell) for cell in cells])
    headers = {"Content-Disposition": 'attachment; filename="exceptions.csv"'}
    return Response("\ufeff" + output.getvalue(), mimetype="text/csv", headers=headers)


@blueprint.post("/cases/<int:case_id>/departure")
@guard.needs(Permission.CASE_WRITE)
def departure(case: BudgetCase) -> Any:
    """Remember the day on which somebody who was hired by this case left."""
    form = DepartureForm()
    typed = (case.id, request.form.get("left_on", ""))
    if not form.validate() or form.left_on.data is None:
        return _page("Enter the day as a date, like 2026-12-01.", typed), 422
    try:
        departure_services.record_departure(
            db.session(),
            case=case,
            on=form.left_on.data,
            act=guard.act(),
        )
    except DomainError as error:
        db.session.rollback()
        message = next(iter(error.errors.values()), [error.message])[0] if error.errors else error.message
        return _page(message, typed), error.status
    db.session.commit()
    return redirect_with_flash("/cases/register", message=f"{case.number}: the departure is on record.")
