"""Several applications at a time, chosen on the board or in the table: moved, closed, reopened or given to an owner, all or none, with undo."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation import wording
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.policy.permissions import Permission
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.pipeline.application import actions
from recruiter.web.pipeline.application.action_page import came_from, undo_href
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk.selection import selection
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.redirects import redirect_with_flash

ACTIONS = {
    "move": ("Move", actions.move),
    "close": ("Close", actions.close),
    "reopen": ("Reopen", actions.reopen),
    "hand": ("Set owner of", actions.hand),
}
SHARED_REASON = {"close", "reopen"}  # one reason for all of them, so nobody is named for it


@blueprint.act("/applications/bulk", Permission.APPLICATION_BULK)
def several() -> ResponseReturnValue:
    """Move, close, reopen or hand over those who were ticked; what asks for a reason asks on a page of its own, with everybody listed."""
    do, back = request.form.get("do", ""), came_from() or url_for("requisitions.index")
    if do not in ACTIONS:
        raise RuleBroken("Choose what to do with those whom you ticked.")
    selected = selection()
    if not selected.applications:
        return redirect_with_flash(back, "Tick at least one person first.", tone="late")
    label, make = ACTIONS[do]
    action, count = make(selected.applications), wording.plural(len(selected.applications), "application")

    def save() -> str:
        selected.check_unchanged(ended=do == "reopen")
        try:
            return action.save()
        except DomainError as error:
            if error.errors:  # at a field it does not say of whom it is said
                shared = do in SHARED_REASON and "reason" in error.errors
                error.errors = {**error.errors, "": ["Nothing was changed." if shared else error.message]}
            raise

    def page() -> str:
        way = breadcrumbs.of_requisition(selected.applications[0].requisition, label.removesuffix(" of"))
        several_page = FormPage(f"{label} {count}", way, action.form)
        return several_page.rendered("pipeline/several.html", do=do, picks=selected.rows(), back=back)

    if do != "move" and not request.form.get("asked"):
        return page()
    return handle_form(
        action.form,
        save=save,
        again=page,
        home=back,
        flash=lambda _: action.message(f"{count} {action.outcome()}."),
        undo=undo_href(back),
    )
