"""Messages to candidates, to one or to several: the words are checked, then they are on their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.keepwarm import letters, messages
from recruiter.keepwarm.bench_models import Letter
from recruiter.keepwarm.messages import Message
from recruiter.keepwarm.models import TouchKind
from recruiter.pipeline.models import Application
from recruiter.privacy import wording


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
    names = wording.names_in(application, actor)
    wording.check(f"{subject}\n{body}", names=names, confirmed=confirmed)
    return letters.send(session, application=application, subject=subject, body=body, kind=kind, actor=actor, now=now)


def found_in(chosen: Sequence[Message], *, actor: User) -> list[list[wording.Found]]:
    """What the check finds in each of several messages, in their order."""
    return [
        wording.findings(f"{one.subject}\n{one.body}", names=wording.names_in(one.application, actor)) for one in chosen
    ]


def several(
    session: Session, *, chosen: Sequence[Message], actor: User, now: dt.datetime, confirmed: str | bool = False
) -> str:
    """Let several messages leave in a few minutes, all or none; one confirmation is for all that was shown.

    Answers the token that withdraws them. Raises as `letter` does, naming whose message it is.
    """
    found = found_in(chosen, actor=actor)
    every = wording.key(one for each in found for one in each)
    for one, each in zip(chosen, found, strict=True):
        if each:
            settled = confirmed is True or confirmed == every
            name, names = one.application.candidate.name, wording.names_in(one.application, actor)
            wording.check(f"{one.subject}\n{one.body}", names=names, confirmed=settled, to=name)
    return messages.send(session, messages=chosen, actor=actor, now=now)
