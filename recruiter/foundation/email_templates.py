"""Mails are written as templates in `templates/emails`, by room: each sets its `subject` at the top, the rest is the text."""

from __future__ import annotations

import datetime as dt
from functools import cache

from jinja2 import Environment

from recruiter.foundation import templates
from recruiter.foundation.mail import Email, Recipient
from recruiter.foundation.person_names import first_name
from recruiter.foundation.wording import dated, day


def _day(date: dt.date, today: dt.date) -> str:
    """A day for somebody who reads it about `today`: with its year only where it is another one."""
    return day(date, today=today)


@cache
def _environment() -> Environment:
    mails = templates.environment("emails")
    mails.filters["dated"], mails.filters["day"] = dated, _day
    mails.filters["first_name"] = first_name
    return mails


def render(template: str, **facts: object) -> tuple[str, str]:
    """The subject and the text that a template (`keepwarm/first_choice_lost`) makes of some facts."""
    mail = _environment().get_template(f"{template}.txt").make_module(facts)
    return str(vars(mail)["subject"]), str(mail)


def compose(template: str, *, to: Recipient, **facts: object) -> Email:
    """The mail of a template to one person, who is `to` in it."""
    subject, text = render(template, to=to, **facts)
    return Email(to=to.email, name=to.name, subject=subject, body=f"{text}\n")
