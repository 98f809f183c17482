"""The market signal: other employers' processes as the candidate volunteered them, by how surely they are known."""

from __future__ import annotations

from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import exchange_rates, record
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Market, Part, counted, iso, on
from recruiter.foundation.money import Money
from recruiter.offers.models import CompetingProcess, SourceClass

OFFER = "Competing offer"


def _told(ground: Ground, one: CompetingProcess, *, amounts: bool) -> Evidence:
    words = f"Another employer's process stands at “{one.stage}”"
    if amounts and one.offer_amount is not None and one.currency:
        amount = Money(one.offer_amount, one.currency)
        words += f" with {said(amount)}{exchange_rates.beside(ground, amount)}, as the candidate volunteered"
    if one.decision_on is not None:
        words += f"; it comes to its decision on {on(one.decision_on)}"
    return Evidence(
        f"{words}. Known as {one.source_class.value}.",
        "Told by the candidate",
        by=one.by.name,
        at=iso(one.disclosed_on),
    )


def _turned(ground: Ground, rows: list[CompetingProcess]) -> list[Figure]:
    """Offers of another currency in that of the case, where it has a rate for them."""
    found = []
    for label, money in _offered(rows):
        amount = exchange_rates.turned(ground, money)
        if amount is not None and amount != money:
            found.append(Figure(f"{label} in {amount.currency}", amount.amount, amount.currency))
    return found


def _offered(rows: list[CompetingProcess]) -> list[tuple[str, Money]]:
    """The amounts that other employers offer; from the second on they are numbered."""
    known = [Money(one.offer_amount, one.currency) for one in rows if one.offer_amount is not None and one.currency]
    return [(OFFER if place == 1 else f"{OFFER} {place}", one) for place, one in enumerate(known, start=1)]


def collect(ground: Ground) -> Part:
    """How many processes are known, in which class, with amounts where the company lets them in."""
    if ground.options.market == Market.EXCLUDED:
        return Part("Competing offers are left out of cases by a setting of this company.", whole=True)
    rows = [one for one in record.processes(ground) if one.application_id == ground.application.id]
    if not rows:
        return Part()
    amounts = ground.options.market == Market.SHOWN
    classes = [(kind.value, sum(1 for one in rows if one.source_class == kind)) for kind in SourceClass]
    kinds = ", ".join(f"{number} {kind}" for kind, number in classes if number)
    text = f"{counted(len(rows), 'competing process', 'competing processes')} on record: {kinds}. They tell when, and what the market does; they are not the ground for the pay."
    if not amounts:
        text += " Amounts are left out by a setting of this company."
    figures = [Figure(f"Competing processes, {kind}", number, "count") for kind, number in classes]
    if amounts:
        offered = _offered(rows)
        figures += [Figure(label, money.amount, money.currency) for label, money in offered]
        figures += _turned(ground, rows)
        text += "".join(
            f" {exchange_rates.apart(code, ground.case.texts)}"
            for code in dict.fromkeys(money.currency for _, money in offered)
            if exchange_rates.turned(ground, Money(0, code)) is None
        )
    return Part(text, tuple(_told(ground, one, amounts=amounts) for one in rows), tuple(figures), whole=True)
