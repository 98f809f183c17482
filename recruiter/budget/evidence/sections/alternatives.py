"""The alternatives, priced, and why each falls short: the next finalist, a one-off, another level, a later review, a new search, waiting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import compensation_package, record, score_summary, vacancy_pricing
from recruiter.budget.evidence.figures.vacancy_pricing import Pricing
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
    """One alternative: the fact in which a writer says why it falls short, what it is and costs, and what the record says against it.

    Its figures stand in the table of prices, and `evidence` beside its claim.
    """

    why: str
    description: str
    source: str
    shortfall: str
    at: dt.date | None = None
    count: int | None = None
    figures: tuple[Amount, ...] = ()
    evidence: tuple[Claim, ...] = ()


def _readiness(context: CaseContext, name: str, application_id: int) -> tuple[list[Claim], list[str]]:
    """What is known of the next finalist, and what of it speaks against them."""
    evidence, objections = [], []

    def add(statement: str, at: dt.date, objection: str = "", source: str = "Readiness on the bench") -> None:
        evidence.append(context.claim(statement, source, at=at))
        if objection:
            objections.append(objection)

    readiness = record.readiness_of(context, application_id)
    if readiness is not None:
        if readiness.interested is not None and (day := readiness.interested_asked_on):
            still, objection = ("still", "") if readiness.interested else ("no longer", "is no longer interested")
            add(f"{name} is {still} interested, asked on {context.long_date(day)}.", day, objection)
        if readiness.expectation_within_band is not None and (day := readiness.expectation_asked_on):
            within = readiness.expectation_within_band
            where, objection = ("within", "") if within else ("above", "expects more than the band")
            add(f"The stated expectation of {name} lies {where} the band.", day, objection)
        if day := readiness.available_from:
            add(f"{name} could start on {context.long_date(day)}.", day)
    if day := record.decides_on(context, application_id):
        objection = "may be gone before a decision" if day < context.case.needed_by else ""
        statement = f"Another employer decides on {name} on {context.long_date(day)}."
        add(statement, day, objection, "Competing processes on record")
    return evidence, objections


def _score_shortfall(context: CaseContext, name: str, application_id: int) -> str:
    own_score = score_summary.declared_score(context.own_cards(), context.requisition)
    other_score = score_summary.declared_score(context.own_cards(application_id), context.requisition)
    if other_score is None or own_score is None:
        return f"{name} has not been rated yet" if other_score is None else ""
    if other_score >= own_score:
        return ""
    return f"scored {other_score:.2f} of 5 by the published weights against {own_score:.2f}"


def _runner_up(context: CaseContext) -> Alternative | None:
    finalist = record.runner_up(context)
    if finalist is None:
        return None
    name, middle = context.names.get(finalist.application_id, "Finalist B"), context.middle.amount
    saved = (context.ask - context.middle).amount
    description = f"{name} within the band, at its midpoint: {context.show(middle)} a {context.band.interval}, {context.show(saved)} less than the request."
    evidence, objections = _readiness(context, name, finalist.application_id)
    shortfall = "; ".join(filter(None, [_score_shortfall(context, name, finalist.application_id), *objections]))
    return Alternative(
        "why_runner_up",
        description if shortfall else f"{description} On the cards it stands no lower.",
        f"Slate, scorecards and pay band of {context.requisition.key}",
        shortfall,
        at=finalist.named_at,
        figures=(
            context.figure(f"{name} at the midpoint", middle, "[band_midpoint]"),
            context.figure(f"{name}, less than the request", saved, "[asked_base]-[band_midpoint]"),
        ),
        evidence=tuple(evidence),
    )


def _one_off(context: CaseContext, yearly: int) -> Alternative:
    band_top = f"the top of the band, {context.show(context.band.max)} a {context.band.interval}"
    description = f"A one-off instead of base: {band_top}, and {context.show(yearly)} once, a year of the excess."
    shortfall = f"over three years it is {context.show(2 * yearly)} less than the request"
    figure = context.figure("A one-off instead of base", yearly, "[excess_each_year]")
    return Alternative(
        "why_one_off", description, f"Pay band of {context.requisition.key}", shortfall, figures=(figure,)
    )


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
    bands = [
        f"{level} ({key}), {context.show(low)} to {context.show(high)}"
        for level, key, low, high in context.session.execute(query)
    ]
    if bands:
        description = f"Another level whose band holds the request: {'; '.join(bands)}."
        level = here.level or "this level"
        shortfall = f"the panel rated against what {level} asks for, so another level has not been shown"
    else:
        description = "Another level: no band of the department on record holds the request."
        shortfall = "there is no such band"
    source = f"Pay bands of {here.department or 'this company'}"
    return Alternative("why_level", description, source, shortfall, count=len(bands))


def _review(context: CaseContext, yearly: int, deadline: str) -> Alternative:
    written_months = writer_facts.whole_number(context.case.texts, "review_months")
    months = REVIEW if written_months is None else written_months
    saved = quotient(yearly * min(months, MONTHS), MONTHS)
    description = f"A later review: the top of the band now and the request after {plural(months, 'month')}, {context.show(saved)} less in the first year."
    shortfall = f"{deadline}, before any review" if deadline else "it promises what is not yet approved"
    formula = f"ROUND([excess_each_year]*MIN([months_until_a_later_review],12)/12,{context.digits})"
    figures = (
        Amount("Months until a later review", months, "count"),
        context.figure("A later review, saved in the first year", saved, formula),
    )
    return Alternative("why_review", description, f"Pay band of {context.requisition.key}", shortfall, figures=figures)


def _new_search(context: CaseContext, pricing: Pricing, yearly: int) -> Alternative:
    middle = pricing.middle
    cost = round_significant(Money(middle.total, context.case.currency))
    return Alternative(
        "why_search",
        f"Reopen the search: about {plural(middle.days, 'day')} and {cost}.",
        MIDDLE,
        f"a year of the excess with on-cost is {context.show(yearly)}",
        count=pricing.past.n,
        figures=(context.figure("Reopen the search", middle.total, "[cost_of_losing_middle]"),),
    )


def _week_formula(context: CaseContext, basis: vacancy_pricing.PricingBasis) -> str:
    days = f"[a_day_of_the_empty_seat_middle]*{WEEK}"
    if not basis.milestones:
        return days
    delays = (basis.delay_formula(f"[days_middle]{more}", context.digits) for more in (f"+{WEEK}", ""))
    return days + "+{}-({})".format(*delays)


def _wait(context: CaseContext, pricing: Pricing, yearly: int, deadline: str) -> Alternative:
    """One more week of the empty seat costs its days, and what milestones slip in it."""
    basis, filled_on = pricing.basis, context.today + dt.timedelta(days=pricing.middle.days)
    delay = basis.delay_cost(filled_on + dt.timedelta(days=WEEK)) - basis.delay_cost(filled_on)
    week, shortfall = WEEK * pricing.middle.a_day + delay, deadline
    description = "Wait: what a week of the empty seat costs is not priced in this case."
    if week:
        cost = round_significant(Money(week, context.case.currency))
        description = f"Wait: about {cost} for each week that the seat stays empty."
    if week and yearly and not deadline:
        division = f"{context.show(yearly)} / {context.show(week)} a week"
        shortfall = f"after about {yearly / week:.1f} weeks it has cost a year of the excess ({division})"
    figure = context.figure("A week of waiting", week, _week_formula(context, basis))
    return Alternative("why_wait", description, MIDDLE, shortfall, figures=(figure,))


def collect(context: CaseContext) -> SectionEvidence:
    """Each alternative with its price beside the request and why it falls short, in the writer's words or by the record."""
    pricing, runner_up = vacancy_pricing.pricing_of(context), _runner_up(context)
    yearly, with_on_cost = compensation_package.yearly_excess(context), compensation_package.excess_each_year(context)
    day = record.decides_on(context, context.application.id)
    deadline = f"another employer decides on {context.long_date(day)}" if day else ""
    alternatives = [
        *([runner_up] if runner_up else []),
        _one_off(context, yearly),
        _level(context),
        _review(context, yearly, deadline),
        _new_search(context, pricing, with_on_cost),
        _wait(context, pricing, with_on_cost, deadline),
    ]
    evidence: list[Claim] = []
    for alternative in alternatives:
        reason = writer_facts.given(context.case.texts, alternative.why).rstrip(".") or alternative.shortfall
        statement = alternative.description + (f" Falls short: {reason}." if reason else "")
        claim = context.claim(statement, alternative.source, at=alternative.at, count=alternative.count)
        evidence += [claim, *alternative.evidence]
    sentences = [alternative.description for alternative in alternatives]
    text = " ".join(sentences if runner_up else ["No other finalist is in the running.", *sentences])
    figures = [figure for alternative in alternatives for figure in alternative.figures]
    return SectionEvidence(text, evidence, figures, is_complete=runner_up is not None)
