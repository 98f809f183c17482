"""Templates of stages: the sets that requisitions of one kind of role are opened with."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.requisitions import rules
from recruiter.requisitions import stage_templates as stage_template_services
from recruiter.requisitions.models import StageTemplate
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.request.text_fields import long_text, text
from recruiter.web.requisitions import forms
from recruiter.web.requisitions.area import blueprint


class TemplateForm(FlaskForm):
    """A name, and stages one a line."""

    version = HiddenField()
    name = text("Name", required="Give the template a name.", longest=200)
    stages = long_text("Stages", required="Give the stages, one a line.", longest=4000)


def _page(form: TemplateForm, *, template: StageTemplate | None = None) -> str:
    title, way = "Stage templates", breadcrumbs.of_settings("Stage templates")
    if template is not None:
        overview = url_for("requisitions.stage_templates")
        title, way = f"Template {template.name}", breadcrumbs.of_settings((title, overview), template.name)
    every, edits = stage_template_services.all_templates(db.session()), guard.may(Permission.STAGE_TEMPLATE_EDIT)
    context = {"templates": every, "template": template, "edits": edits}
    return FormPage(title, way, form).rendered("requisitions/templates.html", **context)


def _handle(form: TemplateForm, template: StageTemplate | None = None) -> ResponseReturnValue:
    def save() -> StageTemplate:
        if template is not None:
            check_form_unchanged(form, template, "template")
        stages = stage_template_services.with_exit_lists(forms.stages_from(form.stages.data or ""), template)
        return stage_template_services.save(
            db.session(), name=form.name.data or "", stages=stages, template=template, act=guard.act()
        )

    return handle_form(
        form,
        save=save,
        again=lambda: _page(form, template=template),
        home=url_for("requisitions.stage_templates"),
        flash=lambda saved: f"Template {saved.name} saved.",
    )


@blueprint.page("/settings/stages", Permission.REQUISITION_CREATE)
def stage_templates() -> ResponseReturnValue:
    """Every template, and the form of a new one."""
    return _page(TemplateForm(stages=forms.stage_lines(rules.DEFAULT_STAGES)))


@blueprint.act("/settings/stages", Permission.STAGE_TEMPLATE_EDIT)
def save_stage_template() -> ResponseReturnValue:
    """Keep a new template."""
    return _handle(TemplateForm())


@blueprint.form("/settings/stages/<int:template>", Permission.STAGE_TEMPLATE_EDIT)
def stage_template(template: int) -> ResponseReturnValue:
    """Change one template; requisitions that were opened with it stay as they are."""
    stored = stage_template_services.by_id(db.session(), template)
    lines = forms.stage_lines(stage_template_services.stage_terms(stored))
    return _handle(TemplateForm(version=str(stored.version), name=stored.name, stages=lines), stored)


@blueprint.act("/settings/stages/<int:template>/removal", Permission.STAGE_TEMPLATE_EDIT)
def remove_stage_template(template: int) -> ResponseReturnValue:
    """Let go of a template."""
    stored = stage_template_services.by_id(db.session(), template)
    stage_template_services.remove(db.session(), template=stored, act=guard.act())
    return redirect_with_flash(url_for("requisitions.stage_templates"), f"Template {stored.name} removed.")
