"""How the scorecards of a requisition look: what each rating means, and how much evidence is asked for."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import anchors, queries
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint


@blueprint.route("/requisitions/<requisition_ref>/scorecard", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_EDIT)
def anchoring(requisition: Requisition) -> Any:
    """Write what a 1 to a 5 looks like for each attribute; left empty, the usual words are shown."""
    session, attributes = db.session(), requisition.attributes
    own_anchors = anchors.anchors_written_for(session, attributes)
    data: dict[str, Any] = {
        f"anchor_{attribute_id}_{rating}": anchor
        for attribute_id, texts in own_anchors.items()
        for rating, anchor in texts.items()
    }
    data["evidence_for_all"] = queries.evidence_for_all(session, requisition.id)
    form, status = forms.anchor_form(attributes, data=data), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                anchors.save_anchors(
                    session,
                    requisition=requisition,
                    anchors=forms.anchors(form, attributes),
                    evidence_for_all=bool(form.evidence_for_all.data),
                    act=guard.act(),
                )
            except RuleBroken as error:
                session.rollback()
                for key, messages in error.errors.items():
                    field = form[f"{key.replace('.', '_').replace('anchors', 'anchor')}_1"]
                    field.errors = [*field.errors, *messages]
            else:
                session.commit()
                home = url_for("scorecards.anchoring", requisition_ref=requisition.key)
                return redirect_with_flash(home, message="Scorecard saved. Cards that are sent keep what they say.")
    page = pages.AnchorsPage(
        title=f"Scorecard of {requisition.title}",
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "interviews"),
        breadcrumbs=breadcrumbs.of_requisition(requisition, "Scorecard"),
        form=form,
        errors=[(field.id, str(text)) for field in form for text in field.errors],
    )
    return render_template("scorecards/anchors.html", page=page, has_errors=bool(page.errors)), status
