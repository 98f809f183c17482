"""Messages to candidates, to one or to several: the words are checked, then they are on their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.keepwarm.messages import bulk_message, single_message
from recruiter.keepwarm.messages.bulk_message import Message
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import TouchKind
from recruiter.pipeline.models import Application
from recruiter.privacy import word_check


def letter(
    session: Session,
    *,
    application: Application,
    subject: str,
    body: str,
    kind: TouchKind,
    actor: User,
    now: dt.datetime,
    confirmed: str | bool = False,
) -> Letter:
    """Send a message to one finalist. Raises wording.Stopped for words that stop it, or that are warned of and not confirmed."""
    names = word_check.names_in(application, actor)
    word_check.check(f"{subject}\n{body}", names=names, confirmed=confirmed)
    return single_message.send(
        session, application=application, subject=subject, body=body, kind=kind, actor=actor, now=now
    )


def found_in(chosen: Sequence[Message], *, actor: User) -> list[list[word_check.Found]]:
    """What the check finds in each of several messages, in their order."""
    return [
        word_check.findings(f"{one.subject}\n{one.body}", names=word_check.names_in(one.application, actor))
        for one in chosen
    ]


def several(
    session: Session, *, chosen: Sequence[Message], actor: User, now: dt.datetime, confirmed: str | bool = False
) -> str:
    """Let several messages leave in a few minutes, all or none; one confirmation is for all that was shown.

    Answers the token that withdraws them. Raises as `letter` does, naming whose message it is.
    """
    found = found_in(chosen, actor=actor)
    every = word_check.key(one for each in found for one in each)
    for one, each in zip(chosen, found, strict=True):
        if each:
            settled = confirmed is True or confirmed == every
            name, names = one.application.candidate.name, word_check.names_in(one.application, actor)
            word_check.check(f"{one.subject}\n{one.body}", names=names, confirmed=settled, to=name)
    return bulk_message.send(session, messages=chosen, actor=actor, now=now)
