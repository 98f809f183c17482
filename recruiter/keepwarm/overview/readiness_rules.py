"""Whether a finalist could be called with an offer today: seven lights, each with its day and what would turn it green."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recruiter.foundation import wording
from recruiter.foundation.act import Moment
from recruiter.keepwarm.models.records import Readiness
from recruiter.keepwarm.schedule.next_contact import PromiseFact, broken_promise, short_day
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus
from recruiter.scorecards.queries import CardCounts

FRESH = dt.timedelta(days=7)  # an interest that was confirmed longer ago is asked again


class State(StrEnum):
    """How a light stands."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class ReadinessCheck:
    """One condition: how it stands, since or until which day, and what would turn it green (empty where it is)."""

    name: str
    label: str
    state: State
    says: str
    on: dt.date | None
    needs: str


@dataclass(frozen=True)
class ReadinessFacts:
    """What is on record of one finalist; other employers' dates as told, passed ones too.

    `answers` is empty where nothing was asked; `ours` are the days by which we decide, approve, or promised an answer, as far as
    they lie ahead.
    """

    application: Application
    cards: CardCounts
    answers: Readiness
    last_card_on: dt.date | None = None
    exception_on: dt.date | None = None
    has_band: bool = True
    promises: Sequence[PromiseFact] = ()
    decisions_on: Sequence[dt.date] = ()
    ours: Sequence[dt.date] = ()


Finding = tuple[State, str, dt.date | None, str]  # how a light stands, what it says, its day, what would turn it green


def _cards(known: ReadinessFacts) -> Finding:
    cards = known.cards
    if not cards.expected:
        return State.AMBER, "No interview yet", None, "Hold an interview and send the cards."
    says = f"{cards.submitted} of {cards.expected} in"
    if cards.submitted == cards.expected:
        return State.GREEN, says, known.last_card_on, ""
    needs = f"{wording.plural(cards.expected - cards.submitted, 'scorecard')} must be sent."
    return State.AMBER if cards.submitted else State.RED, says, known.last_card_on, needs


def _interest(known: ReadinessFacts, today: dt.date) -> Finding:
    on = known.answers.interested_asked_on
    if known.answers.interested is None or on is None:
        return State.AMBER, "Not asked yet", None, "Ask whether they are still interested."
    if not known.answers.interested:
        return State.RED, f"Said no {short_day(on)}", on, "They said no. Ask again, or release them."
    if today - on > FRESH:
        return State.AMBER, f"Yes, {short_day(on)}", on, "Ask again: that is more than 7 days ago."
    return State.GREEN, f"Yes, {short_day(on)}", on, ""


def _package(known: ReadinessFacts) -> Finding:
    if not known.has_band:
        return State.RED, "No approved band", None, "Enter the approved band of this requisition."
    if known.exception_on is not None:
        return State.GREEN, f"Case approved {short_day(known.exception_on)}", known.exception_on, ""
    within_band, asked_on = known.answers.expectation_within_band, known.answers.expectation_asked_on
    if within_band is None:
        return State.AMBER, "Not asked yet", None, "Ask what they expect to be paid."
    if not within_band:
        return State.RED, "Above the band", asked_on, "A budget case must be approved."
    on = f", {short_day(asked_on)}" if asked_on else ""
    return State.GREEN, f"Within the band{on}", asked_on, ""


def _references(known: ReadinessFacts, today: dt.date) -> Finding:
    on = known.answers.references_done_on
    if on is None or on > today:
        says = f"Planned {short_day(on)}" if on else "Not done yet"
        return State.AMBER, says, on, "Talk to the references and record the day."
    return State.GREEN, f"Done {short_day(on)}", on, ""


def _promise(known: ReadinessFacts, moment: Moment) -> Finding:
    broken = broken_promise(known.promises, moment=moment)
    if broken is None:
        return State.GREEN, "None", max((promise.due_on for promise in known.promises), default=None), ""
    says = f"“{broken.what}” was due {short_day(broken.due_on)}"
    return State.RED, says, broken.due_on, "Talk to them, then make a new promise."


def _deadline(known: ReadinessFacts, today: dt.date) -> Finding:
    if not known.decisions_on:
        return State.GREEN, "None known", None, ""
    ahead = min((day for day in known.decisions_on if day >= today), default=None)
    if ahead is None:
        passed = max(known.decisions_on)
        return (
            State.RED,
            f"Passed {short_day(passed)}",
            passed,
            "Ask whether they are still free and record the new date.",
        )
    late = max((day for day in known.ours if day > ahead), default=None)
    if late is not None:
        needs = f"Ours is {short_day(late)}: bring it forward, or ask for time."
        return State.RED, f"{short_day(ahead)}, before ours", ahead, needs
    return State.GREEN, f"Open until {short_day(ahead)}", ahead, ""


def _consent(application: Application) -> Finding:
    if application.status != ApplicationStatus.ACTIVE:
        return State.RED, "Application ended", None, "Reopen the application, if they agree."
    if application.requisition.status == RequisitionStatus.CLOSED:
        return State.AMBER, "The search is closed", None, "Ask whether you may keep in touch."
    since = f"Applied {short_day(application.applied_on)}" if application.applied_on else "Applied"
    return State.GREEN, since, application.applied_on, ""


def evaluate(known: ReadinessFacts, *, moment: Moment) -> tuple[ReadinessCheck, ...]:
    """The seven lights of a finalist, always in the same order; all green stands for: callable today."""
    today = moment.today
    return (
        ReadinessCheck("scorecards", "Scorecards", *_cards(known)),
        ReadinessCheck("interest", "Still interested", *_interest(known, today)),
        ReadinessCheck("package", "Pay expectation within band", *_package(known)),
        ReadinessCheck("references", "References", *_references(known, today)),
        ReadinessCheck("promise", "No unkept promise", *_promise(known, moment)),
        ReadinessCheck("deadline", "Their deadline", *_deadline(known, today)),
        ReadinessCheck("consent", "May be contacted", *_consent(known.application)),
    )


def ready(checks: tuple[ReadinessCheck, ...]) -> bool:
    """Whether somebody could be called with an offer today."""
    return all(light.state == State.GREEN for light in checks)
