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
from recruiter.web.finalists.current_order import OrderOptions
from recruiter.web.finalists.forms import Choice
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.get("/requisitions/<requisition_ref>/finalists")
@guard.needs(Permission.FINALISTS_READ)
def show(requisition: Requisition) -> Any:
    """The order with its reasons, and beside it who the scorecards put ahead, who is tied, and why."""
    params = request.args
    query = pages.PageQuery(params.get("a"), params.get("b"), tuple(params.getlist("show")), params.get("order", ""))
    return render_template("finalists/show.html", page=pages.page_of(requisition, query=query))


def _save_order(requisition: Requisition, order: list[tuple[Choice, str]], *, options: OrderOptions, form: Any) -> None:
    if (form.stood.data or "") not in {"", options.stood}:
        raise Conflict(
            "Not saved. Somebody else changed the order meanwhile. Compare with the places below, then save."
        )
    if (form.advice.data or "") not in {"", options.advice}:
        raise Conflict(
            "Not saved. The suggestion that you saw was withdrawn or renewed meanwhile. Look at what it says now, then save."
        )
    session = db.session()
    slate: list[tuple[Application, str]] = [
        (permits.find(session, name="application_id", value=choice.application_id), reason) for choice, reason in order
    ]
    departure_reason = form.departure.data or ""
    run_log.set_order(
        session,
        requisition=requisition,
        order=slate,
        act=guard.act(),
        reason=departure_reason,
        ask=True,
    )


@blueprint.route("/requisitions/<requisition_ref>/finalists/order", methods=["GET", "POST"])
@guard.needs(Permission.FINALISTS_ORDER)
def order(requisition: Requisition) -> Any:
    """Set the whole order, each place with its reason; what was typed is kept where something does not fit."""
    session = db.session()
    hidden = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    options = current_order.order_options(requisition, hidden=hidden)
    if hidden:
        page = current_order.page_of(requisition, options, None)
        return render_template("finalists/order.html", page=page), 409 if request.method == "POST" else 200
    form = forms.order_form(options.choices, stood=options.stood)
    problem, status = "", 200
    if form.is_submitted():
        status = 422
        places = forms.places_from_form(form, options.choices)
        if places is not None:
            try:
                _save_order(requisition, places, options=options, form=form)
            except DomainError as error:
                session.rollback()
                messages = error.errors.get("departure", [])
                form.departure.errors = [*form.departure.errors, *messages]
                problem, status = "" if messages else error.message, error.status
            else:
                session.commit()
                message = f"Order of {len(places)} finalist{'s' if len(places) != 1 else ''} saved."
                return redirect_with_flash(url_for("finalists.show", requisition_ref=requisition.key), message=message)
    page = current_order.page_of(requisition, options, form, problem=problem)
    return render_template("finalists/order.html", page=page, has_errors=bool(page.problem or page.errors)), status
