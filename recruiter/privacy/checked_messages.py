"""Messages to candidates, to one or to several: the words are checked, then they are on their way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act, Actor
from recruiter.keepwarm.messages import bulk_message, single_message
from recruiter.keepwarm.messages.bulk_message import Message
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import TouchKind
from recruiter.pipeline.models import Application
from recruiter.privacy import word_check


def send_single(
    session: Session,
    *,
    application: Application,
    subject: str,
    body: str,
    kind: TouchKind,
    act: Act,
    confirmed: str | bool = False,
) -> Letter:
    """Send a message to one finalist. Raises wording.Stopped for words that stop it, or that are warned of and not confirmed."""
    names = word_check.names_in(application, act.actor)
    word_check.check(f"{subject}\n{body}", names=names, confirmed=confirmed)
    return single_message.send(session, application=application, subject=subject, body=body, kind=kind, act=act)


def findings_in(chosen: Sequence[Message], *, actor: Actor) -> list[list[word_check.Finding]]:
    """What the check finds in each of several messages, in their order."""
    return [
        word_check.findings(f"{message.subject}\n{message.body}", names=word_check.names_in(message.application, actor))
        for message in chosen
    ]


def send_several(session: Session, *, chosen: Sequence[Message], act: Act, confirmed: str | bool = False) -> str:
    """Let several messages leave in a few minutes, all or none; one confirmation is for all that was shown.

    Answers the token that withdraws them. Raises as `letter` does, naming whose message it is.
    """
    findings = findings_in(chosen, actor=act.actor)
    shown_key = word_check.key(finding for message_findings in findings for finding in message_findings)
    for message, message_findings in zip(chosen, findings, strict=True):
        if message_findings:
            settled = confirmed is True or confirmed == shown_key
            name, names = message.application.candidate.name, word_check.names_in(message.application, act.actor)
            word_check.check(f"{message.subject}\n{message.body}", names=names, confirmed=settled, to=name)
    return bulk_message.send(session, messages=chosen, act=act)
