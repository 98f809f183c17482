"""Mails are written as templates in `templates/emails`, by room: each sets its `subject` at the top, the rest is the text."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from recruiter.foundation import templates
from recruiter.foundation.calendar import dated
from recruiter.foundation.mail import Email, Recipient


@cache
def _environment() -> Environment:
    mails = templates.environment("emails")
    mails.filters["dated"] = dated
    return mails


def compose(template: str, *, to: Recipient, **facts: object) -> Email:
    """The mail that a template (`keepwarm/first_choice_lost`) makes of some facts, to one person, who is `to` in it."""
    mail = _environment().get_template(f"{template}.txt").make_module({"to": to, **facts})
    return Email(to=to.email, name=to.name, subject=str(vars(mail)["subject"]), body=f"{mail}\n")
