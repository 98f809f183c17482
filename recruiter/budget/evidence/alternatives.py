"""The alternatives, priced: the next finalist within the band, a new search, waiting."""

from __future__ import annotations

from sqlalchemy import select

from recruiter.budget.evidence import history, price
from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.foundation.money import Money, show
from recruiter.keepwarm.models import Readiness
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Finalist

WEEK = 7


def runner_up(ground: Ground) -> Finalist | None:
    """The next finalist who is still in the running."""
    bench = pipeline.bench_of(ground.session, ground.requisition)
    return next((one for one in bench if one.application_id != ground.application.id), None)


def _readiness(ground: Ground, name: str, application_id: int) -> list[Evidence]:
    ready = ground.session.scalars(select(Readiness).where(Readiness.application_id == application_id)).first()
    if ready is None:
        return []
    told = []
    if ready.interested is not None and ready.interested_asked_on:
        words = f"{name} is {'still' if ready.interested else 'no longer'} interested, asked on {on(ready.interested_asked_on)}."
        told.append(Evidence(words, "Readiness on the bench", at=iso(ready.interested_asked_on)))
    if ready.expectation_within_band is not None and ready.expectation_asked_on:
        words = (
            f"The stated expectation of {name} lies {'within' if ready.expectation_within_band else 'above'} the band."
        )
        told.append(Evidence(words, "Readiness on the bench", at=iso(ready.expectation_asked_on)))
    if ready.available_from:
        words = f"{name} could start on {on(ready.available_from)}."
        told.append(Evidence(words, "Readiness on the bench", at=iso(ready.available_from)))
    return told


def collect(ground: Ground) -> Part:
    """Each alternative with its price beside the request; the next finalist is priced at the midpoint of the band."""
    past, currency = history.of(ground), ground.case.currency
    middle = price.prices(ground, price.assumptions(ground.case.texts, past))[1]
    told: list[Evidence] = []
    figures: list[Figure] = []
    sentences: list[str] = []
    following = runner_up(ground)
    if following is not None:
        name = ground.names.get(following.application_id, "Finalist B")
        saved = ground.ask - ground.middle
        words = f"{name} within the band, at its midpoint: {show(ground.middle)} a {ground.band.interval}, {show(saved)} less than the request."
        told.append(Evidence(words, f"Slate and pay band of {ground.requisition.key}", at=iso(following.named_at)))
        told += _readiness(ground, name, following.application_id)
        figures += [
            Figure(f"{name} at the midpoint", ground.middle.amount, currency),
            Figure(f"{name}, less than the request", saved.amount, currency),
        ]
        sentences.append(words)
    else:
        sentences.append("No other finalist is in the running.")
    again = f"Reopen the search: about {counted(middle.days, 'day')} and {show(Money(middle.total, currency))}."
    told.append(Evidence(again, "Middle assumptions of “What losing the candidate costs”", count=past.n))
    waiting = Money(WEEK * middle.a_day, currency)
    wait = f"Wait: {show(waiting)} for each week that the seat stays empty."
    told.append(Evidence(wait, "Middle assumptions of “What losing the candidate costs”"))
    figures += [
        Figure("Reopen the search", middle.total, currency),
        Figure("A week of waiting", waiting.amount, currency),
    ]
    return Part(" ".join([*sentences, again, wait]), tuple(told), tuple(figures), whole=following is not None)
