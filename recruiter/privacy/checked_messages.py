"""Messages to candidates, one or many: the words are checked, then they are on their way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act, Actor
from recruiter.keepwarm.messages import message_services
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.keepwarm.models.agreements import Letter
from recruiter.privacy import word_check


def findings_in(messages: Sequence[OutgoingMessage], *, actor: Actor) -> list[list[word_check.Finding]]:
    """What the check finds in each of several messages, in their order."""
    return [
        word_check.findings(f"{message.subject}\n{message.body}", names=word_check.names_in(message.application, actor))
        for message in messages
    ]


def _check(messages: Sequence[OutgoingMessage], *, actor: Actor, confirmed: str | bool) -> None:
    """Raises word_check.Stopped for words that stop a message, or that are warned of and not confirmed; one confirmation is for all."""
    findings = findings_in(messages, actor=actor)
    shown_key = word_check.key(finding for message_findings in findings for finding in message_findings)
    for message, message_findings in zip(messages, findings, strict=True):
        settled = confirmed is True or confirmed == shown_key
        word_check.check_findings(message_findings, confirmed=settled, to="" if message.personal else message.name)


def send(session: Session, *, message: OutgoingMessage, act: Act, confirmed: str | bool = False) -> Letter:
    """Send a message to one person now. Raises as `message_services.check` does, and word_check.Stopped."""
    _check([message], actor=act.actor, confirmed=confirmed)
    return message_services.send(session, message=message, act=act)


def queue(session: Session, *, messages: Sequence[OutgoingMessage], act: Act, confirmed: str | bool = False) -> str:
    """Let messages leave in a few minutes, all or none; answers the token that withdraws them. Raises as `send` does."""
    _check(messages, actor=act.actor, confirmed=confirmed)
    return message_services.queue(session, messages=messages, act=act)
