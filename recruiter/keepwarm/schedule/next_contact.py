"""When a finalist must hear from us, how warm the contact is, and which end contradicts the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from recruiter.foundation.act import Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.models.records import Promise, PromiseState
from recruiter.keepwarm.schedule import promise_zone
from recruiter.keepwarm.schedule.cadence import CLOCKS, USUAL, Cadence, Situation

RECENT = dt.timedelta(days=3)
AGAIN = 3  # working days until somebody hears again after a promotion


class Warmth(StrEnum):
    """How a finalist stands with us: a plain state with reasons, never a score."""

    HOT = "hot"
    WARM = "warm"
    COOLING = "cooling"
    COLD = "cold"
    GONE = "gone"


class Group(StrEnum):
    """Where somebody stands on the list, most urgent first."""

    FELL_THROUGH = "fell_through"
    OVERDUE = "overdue"
    DUE = "due"
    DEADLINE = "deadline"
    LATER = "later"


ORDER = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True)
class PromiseFact:
    """A promise as a rule sees it; `made_at` tells which is the later, `zone` where its date is read if not at home."""

    what: str
    due_on: dt.date
    state: PromiseState
    made_at: dt.datetime
    zone: str = ""


def short_day(day: dt.date) -> str:
    """A day as reasons write it: “Thu 26 Nov”."""
    return f"{day:%a} {day.day} {day:%b}"


@dataclass(frozen=True)
class ContactSummary:
    """What the contacts of one finalist come to; `unfollowed_interview` is the end of a final interview without one since.

    `snoozed_until` is the last word on leaving them alone, said `snoozed_at`.
    """

    last_two_way: dt.datetime | None = None
    last_words: str = ""
    open_concerns: int = 0
    unfollowed_interview: dt.datetime | None = None
    snoozed_until: dt.date | None = None
    snoozed_at: dt.datetime | None = None

    @property
    def snooze(self) -> dt.date | None:
        """Until when the cadence is silent; a contact since then has ended it."""
        has_spoken = (
            self.last_two_way is not None and self.snoozed_at is not None and self.last_two_way > self.snoozed_at
        )
        return None if has_spoken else self.snoozed_until


@dataclass(frozen=True)
class Facts:
    """What is known of one finalist: since when they are one, contacts, promises, other employers' dates, the cadence.

    `accepted` says that the first choice has accepted and not started.
    """

    active: bool
    named_on: dt.date
    contact: ContactSummary = ContactSummary()
    promises: Sequence[PromiseFact] = ()
    decisions_on: Sequence[dt.date] = ()
    offer_out: bool = False
    next_after_loss: bool = False
    accepted: bool = False
    cadence: Cadence = USUAL
    say: Callable[[dt.date], str] = short_day  # how its reasons write a day: mails name the year


@dataclass(frozen=True)
class Standing:
    """What follows for one finalist."""

    warmth: Warmth
    due_on: dt.date | None
    because: tuple[str, ...]
    group: Group
    sort_key: tuple[int, dt.date] = field(default=(len(Group), dt.date.max))
    warm_because: str = ""


def promise_state(state: PromiseState, *, due_on: dt.date, today: dt.date) -> PromiseState:
    """An open promise whose date has passed is broken, by reading the date."""
    return PromiseState.BROKEN if state == PromiseState.OPEN and due_on < today else state


def state_of(promise: PromiseFact | Promise, *, moment: Moment) -> PromiseState:
    """The state of a promise today, on the calendar of the place where its date is read."""
    local_today = promise_zone.local_date(promise.zone, moment=moment)
    return promise_state(promise.state, due_on=promise.due_on, today=local_today)


def is_open(promise: PromiseFact | Promise, *, moment: Moment) -> bool:
    """Whether a promise is open and has not fallen due where its date is read."""
    return state_of(promise, moment=moment) == PromiseState.OPEN


def broken_promise(promises: Sequence[PromiseFact], *, moment: Moment) -> PromiseFact | None:
    """The latest promise where it is broken; one that was made later puts it right."""
    last = max(promises, key=lambda promise: promise.made_at, default=None)
    return last if last is not None and state_of(last, moment=moment) == PromiseState.BROKEN else None


def _cadence(facts: Facts, *, moment: Moment) -> tuple[dt.date, str]:
    """When the cadence asks for the next contact, and why."""
    last_two_way, snooze = facts.contact.last_two_way, facts.contact.snooze
    last = moment.day_of(last_two_way) if last_two_way else None
    since, spoke = last or facts.named_on, "Last spoke" if last else "Not spoken since named"
    if facts.offer_out:
        days = facts.cadence.days(Situation.OFFER_OUT)
        due, until = moment.calendar.add(since, days), "working days while an offer is out"
    else:
        days = facts.cadence.days(Situation.ACCEPTED if facts.accepted else Situation.BENCH)
        due = since + dt.timedelta(days=days)
        until = "days until the hire has started" if facts.accepted else "days on the bench"
    if snooze is not None and snooze > due:
        return snooze, f"Left alone until {facts.say(snooze)}"
    return due, f"{spoke} {facts.say(since)}; every {days} {until}"


def _dates(facts: Facts, *, moment: Moment) -> list[tuple[dt.date, str, bool]]:
    """Each date on which contact is due, why, and whether it comes from another employer's deadline."""
    today = moment.today
    dates = [
        (promise.due_on, f"Promise: “{promise.what}” by {facts.say(promise.due_on)}", False)
        for promise in facts.promises
        if is_open(promise, moment=moment)
    ]
    dates += [
        (
            moment.calendar.add(day, -facts.cadence.days(Situation.DEADLINE)),
            f"Other offer: decision on {facts.say(day)}",
            True,
        )
        for day in facts.decisions_on
        if day >= today
    ]
    if facts.contact.unfollowed_interview is not None:
        held_on = moment.day_of(facts.contact.unfollowed_interview)
        by = moment.calendar.add(held_on, facts.cadence.days(Situation.FINAL_ROUND))
        why = f"Final interview {facts.say(held_on)}: thank them, name the day of the decision"
        dates.append((by, why, False))
    dates.append((*_cadence(facts, moment=moment), False))
    return sorted(dates, key=lambda date: date[0])


def standing(facts: Facts, *, moment: Moment) -> Standing:
    """Next contact: the earliest of promise, another employer's decision less 2 working days, final interview and cadence.

    Warmth: `cold` overdue or with a broken promise, `cooling` due today, `hot` spoken to within 3 days, else `warm`.
    A snooze moves the cadence alone: a promise or another employer's date stands as it is.
    """
    if not facts.active:
        return Standing(Warmth.GONE, None, (), Group.LATER, warm_because="No longer in the running")
    today = moment.today
    dates = _dates(facts, moment=moment)
    due_on = dates[0][0]
    because = [why for day, why, _ in dates if day == due_on]
    broken = broken_promise(facts.promises, moment=moment)
    if broken is not None:
        because.insert(0, f"Broken promise: “{broken.what}” was due {facts.say(broken.due_on)}")
    if facts.next_after_loss:
        because.insert(0, "The first choice is lost; next on the bench")
    last_two_way = facts.contact.last_two_way
    recent = last_two_way is not None and moment.now - last_two_way <= RECENT
    if due_on < today or broken is not None:
        warmth, group = Warmth.COLD, Group.OVERDUE
        why = "A promise is broken" if broken else f"Contact was due {facts.say(due_on)}"
    elif due_on == today:
        warmth, group, why = Warmth.COOLING, Group.DUE, "Contact is due today"
    else:
        by_deadline = any(deadline for day, _, deadline in dates if day == due_on)
        warmth = Warmth.HOT if recent else Warmth.WARM
        group = Group.DEADLINE if by_deadline else Group.LATER
        why = "Spoken to within 3 days" if recent else f"Nothing is due before {facts.say(due_on)}"
    if facts.next_after_loss:
        group = Group.FELL_THROUGH
    return Standing(warmth, due_on, tuple(because), group, (ORDER[group], due_on), why)


def check_due(due_on: dt.date, *, today: dt.date, field: str = "due_on") -> None:
    """A promise is made for today or later."""
    if due_on < today:
        raise RuleBroken.at(field, "Promise a date that has not passed: today or later.")


def check_settling(state: PromiseState, *, due_on: dt.date, to: PromiseState, today: dt.date) -> None:
    """An open promise may be kept, renewed before it is due, or called broken; nothing else (Conflict)."""
    now_is = promise_state(state, due_on=due_on, today=today)
    if now_is == PromiseState.OPEN:
        return
    if now_is == PromiseState.BROKEN and state == PromiseState.OPEN:
        raise Conflict(
            f"This promise fell due on {short_day(due_on)} and is broken. Talk to the candidate, then make a new one."
        )
    raise Conflict(f"This promise is {now_is.value} already, so it cannot be made {to.value}.")


def check_renewal(due_on: dt.date | None, *, before: dt.date, today: dt.date) -> dt.date:
    """A renewed promise needs a later date."""
    if due_on is None or due_on <= before or due_on < today:
        raise RuleBroken.at("due_on", f"Give a new date after {short_day(before)}.")
    return due_on


def renewed_due_date(
    due_on: dt.date, *, moment: Moment, elsewhere: Iterable[dt.date] = (), before: int = CLOCKS[Situation.DEADLINE].days
) -> dt.date:
    """When somebody who waits on hears after a promotion: in three working days, and after the day that they were told before.

    Where they must answer elsewhere, never later than `before` working days ahead of that: today at the latest where even
    that has passed. Dates elsewhere that lie behind say nothing any more.
    """
    today, calendar = moment.today, moment.calendar
    usual = max(calendar.add(today, AGAIN), calendar.add(due_on, 1))
    ahead = [max(calendar.add(day, -before), today) for day in elsewhere if day >= today]
    return min([usual, *ahead])
