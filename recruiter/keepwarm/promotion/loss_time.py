"""When a first choice was lost: read from the record, put right where it was told before it was written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers import queries as offers
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import Application


@dataclass(frozen=True)
class RecordedLoss:
    """What the record says of a loss: the moment (None where it is not recorded yet), what it stands on, and who wrote it down."""

    at: dt.datetime | None
    event: str
    by: User | None = None


EVENTS = {
    OfferStatus.DECLINED: "the offer was declined",
    OfferStatus.RENEGED: "the accepted offer was given up",
    OfferStatus.LAPSED: "the offer lapsed",
}


def recorded(session: Session, *, loss: FallThrough | None, ending: Application | None) -> RecordedLoss:
    """Where the record knows of a loss: a decline, a renege or a withdrawal written down, or an offer that lapsed."""
    if loss is not None:
        event = EVENTS.get(loss.offer.status) if loss.offer else None
        return RecordedLoss(loss.at, event or "they withdrew", loss.by)
    offer = offers.decisive_of(session, ending) if ending is not None else None
    if offer is not None and offer.status == OfferStatus.LAPSED:
        return RecordedLoss(offer.ended_at, EVENTS[OfferStatus.LAPSED])
    return RecordedLoss(None, "")


BEGAN = {
    Phase.ACCEPTED: "the offer was accepted",
    Phase.OFFER: "the offer went out",
    Phase.BEFORE_OFFER: "they applied",
}


def check(at: dt.datetime, *, phase: Phase, earliest: dt.datetime, now: dt.datetime) -> None:
    """A moment that has passed, and not before there was something to lose. Forms know minutes, so the minute counts."""
    if at > now:
        raise RuleBroken.at("fell_through_at", "Enter when they were lost: a moment that has passed.")
    if at < earliest.replace(second=0, microsecond=0):
        raise RuleBroken.at("fell_through_at", f"Enter a later moment: they were not lost before {BEGAN[phase]}.")


def _earliest(loss: FallThrough) -> dt.datetime:
    offer = loss.offer
    phase_starts = {Phase.ACCEPTED: offer.accepted_at, Phase.OFFER: offer.extended_at} if offer else {}
    return phase_starts.get(loss.phase) or loss.application.created_at


def correct(session: Session, *, loss: FallThrough, at: dt.datetime | None, act: Act) -> None:
    """Keep when a first choice was lost: `at` where it was said, else what the record has; a lapse counts from the day it lapsed.

    Raises RuleBroken at `fell_through_at` for a moment to come, or one before the phase of the loss began.
    """
    if at is None and loss.at == act.now and loss.offer is not None and loss.offer.status == OfferStatus.LAPSED:
        at = loss.offer.ended_at
    if at is None or abs(at - loss.at) < dt.timedelta(minutes=1):
        return
    check(at, phase=loss.phase, earliest=_earliest(loss), now=act.now)
    previous, loss.at = loss.at, at
    dates = {"before": previous.isoformat(), "after": at.isoformat()}
    audit.record(session, action=AuditAction.LOSS_DATED, subject=loss, act=act, **dates)
