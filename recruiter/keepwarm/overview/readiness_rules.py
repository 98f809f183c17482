"""Whether a finalist could be called with an offer today: seven lights, each with its day and what would turn it green."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from recruiter.foundation import wording
from recruiter.foundation.act import Moment
from recruiter.keepwarm.schedule.next_contact import PromiseFact, broken_promise, short_day

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
    on: dt.date | None = None
    needs: str = ""


@dataclass(frozen=True)
class ReadinessFacts:
    """What is on record of one finalist; cards as in and expected, other employers' dates as told, passed ones too.

    `ours` are the days by which we decide, approve, or promised an answer, as far as they lie ahead.
    """

    cards_in: int = 0
    cards_expected: int = 0
    last_card_on: dt.date | None = None
    interested: bool | None = None
    interested_on: dt.date | None = None
    within_band: bool | None = None
    within_on: dt.date | None = None
    exception_on: dt.date | None = None
    has_band: bool = True
    references_on: dt.date | None = None
    promises: tuple[PromiseFact, ...] = ()
    decisions_on: tuple[dt.date, ...] = ()
    ours: tuple[dt.date, ...] = ()
    applied_on: dt.date | None = None
    active: bool = True
    search_on: bool = True


def _cards(known: ReadinessFacts) -> ReadinessCheck:
    name, label = "scorecards", "Scorecards"
    if not known.cards_expected:
        return ReadinessCheck(
            name, label, State.AMBER, "No interview yet", needs="Hold an interview and send the cards."
        )
    missing = known.cards_expected - known.cards_in
    says = f"{known.cards_in} of {known.cards_expected} in"
    if missing:
        waits = f"{wording.plural(missing, 'scorecard')} must be sent."
        return ReadinessCheck(
            name, label, State.RED if not known.cards_in else State.AMBER, says, known.last_card_on, waits
        )
    return ReadinessCheck(name, label, State.GREEN, says, known.last_card_on)


def _interest(known: ReadinessFacts, today: dt.date) -> ReadinessCheck:
    name, label, on = "interest", "Still interested", known.interested_on
    if known.interested is None or on is None:
        return ReadinessCheck(name, label, State.AMBER, "Not asked yet", needs="Ask whether they are still interested.")
    if not known.interested:
        return ReadinessCheck(
            name, label, State.RED, f"Said no {short_day(on)}", on, "They said no. Ask again, or release them."
        )
    if today - on > FRESH:
        return ReadinessCheck(
            name, label, State.AMBER, f"Yes, {short_day(on)}", on, "Ask again: that is more than 7 days ago."
        )
    return ReadinessCheck(name, label, State.GREEN, f"Yes, {short_day(on)}", on)


def _package(known: ReadinessFacts) -> ReadinessCheck:
    name, label = "package", "Package in approved money"
    if not known.has_band:
        return ReadinessCheck(
            name, label, State.RED, "No approved band", needs="Enter the approved band of this requisition."
        )
    if known.exception_on is not None:
        return ReadinessCheck(
            name, label, State.GREEN, f"Case approved {short_day(known.exception_on)}", known.exception_on
        )
    if known.within_band is None:
        return ReadinessCheck(name, label, State.AMBER, "Not asked yet", needs="Ask what they expect to be paid.")
    if not known.within_band:
        return ReadinessCheck(
            name, label, State.RED, "Above the band", known.within_on, "A budget case must be approved."
        )
    on = f", {short_day(known.within_on)}" if known.within_on else ""
    return ReadinessCheck(name, label, State.GREEN, f"Within the band{on}", known.within_on)


def _references(known: ReadinessFacts, today: dt.date) -> ReadinessCheck:
    on = known.references_on
    if on is None or on > today:
        says = f"Planned {short_day(on)}" if on else "Not done yet"
        return ReadinessCheck(
            "references", "References", State.AMBER, says, on, "Talk to the references and record the day."
        )
    return ReadinessCheck("references", "References", State.GREEN, f"Done {short_day(on)}", on)


def _promise(known: ReadinessFacts, *, moment: Moment) -> ReadinessCheck:
    name, label = "promise", "No unkept promise"
    broken = broken_promise(known.promises, moment=moment)
    if broken is None:
        return ReadinessCheck(
            name, label, State.GREEN, "None", max((promise.due_on for promise in known.promises), default=None)
        )
    says = f"“{broken.what}” was due {short_day(broken.due_on)}"
    return ReadinessCheck(name, label, State.RED, says, broken.due_on, "Talk to them, then make a new promise.")


def _deadline(known: ReadinessFacts, today: dt.date) -> ReadinessCheck:
    name, label = "deadline", "Their deadline"
    if not known.decisions_on:
        return ReadinessCheck(name, label, State.GREEN, "None known")
    passed = [day for day in known.decisions_on if day < today]
    ahead = [day for day in known.decisions_on if day >= today]
    if passed and not ahead:
        says, needs = f"Passed {short_day(max(passed))}", "Ask whether they are still free and record the new date."
        return ReadinessCheck(name, label, State.RED, says, max(passed), needs)
    late = max((day for day in known.ours if day > min(ahead)), default=None)
    if late is not None:
        says, needs = (
            f"{short_day(min(ahead))}, before ours",
            f"Ours is {short_day(late)}: bring it forward, or ask for time.",
        )
        return ReadinessCheck(name, label, State.RED, says, min(ahead), needs)
    return ReadinessCheck(name, label, State.GREEN, f"Open until {short_day(min(ahead))}", min(ahead))


def _consent(known: ReadinessFacts) -> ReadinessCheck:
    name, label = "consent", "May be contacted"
    if not known.active:
        return ReadinessCheck(
            name, label, State.RED, "Application ended", needs="Reopen the application, if they agree."
        )
    if not known.search_on:
        return ReadinessCheck(
            name, label, State.AMBER, "The search is closed", needs="Ask whether you may keep in touch."
        )
    since = f"Applied {short_day(known.applied_on)}" if known.applied_on else "Applied"
    return ReadinessCheck(name, label, State.GREEN, since, known.applied_on)


def evaluate(known: ReadinessFacts, *, moment: Moment) -> tuple[ReadinessCheck, ...]:
    """The seven lights of a finalist, always in the same order; all green stands for: callable today."""
    return (
        _cards(known),
        _interest(known, moment.today),
        _package(known),
        _references(known, moment.today),
        _promise(known, moment=moment),
        _deadline(known, moment.today),
        _consent(known),
    )


def ready(checks: tuple[ReadinessCheck, ...]) -> bool:
    """Whether somebody could be called with an offer today."""
    return all(light.state == State.GREEN for light in checks)
