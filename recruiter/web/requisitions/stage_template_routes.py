"""Templates of stages: the sets that requisitions of one kind of role are opened with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions import rules
from recruiter.requisitions import stage_templates as templates
from recruiter.requisitions.models import StageTemplate
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.pipeline.application.forms import apply_errors
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.requisitions import forms
from recruiter.web.requisitions.area import blueprint


class TemplateForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A name, and stages one a line."""

    version = HiddenField()
    name = StringField("Name", validators=[InputRequired("Give the template a name."), Length(max=200)])
    stages = TextAreaField("Stages", validators=[InputRequired("Give the stages, one a line."), Length(max=4000)])


@dataclass(frozen=True)
class TemplatesPage:
    """Every template, and the form of a new one or of the one that is changed."""

    title: str
    templates: list[StageTemplate]
    template: StageTemplate | None
    form: TemplateForm
    problem: str
    edits: bool
    breadcrumbs: crumbs.Crumbs


def _page(form: TemplateForm, *, template: StageTemplate | None = None, problem: str = "", status: int = 200) -> Any:
    session = db.session()
    overview = url_for("requisitions.stage_templates")
    page = TemplatesPage(
        title=f"Template {template.name}" if template else "Stage templates",
        templates=templates.all_templates(session),
        template=template,
        form=form,
        problem=problem,
        edits=permits.permits(session, actor=guard.actor(), permission=Permission.STAGE_TEMPLATE_EDIT),
        breadcrumbs=crumbs.of_settings(
            *([("Stage templates", overview), template.name] if template else ["Stage templates"])
        ),
    )
    return render_template("requisitions/templates.html", page=page, has_errors=bool(problem or form.errors)), status


def _save(form: TemplateForm, template: StageTemplate | None) -> Any:
    if not form.validate():
        return _page(form, template=template, status=422)
    try:
        if template is not None and form.version.data != str(template.version):
            raise Conflict("Somebody changed this template since you read it. What you typed stands below.")
        exit_lists = {stage.name: stage.exit_list for stage in templates.stage_terms(template)} if template else {}
        stages = [
            rules.StageTerms(stage.name, stage.kind, exit_lists.get(stage.name))
            for stage in forms.stages_from(form.stages.data or "")
        ]
        made = templates.save(
            db.session(),
            name=form.name.data or "",
            stages=stages,
            template=template,
            act=guard.act(),
        )
    except DomainError as error:
        db.session.rollback()
        if template is not None:
            form.version.data = str(template.version)
        return _page(
            form, template=template, problem=apply_errors(form, error.errors, error.message), status=error.status
        )
    db.session.commit()
    return redirect_with_flash(url_for("requisitions.stage_templates"), message=f"Template {made.name} saved.")


@blueprint.get("/settings/stages")
@guard.needs(Permission.REQUISITION_CREATE)
def stage_templates() -> Any:
    """Every template, and the form of a new one."""
    return _page(TemplateForm(stages=forms.stage_lines(list(rules.DEFAULT_STAGES))))


@blueprint.post("/settings/stages")
@guard.needs(Permission.STAGE_TEMPLATE_EDIT)
def save_stage_template() -> Any:
    """Keep a new template."""
    return _save(TemplateForm(), None)


@blueprint.route("/settings/stages/<int:template>", methods=["GET", "POST"])
@guard.needs(Permission.STAGE_TEMPLATE_EDIT)
def stage_template(template: int) -> Any:
    """Change one template; requisitions that were opened with it stay as they are."""
    chosen_template = templates.by_id(db.session(), template)
    lines = forms.stage_lines(templates.stage_terms(chosen_template))
    form = TemplateForm(version=str(chosen_template.version), name=chosen_template.name, stages=lines)
    return _save(form, chosen_template) if request.method == "POST" else _page(form, template=chosen_template)


@blueprint.post("/settings/stages/<int:template>/removal")
@guard.needs(Permission.STAGE_TEMPLATE_EDIT)
def remove_stage_template(template: int) -> Any:
    """Let go of a template."""
    chosen_template = templates.by_id(db.session(), template)
    templates.remove(db.session(), template=chosen_template, act=guard.act())
    db.session.commit()
    return redirect_with_flash(
        url_for("requisitions.stage_templates"), message=f"Template {chosen_template.name} removed."
    )
