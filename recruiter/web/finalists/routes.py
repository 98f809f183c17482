"""The finalists of a requisition: the order that people set, and the suggestion beside it."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.foundation.wording import plural
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking.models import NamedOrder
from recruiter.ranking.suggestion import run_log
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import current_order, forms, pages
from recruiter.web.finalists.area import blueprint
from recruiter.web.finalists.current_order import OrderOptions
from recruiter.web.finalists.forms import OrderForm
from recruiter.web.finalists.side_by_side import PageQuery
from recruiter.web.request import guard
from recruiter.web.request.conflicts import is_stale
from recruiter.web.request.form_handling import handle_form, has_errors


@blueprint.page("/requisitions/<requisition_ref>/finalists", Permission.FINALISTS_READ)
def show(requisition: Requisition) -> ResponseReturnValue:
    """The order with its reasons, and beside it who the scorecards put ahead, who is tied, and why."""
    params = request.args
    query = PageQuery(params.get("a"), params.get("b"), tuple(params.getlist("show")), params.get("order", ""))
    return render_template("finalists/show.html", page=pages.page_of(requisition, query=query))


def _check_current(form: OrderForm, options: OrderOptions) -> None:
    if is_stale(form.stood.data, options.stood):
        raise Conflict(
            "Not saved. Somebody else changed the order meanwhile. Compare with the places below, then save."
        )
    if is_stale(form.advice.data, options.advice):
        raise Conflict(
            "Not saved. The suggestion that you saw was withdrawn or renewed meanwhile. Look at what it says now, then save."
        )


@blueprint.form("/requisitions/<requisition_ref>/finalists/order", Permission.FINALISTS_ORDER)
def order(requisition: Requisition) -> ResponseReturnValue:
    """Set the whole order, each place with its reason; what was typed is kept where something does not fit."""
    if scorecards.owes_on_slate(db.session(), viewer=guard.actor(), requisition=requisition):
        page = current_order.page_of(requisition)
        return render_template("finalists/order.html", page=page), 409 if request.method == "POST" else 200
    options = current_order.order_options(requisition)
    form = forms.order_form(options.choices, stood=options.stood)

    def render() -> str:
        page = current_order.page_of(requisition, options, form)
        return render_template("finalists/order.html", page=page, has_errors=has_errors(form))

    def save() -> NamedOrder:
        _check_current(form, options)
        order = [(permits.find(db.session(), name="application_id", value=number), why) for number, why in form.order()]
        reason = form.departure.data or ""
        return run_log.set_order(
            db.session(), requisition=requisition, order=order, act=guard.act(), reason=reason, ask=True
        )

    return handle_form(
        form,
        save=save,
        again=render,
        home=url_for("finalists.show", requisition_ref=requisition.key),
        flash=lambda saved: f"Order of {plural(len(saved.places), 'finalist')} saved.",
    )
