"""Mails about an account, to its person."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.foundation import email_templates
from recruiter.foundation.act import Actor
from recruiter.foundation.mail import Email


def invitation(user: User, *, inviter: Actor, link: str) -> Email:
    """The link with which somebody who was invited chooses their first password."""
    return email_templates.compose("accounts/invitation", to=user, inviter=inviter, link=link)


def password_set(user: User) -> Email:
    """Your password was changed: what to do if it was not you."""
    return email_templates.compose("accounts/password_set", to=user)


def password_reset(user: User, *, link: str) -> Email:
    """The link with which somebody chooses a new password."""
    return email_templates.compose("accounts/password_reset", to=user, link=link)


def second_factor_changed(user: User) -> Email:
    """Whether signing in asks for a code has changed: what to do if it was not you."""
    return email_templates.compose("accounts/second_factor_changed", to=user)
