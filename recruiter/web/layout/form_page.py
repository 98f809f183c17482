"""A page with one form: shown fresh, or again with what was typed and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_wtf import FlaskForm

from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.request.form_handling import general_error, has_errors


@dataclass(frozen=True)
class FormPage:
    """What every page with a form has; what else one of them shows is handed to `rendered`, by the name of the template."""

    title: str
    breadcrumbs: Crumbs
    form: FlaskForm

    @property
    def problem(self) -> str:
        """What is wrong with the form and belongs to none of its fields."""
        return general_error(self.form)

    def rendered(self, template: str, /, **context: object) -> str:
        """The page as HTML; a form that came back leads its reader to what is to be mended."""
        return render_template(template, page=self, has_errors=has_errors(self.form), **context)
