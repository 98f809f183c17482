"""What somebody typed into a form whose page has no place for it any more: shown on that page, to be copied."""

from __future__ import annotations

import html
from collections.abc import Iterable

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField

from recruiter.foundation import text

NEVER_SHOWN = (HiddenField, PasswordField)


def missing_texts(form: FlaskForm, page: str) -> list[tuple[str, str]]:
    """The texts of a form that a page made of it does not hold, each with the label of its field."""
    shown_words = _words(html.unescape(page))
    return [
        (field.label.text, field.data)
        for field in _text_fields(form)
        if isinstance(field.data, str) and text.is_visible(field.data) and _words(field.data) not in shown_words
    ]


def keep(texts: list[tuple[str, str]]) -> None:
    """Let the page that is made next show these texts (`layouts/kept.html`)."""
    g.kept_texts = texts


def _text_fields(form: FlaskForm) -> Iterable[Field]:
    return (field for field in form if isinstance(field, StringField) and not isinstance(field, NEVER_SHOWN))


def _words(content: str) -> str:
    return " ".join(content.split())
