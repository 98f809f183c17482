"""The market signal: other employers' processes as the candidate volunteered them, by how surely they are known."""

from __future__ import annotations

from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.figures import exchange_rates, record
from recruiter.budget.evidence.types import CaseContext, Market, SectionEvidence
from recruiter.documents.model import Amount, Claim, key_of
from recruiter.foundation.money import Money
from recruiter.foundation.wording import plural
from recruiter.offers.models import CompetingProcess, SourceClass

COMPETING_OFFER = "Competing offer"


def _process_evidence(context: CaseContext, process: CompetingProcess, *, amounts: bool) -> Claim:
    sentence = f"Another employer's process stands at “{process.stage}”"
    if amounts and (amount := process.offered):
        sentence += f" with {format_amount(amount)}{exchange_rates.conversion_note(context, amount)}, as the candidate volunteered"
    if process.decision_on is not None:
        sentence += f"; it comes to its decision on {context.long_date(process.decision_on)}"
    sentence += f". Known as {process.source_class.value}."
    return context.claim(sentence, "Told by the candidate", by=process.by.name, at=process.disclosed_on)


def _converted_figures(context: CaseContext, rows: list[CompetingProcess]) -> list[Amount]:
    """Offers of another currency in that of the case, where it has a rate for them."""
    figures = []
    for label, money in _offered_amounts(rows):
        amount = exchange_rates.converted(context, money)
        if amount is not None and amount != money:
            rate = key_of(exchange_rates.label_of(amount.currency, money.currency))
            formula = f"ROUND([{key_of(label)}]*[{rate}],{context.digits})"
            figures.append(Amount(f"{label} in {amount.currency}", amount.amount, amount.currency, formula=formula))
    return figures


def _offered_amounts(rows: list[CompetingProcess]) -> list[tuple[str, Money]]:
    """The amounts that other employers offer; from the second on they are numbered."""
    amounts = [process.offered for process in rows if process.offered]
    return [
        (COMPETING_OFFER if place == 1 else f"{COMPETING_OFFER} {place}", amount)
        for place, amount in enumerate(amounts, start=1)
    ]


def collect(context: CaseContext) -> SectionEvidence:
    """How many processes are known, in which class, with amounts where the company lets them in."""
    if context.options.market == Market.EXCLUDED:
        return SectionEvidence("Competing offers are left out of cases by a setting of this company.", is_complete=True)
    rows = record.processes_of(context, context.application.id)
    if not rows:
        return SectionEvidence()
    amounts = context.options.market == Market.SHOWN
    classes = [(kind.value, sum(1 for process in rows if process.source_class == kind)) for kind in SourceClass]
    class_counts = ", ".join(f"{number} {kind}" for kind, number in classes if number)
    text = f"{plural(len(rows), 'competing process', 'competing processes')} on record: {class_counts}. They tell when, and what the market does; they are not the ground for the pay."
    if not amounts:
        text += " Amounts are left out by a setting of this company."
    figures = [Amount(f"Competing processes, {kind}", number, "count") for kind, number in classes]
    if amounts:
        offered = _offered_amounts(rows)
        figures += [Amount(label, money.amount, money.currency) for label, money in offered]
        figures += _converted_figures(context, rows)
        text += "".join(
            f" {exchange_rates.not_summed_note(code, context.case.texts)}"
            for code in dict.fromkeys(money.currency for _, money in offered)
            if exchange_rates.converted(context, Money(0, code)) is None
        )
    evidence = [_process_evidence(context, process, amounts=amounts) for process in rows]
    return SectionEvidence(text, evidence, figures, is_complete=True)
