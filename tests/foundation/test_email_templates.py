"""Mails from their templates: plain text, nothing escaped, and never sent with a gap."""

from dataclasses import dataclass

import jinja2
import pytest

from recruiter.foundation import email_templates, jobs, mail


@dataclass(frozen=True)
class Kim:
    name: str = "Kim O'Hara & Co <1>"
    email: str = "kim@example.com"


def test_a_mail_is_addressed_and_its_text_ends_with_a_line():
    made = email_templates.compose("accounts/invitation", to=Kim(), inviter=Kim(), link="http://x/y?a=1&b=2")
    assert (made.to, made.name) == ("kim@example.com", "Kim O'Hara & Co <1>")
    assert made.subject == "Your invitation to Recruiter"
    assert made.body == (
        "Kim O'Hara & Co <1> has invited you to Recruiter. Choose a password here within a week:\nhttp://x/y?a=1&b=2\n"
    )


def test_a_fact_that_is_missing_is_an_error_and_not_a_gap():
    with pytest.raises(jinja2.UndefinedError):
        email_templates.compose("accounts/invitation", to=Kim(), link="http://x")


def test_a_mail_is_asked_for_in_the_transaction(session, now):
    made = email_templates.compose("accounts/invitation", to=Kim(), inviter=Kim(), link="http://x")
    mail.enqueue(session, made, now=now, asked_by_id=1)
    job = session.query(jobs.Job).one()
    assert (job.kind, job.asked_by_id, mail.Email(**job.payload)) == ("mail", 1, made)
