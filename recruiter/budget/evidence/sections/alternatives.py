"""The alternatives, priced, and why each falls short: the next finalist, a one-off, another level, a later review, a new search, waiting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from recruiter.budget import writer_facts
from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.figures import (
    compensation_package,
    hiring_history,
    record,
    score_summary,
    vacancy_pricing,
)
from recruiter.budget.evidence.types import CaseContext, SectionEvidence, round_significant
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.money import Money, quotient
from recruiter.foundation.wording import plural
from recruiter.requisitions.models import Band, Requisition

WEEK = 7
MONTHS = 12
REVIEW = 6
MOST_LEVELS = 3
MIDDLE = "Middle assumptions of “What losing the candidate costs”"


@dataclass(frozen=True)
class Alternative:
    """One alternative: the fact in which a writer says why it falls short, what it is and costs, and what the record says against it."""

    why: str
    description: str
    source: str
    shortfall: str
    at: str | None = None
    count: int | None = None


def _readiness(context: CaseContext, name: str, application_id: int) -> tuple[list[Claim], list[str]]:
    readiness = record.readiness_of(context, application_id)
    evidence, objections = [], []
    if readiness is not None:
        if readiness.interested is not None and readiness.interested_asked_on:
            statement = f"{name} is {'still' if readiness.interested else 'no longer'} interested, asked on {context.long_date(readiness.interested_asked_on)}."
            evidence.append(
                Claim(statement, "Readiness on the bench", at=context.iso_date(readiness.interested_asked_on))
            )
            objections += [] if readiness.interested else ["is no longer interested"]
        if readiness.expectation_within_band is not None and readiness.expectation_asked_on:
            where = "within" if readiness.expectation_within_band else "above"
            statement = f"The stated expectation of {name} lies {where} the band."
            evidence.append(
                Claim(statement, "Readiness on the bench", at=context.iso_date(readiness.expectation_asked_on))
            )
            objections += [] if readiness.expectation_within_band else ["expects more than the band"]
        if readiness.available_from:
            statement = f"{name} could start on {context.long_date(readiness.available_from)}."
            evidence.append(Claim(statement, "Readiness on the bench", at=context.iso_date(readiness.available_from)))
    day = record.decides_on(context, application_id)
    if day is not None:
        evidence.append(
            Claim(
                f"Another employer decides on {name} on {context.long_date(day)}.",
                "Competing processes on record",
                at=context.iso_date(day),
            )
        )
        objections += ["may be gone before a decision"] if day < context.case.needed_by else []
    return evidence, objections


def _score_shortfall(context: CaseContext, name: str, application_id: int) -> str:
    own_score = score_summary.declared_score(context.own_cards(), context.requisition)
    other_score = score_summary.declared_score(context.own_cards(application_id), context.requisition)
    if other_score is None or own_score is None:
        return f"{name} has not been rated yet" if other_score is None else ""
    if other_score >= own_score:
        return ""
    return f"scored {other_score:.2f} of 5 by the published weights against {own_score:.2f}"


def _runner_up(context: CaseContext) -> tuple[Alternative | None, list[Claim], list[Amount]]:
    next_finalist = record.runner_up(context)
    if next_finalist is None:
        return None, [], []
    name = context.names.get(next_finalist.application_id, "Finalist B")
    saved = context.ask - context.middle
    description = f"{name} within the band, at its midpoint: {format_amount(context.middle)} a {context.band.interval}, {format_amount(saved)} less than the request."
    readiness, objections = _readiness(context, name, next_finalist.application_id)
    shortfall = "; ".join(
        reason for reason in (_score_shortfall(context, name, next_finalist.application_id), *objections) if reason
    )
    if not shortfall:
        description += " On the cards it stands no lower."
    source = f"Slate, scorecards and pay band of {context.requisition.key}"
    figures = [
        Amount(f"{name} at the midpoint", context.middle.amount, context.case.currency, formula="[band_midpoint]"),
        Amount(
            f"{name}, less than the request",
            saved.amount,
            context.case.currency,
            formula="[asked_base]-[band_midpoint]",
        ),
    ]
    return (
        Alternative("why_runner_up", description, source, shortfall, at=context.iso_date(next_finalist.named_at)),
        readiness,
        figures,
    )


def _once(context: CaseContext, yearly: int) -> Alternative:
    band_top, currency = format_amount(Money(context.band.max, context.case.currency)), context.case.currency
    description = f"A one-off instead of base: the top of the band, {band_top} a {context.band.interval}, and {format_amount(Money(yearly, currency))} once, a year of the excess."
    shortfall = f"over three years it is {format_amount(Money(2 * yearly, currency))} less than the request"
    return Alternative("why_one_off", description, f"Pay band of {context.requisition.key}", shortfall)


def _level(context: CaseContext) -> Alternative:
    here = context.requisition
    query = (
        select(Requisition.level, Requisition.key, Band.min, Band.max)
        .join(Band, Band.requisition_id == Requisition.id)
        .where(
            Requisition.department == here.department, Requisition.level != here.level, Requisition.level != "",
            Requisition.confidential.is_(False), Band.currency == context.case.currency,
            Band.interval == context.band.interval, Band.min <= context.case.ask, Band.max >= context.case.ask,
        )
        .order_by(Requisition.id.desc())
        .limit(MOST_LEVELS)
    )  # fmt: skip
    bands_found = context.session.execute(query).all()
    source = f"Pay bands of {here.department or 'this company'}"
    level = here.level or "this level"
    if not bands_found:
        description = "Another level: no band of the department on record holds the request."
        return Alternative("why_level", description, source, "there is no such band", count=0)
    bands = "; ".join(
        f"{row[0]} ({row[1]}), {format_amount(Money(row[2], context.case.currency))} to {format_amount(Money(row[3], context.case.currency))}"
        for row in bands_found
    )
    shortfall = f"the panel rated against what {level} asks for, so another level has not been shown"
    return Alternative(
        "why_level", f"Another level whose band holds the request: {bands}.", source, shortfall, count=len(bands_found)
    )


def _review(context: CaseContext, yearly: int) -> tuple[Alternative, int, int]:
    written_months = writer_facts.whole_number(context.case.texts, "review_months")
    months, currency = REVIEW if written_months is None else written_months, context.case.currency
    saved = quotient(yearly * min(months, MONTHS), MONTHS)
    description = f"A later review: the top of the band now and the request after {plural(months, 'month')}, {format_amount(Money(saved, currency))} less in the first year."
    day = record.decides_on(context, context.application.id)
    shortfall = (
        f"another employer decides on {context.long_date(day)}, before any review"
        if day
        else "it promises what is not yet approved"
    )
    return Alternative("why_review", description, f"Pay band of {context.requisition.key}", shortfall), saved, months


def _cost_of_week(context: CaseContext, middle: vacancy_pricing.VacancyCost) -> int:
    """What one more week of the empty seat costs: its days, and what milestones slip in it."""
    filled_on, milestones = (
        context.today + dt.timedelta(days=middle.days),
        vacancy_pricing.milestones_of(context.case.texts)[0],
    )
    delay = vacancy_pricing.delay_cost(milestones, filled_on + dt.timedelta(days=WEEK)) - vacancy_pricing.delay_cost(
        milestones, filled_on
    )
    return WEEK * middle.a_day + delay


def _week_formula(context: CaseContext, basis: vacancy_pricing.PricingBasis) -> str:
    days = f"[a_day_of_the_empty_seat_middle]*{WEEK}"
    if not basis.milestones:
        return days
    delays = (vacancy_pricing.delay_formula(basis, f"[days_middle]{more}", context.digits) for more in (f"+{WEEK}", ""))
    return days + "+{}-({})".format(*delays)


def _waiting_description(week: int, currency: str) -> str:
    if not week:
        return "Wait: what a week of the empty seat costs is not priced in this case."
    return f"Wait: about {round_significant(Money(week, currency))} for each week that the seat stays empty."


def _waiting_shortfall(weekly_cost: int, yearly_cost: int, currency: str) -> str:
    if not weekly_cost or not yearly_cost:
        return ""
    division = f"{format_amount(Money(yearly_cost, currency))} / {format_amount(Money(weekly_cost, currency))} a week"
    return f"after about {yearly_cost / weekly_cost:.1f} weeks it has cost a year of the excess ({division})"


def collect(context: CaseContext) -> SectionEvidence:
    """Each alternative with its price beside the request and why it falls short, in the writer's words or by the record."""
    past, currency = hiring_history.history_of(context), context.case.currency
    assumptions = vacancy_pricing.assumptions(context.case.texts, past)
    basis = vacancy_pricing.basis_of(context, past)
    middle = vacancy_pricing.vacancy_costs(context, assumptions, basis)[1]
    yearly, yearly_with_on_cost = (
        context.excess.amount * context.periods,
        compensation_package.excess_each_year(context),
    )
    runner_up, readiness, figures = _runner_up(context)
    review, saved, months = _review(context, yearly)
    total, weekly_cost = round_significant(Money(middle.total, currency)), _cost_of_week(context, middle)
    day = record.decides_on(context, context.application.id)
    priced_alternatives = [
        *([runner_up] if runner_up else []),
        _once(context, yearly),
        _level(context),
        review,
        Alternative("why_search", f"Reopen the search: about {plural(middle.days, 'day')} and {total}.", MIDDLE, f"a year of the excess with on-cost is {format_amount(Money(yearly_with_on_cost, currency))}", count=past.n),
        Alternative("why_wait", _waiting_description(weekly_cost, currency), MIDDLE, f"another employer decides on {context.long_date(day)}" if day else _waiting_shortfall(weekly_cost, yearly_with_on_cost, currency)),
    ]  # fmt: skip
    evidence, sentences = [], [] if runner_up else ["No other finalist is in the running."]
    for alternative in priced_alternatives:
        reason = writer_facts.given(context.case.texts, alternative.why).rstrip(".") or alternative.shortfall
        statement = alternative.description + (f" Falls short: {reason}." if reason else "")
        evidence.append(Claim(statement, alternative.source, at=alternative.at, count=alternative.count))
        evidence += readiness if alternative is runner_up else []
        sentences.append(alternative.description)
    figures += [
        Amount("A one-off instead of base", yearly, currency, formula="[excess_each_year]"),
        Amount("Months until a later review", months, "count"),
        Amount(
            "A later review, saved in the first year",
            saved,
            currency,
            formula=f"ROUND([excess_each_year]*MIN([months_until_a_later_review],12)/12,{context.digits})",
        ),
        Amount("Reopen the search", middle.total, currency, formula="[cost_of_losing_middle]"),
        Amount("A week of waiting", weekly_cost, currency, formula=_week_formula(context, basis)),
    ]
    return SectionEvidence(" ".join(sentences), tuple(evidence), tuple(figures), is_complete=runner_up is not None)
