"""How the scorecards of a requisition look: what each rating means, and how much evidence is asked for."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import anchors, queries
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_form, has_errors
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint


@blueprint.form("/requisitions/<requisition_ref>/scorecard", Permission.REQUISITION_EDIT)
def anchoring(requisition: Requisition) -> ResponseReturnValue:
    """Write what a 1 to a 5 looks like for each attribute; left empty, the usual words are shown."""
    session, attributes = db.session(), requisition.attributes
    data: dict[str, str | bool] = {
        f"anchor_{attribute_id}_{rating}": anchor
        for attribute_id, texts in anchors.anchors_written_for(session, attributes).items()
        for rating, anchor in texts.items()
    }
    data["version"] = str(requisition.version)
    data["evidence_for_all"] = queries.evidence_for_all(session, requisition.id)
    form = forms.anchor_form(attributes, data=data)

    def anchors_page() -> ResponseReturnValue:
        page = pages.AnchorsPage(
            title=f"Scorecard of {requisition.title}",
            requisition=requisition,
            tabs=tabs.requisition_tabs(requisition, "interviews"),
            breadcrumbs=breadcrumbs.of_requisition(requisition, "Scorecard"),
            form=form,
            errors=[(field.id, str(text)) for field in form for text in field.errors],
        )
        return render_template("scorecards/anchors.html", page=page, has_errors=has_errors(form))

    def save() -> None:
        check_form_unchanged(form, requisition, "requisition")
        for_all = bool(form.evidence_for_all.data)
        anchors.save_anchors(
            session, requisition=requisition, anchors=form.anchors(), evidence_for_all=for_all, act=guard.act()
        )

    return handle_form(
        form,
        save=save,
        again=anchors_page,
        home=url_for("scorecards.anchoring", requisition_ref=requisition.key),
        flash="Scorecard saved. Cards that are sent keep what they say.",
        fields={f"anchors.{attribute.id}": f"anchor_{attribute.id}_1" for attribute in attributes},
    )
