"""The alternatives, priced, and why each falls short: the next finalist, a one-off, another level, a later review, a new search, waiting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from recruiter.budget import writer_facts
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import (
    compensation_package,
    hiring_history,
    record,
    score_summary,
    vacancy_pricing,
)
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on, quotient, roughly
from recruiter.foundation.money import Money
from recruiter.requisitions.models import Band, Requisition

WEEK = 7
MONTHS = 12
REVIEW = 6
MOST_LEVELS = 3
MIDDLE = "Middle assumptions of “What losing the candidate costs”"


@dataclass(frozen=True)
class Way:
    """One alternative: the fact in which a writer says why it falls short, what it is and costs, and what the record says against it."""

    why: str
    words: str
    source: str
    short: str
    at: str | None = None
    count: int | None = None


def _readiness(ground: Ground, name: str, application_id: int) -> tuple[list[Evidence], list[str]]:
    ready = record.readiness_of(ground, application_id)
    told, against = [], []
    if ready is not None:
        if ready.interested is not None and ready.interested_asked_on:
            words = f"{name} is {'still' if ready.interested else 'no longer'} interested, asked on {on(ready.interested_asked_on)}."
            told.append(Evidence(words, "Readiness on the bench", at=iso(ready.interested_asked_on)))
            against += [] if ready.interested else ["is no longer interested"]
        if ready.expectation_within_band is not None and ready.expectation_asked_on:
            where = "within" if ready.expectation_within_band else "above"
            words = f"The stated expectation of {name} lies {where} the band."
            told.append(Evidence(words, "Readiness on the bench", at=iso(ready.expectation_asked_on)))
            against += [] if ready.expectation_within_band else ["expects more than the band"]
        if ready.available_from:
            words = f"{name} could start on {on(ready.available_from)}."
            told.append(Evidence(words, "Readiness on the bench", at=iso(ready.available_from)))
    day = record.decides_on(ground, application_id)
    if day is not None:
        told.append(
            Evidence(f"Another employer decides on {name} on {on(day)}.", "Competing processes on record", at=iso(day))
        )
        against += ["may be gone before a decision"] if day < ground.case.needed_by else []
    return told, against


def _beside(ground: Ground, name: str, application_id: int) -> str:
    mine = score_summary.declared(ground.own_cards(), ground.requisition)
    theirs = score_summary.declared(ground.own_cards(application_id), ground.requisition)
    if theirs is None or mine is None:
        return f"{name} has not been rated yet" if theirs is None else ""
    if theirs >= mine:
        return ""
    return f"scored {theirs:.2f} of 5 by the published weights against {mine:.2f}"


def _runner_up(ground: Ground) -> tuple[Way | None, list[Evidence], list[Figure]]:
    following = record.runner_up(ground)
    if following is None:
        return None, [], []
    name = ground.names.get(following.application_id, "Finalist B")
    saved = ground.ask - ground.middle
    words = f"{name} within the band, at its midpoint: {said(ground.middle)} a {ground.band.interval}, {said(saved)} less than the request."
    ready, against = _readiness(ground, name, following.application_id)
    short = "; ".join(one for one in (_beside(ground, name, following.application_id), *against) if one)
    if not short:
        words += " On the cards it stands no lower."
    source = f"Slate, scorecards and pay band of {ground.requisition.key}"
    figures = [
        Figure(f"{name} at the midpoint", ground.middle.amount, ground.case.currency),
        Figure(f"{name}, less than the request", saved.amount, ground.case.currency),
    ]
    return Way("why_runner_up", words, source, short, at=iso(following.named_at)), ready, figures


def _once(ground: Ground, yearly: int) -> Way:
    top, currency = said(Money(ground.band.max, ground.case.currency)), ground.case.currency
    words = f"A one-off instead of base: the top of the band, {top} a {ground.band.interval}, and {said(Money(yearly, currency))} once, a year of the excess."
    short = f"over three years it is {said(Money(2 * yearly, currency))} less than the request"
    return Way("why_one_off", words, f"Pay band of {ground.requisition.key}", short)


def _level(ground: Ground) -> Way:
    here = ground.requisition
    wanted = (
        select(Requisition.level, Requisition.key, Band.min, Band.max)
        .join(Band, Band.requisition_id == Requisition.id)
        .where(
            Requisition.department == here.department, Requisition.level != here.level, Requisition.level != "",
            Requisition.confidential.is_(False), Band.currency == ground.case.currency,
            Band.interval == ground.band.interval, Band.min <= ground.case.ask, Band.max >= ground.case.ask,
        )
        .order_by(Requisition.id.desc())
        .limit(MOST_LEVELS)
    )  # fmt: skip
    found = ground.session.execute(wanted).all()
    source = f"Pay bands of {here.department or 'this company'}"
    level = here.level or "this level"
    if not found:
        words = "Another level: no band of the department on record holds the request."
        return Way("why_level", words, source, "there is no such band", count=0)
    bands = "; ".join(
        f"{row[0]} ({row[1]}), {said(Money(row[2], ground.case.currency))} to {said(Money(row[3], ground.case.currency))}"
        for row in found
    )
    short = f"the panel rated against what {level} asks for, so another level has not been shown"
    return Way("why_level", f"Another level whose band holds the request: {bands}.", source, short, count=len(found))


def _review(ground: Ground, yearly: int) -> tuple[Way, int, int]:
    told = writer_facts.whole(ground.case.texts, "review_months")
    months, currency = REVIEW if told is None else told, ground.case.currency
    saved = quotient(yearly * min(months, MONTHS), MONTHS)
    words = f"A later review: the top of the band now and the request after {counted(months, 'month')}, {said(Money(saved, currency))} less in the first year."
    day = record.decides_on(ground, ground.application.id)
    short = (
        f"another employer decides on {on(day)}, before any review" if day else "it promises what is not yet approved"
    )
    return Way("why_review", words, f"Pay band of {ground.requisition.key}", short), saved, months


def _week(ground: Ground, middle: vacancy_pricing.Price) -> int:
    """What one more week of the empty seat costs: its days, and what milestones slip in it."""
    filled, found = (
        ground.now.date() + dt.timedelta(days=middle.days),
        vacancy_pricing.milestones_of(ground.case.texts)[0],
    )
    later = vacancy_pricing.delay(found, filled + dt.timedelta(days=WEEK)) - vacancy_pricing.delay(found, filled)
    return WEEK * middle.a_day + later


def _waiting(week: int, currency: str) -> str:
    if not week:
        return "Wait: what a week of the empty seat costs is not priced in this case."
    return f"Wait: about {roughly(Money(week, currency))} for each week that the seat stays empty."


def _weeks(waiting: int, loaded: int, currency: str) -> str:
    if not waiting or not loaded:
        return ""
    sides = f"{said(Money(loaded, currency))} / {said(Money(waiting, currency))} a week"
    return f"after about {loaded / waiting:.1f} weeks it has cost a year of the excess ({sides})"


def collect(ground: Ground) -> Part:
    """Each alternative with its price beside the request and why it falls short, in the writer's words or by the record."""
    past, currency = hiring_history.of(ground), ground.case.currency
    found = vacancy_pricing.assumptions(ground.case.texts, past)
    middle = vacancy_pricing.prices(ground, found, vacancy_pricing.basis_of(ground, past))[1]
    yearly, loaded = ground.excess.amount * ground.periods, compensation_package.excess_each_year(ground)
    following, ready, figures = _runner_up(ground)
    review, saved, months = _review(ground, yearly)
    total, waiting = roughly(Money(middle.total, currency)), _week(ground, middle)
    day = record.decides_on(ground, ground.application.id)
    ways = [
        *([following] if following else []),
        _once(ground, yearly),
        _level(ground),
        review,
        Way("why_search", f"Reopen the search: about {counted(middle.days, 'day')} and {total}.", MIDDLE, f"a year of the excess with on-cost is {said(Money(loaded, currency))}", count=past.n),
        Way("why_wait", _waiting(waiting, currency), MIDDLE, f"another employer decides on {on(day)}" if day else _weeks(waiting, loaded, currency)),
    ]  # fmt: skip
    told, sentences = [], [] if following else ["No other finalist is in the running."]
    for way in ways:
        reason = writer_facts.told(ground.case.texts, way.why).rstrip(".") or way.short
        line = way.words + (f" Falls short: {reason}." if reason else "")
        told.append(Evidence(line, way.source, at=way.at, count=way.count))
        told += ready if way is following else []
        sentences.append(way.words)
    figures += [
        Figure("A one-off instead of base", yearly, currency),
        Figure("Months until a later review", months, "count"),
        Figure("A later review, saved in the first year", saved, currency),
        Figure("Reopen the search", middle.total, currency),
        Figure("A week of waiting", waiting, currency),
    ]
    return Part(" ".join(sentences), tuple(told), tuple(figures), whole=following is not None)
