"""The question who somebody is, before a page that hands out pay."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.request import guard, step_up
from recruiter.web.request.redirects import safe_path


@blueprint.form("/account/confirm", Permission.SIGNED_IN)
def confirm() -> ResponseReturnValue:
    """Prove who one is, and go on to the page that was asked for."""
    problem = ""
    if guard.is_change():
        problem = step_up.confirmed(request.form.get(step_up.PROOF, ""))
        if not problem:
            return redirect(safe_path(request.args.get("next")) or url_for("today.index"), code=303)
    back = safe_path(request.args.get("back")) or ""
    address = url_for("accounts.confirm", next=safe_path(request.args.get("next")), back=back or None)
    page = step_up.page(address=address, problem=problem, back=back)
    return make_response(page, step_up.FORBIDDEN if problem else 200)
