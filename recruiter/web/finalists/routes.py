"""The finalists of a requisition: the order that people set, and the suggestion beside it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking.suggestion import run_log
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import current_order, forms, pages
from recruiter.web.finalists.area import blueprint
from recruiter.web.finalists.current_order import Offered
from recruiter.web.finalists.forms import Choice
from recruiter.web.request import guard


@blueprint.get("/requisitions/<requisition_ref>/finalists")
@guard.needs(Permission.FINALISTS_READ)
def show(requisition: Requisition) -> Any:
    """The order with its reasons, and beside it who the scorecards put ahead, who is tied, and why."""
    given = request.args
    asked = pages.Asked(given.get("a"), given.get("b"), tuple(given.getlist("show")), given.get("order", ""))
    return render_template("finalists/show.html", page=pages.page_of(requisition, asked=asked))


def _named(requisition: Requisition, order: list[tuple[Choice, str]], *, found: Offered, form: Any) -> None:
    if (form.stood.data or "") not in {"", found.stood}:
        raise Conflict(
            "Not saved. Somebody else changed the order meanwhile. Compare with the places below, then save."
        )
    if (form.advice.data or "") not in {"", found.advice}:
        raise Conflict(
            "Not saved. The suggestion that you saw was withdrawn or renewed meanwhile. Look at what it says now, then save."
        )
    session = db.session()
    slate: list[tuple[Application, str]] = [
        (permits.find(session, name="application_id", value=one.application_id), reason) for one, reason in order
    ]
    said = form.departure.data or ""
    run_log.set_order(
        session, requisition=requisition, order=slate, actor=guard.actor(), now=guard.now(), reason=said, ask=True
    )


@blueprint.route("/requisitions/<requisition_ref>/finalists/order", methods=["GET", "POST"])
@guard.needs(Permission.FINALISTS_ORDER)
def order(requisition: Requisition) -> Any:
    """Set the whole order, each place with its reason; what was typed is kept where something does not fit."""
    session = db.session()
    hidden = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    found = current_order.offered(requisition, hidden=hidden)
    if hidden:
        page = current_order.page_of(requisition, found, None)
        return render_template("finalists/order.html", page=page), 409 if request.method == "POST" else 200
    form = forms.order_form(found.choices, stood=found.stood)
    problem, status = "", 200
    if form.is_submitted():
        status = 422
        wanted = forms.ordered(form, found.choices)
        if wanted is not None:
            try:
                _named(requisition, wanted, found=found, form=form)
            except DomainError as error:
                session.rollback()
                told = error.errors.get("departure", [])
                form.departure.errors = [*form.departure.errors, *told]
                problem, status = "" if told else error.message, error.status
            else:
                session.commit()
                said = f"Order of {len(wanted)} finalist{'s' if len(wanted) != 1 else ''} saved."
                return guard.go(url_for("finalists.show", requisition_ref=requisition.key), said=said)
    page = current_order.page_of(requisition, found, form, problem=problem)
    return render_template("finalists/order.html", page=page, has_errors=bool(page.problem or page.errors)), status
