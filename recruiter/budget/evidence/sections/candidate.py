"""The candidate against the role's published attributes: ratings, spread, panel, words with their author; dissent is kept with its answer."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.budget import writer_facts
from recruiter.budget.content_check import quotations
from recruiter.budget.evidence.figures import record, score_summary
from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.wording import plural
from recruiter.requisitions.models import Attribute
from recruiter.scorecards.models import Rating, Scorecard

RECOMMENDATIONS = {1: "strong no", 2: "no", 3: "yes", 4: "strong yes"}
DISSENT = 2
IN_BRIEF, BRIEF = 2, 200  # so many of the chosen words, of so many characters each


@dataclass(frozen=True)
class QuotableComment:
    """Words of a card that a writer may quote: the rating they stand beside, who wrote them, when, and whether they are chosen."""

    rating_id: int
    attribute: str
    comment: str
    author: str
    at: str
    chosen: bool


def from_other_teams(context: CaseContext) -> set[tuple[int, int]]:
    """Interview and person of each seat on a panel of this candidate that another team held."""
    return {
        (panelist.interview_id, panelist.user_id)
        for card in record.cards_of(context)
        for panelist in card.interview.panel
        if panelist.cross_functional
    }


def dissenting(context: CaseContext) -> list[Scorecard]:
    """The native cards that recommend against the candidate."""
    return [
        card
        for card in record.cards_of(context)
        if card.overall is not None and card.overall <= DISSENT and card.scale_min is None
    ]


def _submitted_on(context: CaseContext, card: Scorecard) -> str:
    return context.iso_date(card.submitted_at or card.saved_at)


def card_evidence(context: CaseContext, card: Scorecard) -> Claim:
    """One card as a claim: recommendation and words, with author and date. Words that have no place here are left out, and that is said."""
    recommendation = RECOMMENDATIONS.get(int(card.overall or 0), "no recommendation")
    summary = quotations.quoted(card.summary)
    return Claim(
        f"{card.author.name} recommends “{recommendation}”" + (f": {summary}" if summary else "."),
        f"Scorecard, {card.interview.name}",
        by=card.author.name,
        at=_submitted_on(context, card),
    )


def _quotable(context: CaseContext) -> list[tuple[Scorecard, Rating]]:
    return [
        (card, rating)
        for card in record.cards_of(context)
        for rating in card.ratings
        if rating.evidence.strip()
        and rating.rating is not None
        and quotations.quoted(rating.evidence) != quotations.LEFT_OUT
    ]


def quotable_comments(context: CaseContext) -> list[QuotableComment]:
    """The words that a writer may quote, oldest card first; what the check blocks is not among them."""
    chosen_ids = writer_facts.rating_ids(context.case.texts, "quotes")
    return [
        QuotableComment(
            rating.id,
            rating.attribute,
            quotations.quoted(rating.evidence),
            card.author.name,
            _submitted_on(context, card),
            rating.id in chosen_ids,
        )
        for card, rating in _quotable(context)
    ]


def quote_evidence(context: CaseContext) -> list[Claim]:
    """The chosen words in the order of the choice, each with its attribute, author and date."""
    ratings = {rating.id: (card, rating) for card, rating in _quotable(context)}
    evidence = []
    for rating_id in writer_facts.rating_ids(context.case.texts, "quotes"):
        if rating_id in ratings:
            card, rating = ratings[rating_id]
            statement = f"{rating.attribute}, rated {rating.rating:g}: {quotations.quoted(rating.evidence)}"
            evidence.append(
                Claim(
                    statement, f"Scorecard, {card.interview.name}", by=card.author.name, at=_submitted_on(context, card)
                )
            )
    return evidence


def _in_brief(context: CaseContext) -> str:
    """The first words that the writer chose, for the two pages that everybody reads; the rest stand in the annex."""
    ratings = {rating.id: (card, rating) for card, rating in _quotable(context)}
    chosen = [
        ratings[rating_id]
        for rating_id in writer_facts.rating_ids(context.case.texts, "quotes")
        if rating_id in ratings
    ]
    quoted_comments = [
        (card.author.name, quotations.quoted(rating.evidence, longest=BRIEF)) for card, rating in chosen[:IN_BRIEF]
    ]
    return "".join(f" {author}: {comment}." for author, comment in quoted_comments)


def _dissent_evidence(context: CaseContext) -> list[Claim]:
    evidence = []
    for card in dissenting(context):
        answer = writer_facts.given(context.case.texts, f"{writer_facts.DISSENT}{card.id}")
        statement = f"To {card.author.name}, who recommends against: " + (answer or "not answered yet.")
        evidence.append(Claim(statement, f"Case {context.case.number}", by=context.case.requested_by.name))
    return evidence


def _attribute_evidence(
    context: CaseContext, attribute: Attribute, spread: score_summary.Spread | None, size: int
) -> Claim:
    weights = sum(other.weight for other in context.requisition.attributes)
    weight_share = f"{100 * attribute.weight / weights:.0f} % of the weight" if weights else "no weight"
    requirement = f"{attribute.name} ({weight_share}" + (
        f"; the role asks: {attribute.description.rstrip('.')})" if attribute.description else ")"
    )
    source = f"Scorecards of {context.requisition.key} and its published attributes"
    if spread is None:
        return Claim(f"{requirement}: nobody has assessed it.", source, count=0)
    result = f"{spread.mean:.1f} of 5, from {spread.lowest:g} to {spread.highest:g}"
    coverage = f"; {spread.n} of {size} interviewers rated it" if spread.n < size else ""
    return Claim(f"{requirement}: {result}{coverage}.", source, count=spread.n)


def collect(context: CaseContext) -> SectionEvidence:
    """Each attribute with what the role asks and its spread, the chosen words, what the panel recommends, dissent with its answer."""
    ratings = context.own_cards()
    spreads, size = score_summary.spreads(ratings), score_summary.panel_size(ratings)
    name = context.application.candidate.name
    if not size:
        return SectionEvidence(f"No scorecard on {name} has been sent yet.")
    attributes = context.requisition.attributes
    evidence = [_attribute_evidence(context, attribute, spreads.get(attribute.name), size) for attribute in attributes]
    figures = [
        Amount(attribute.name, round(spreads[attribute.name].mean, 2), "points")
        for attribute in attributes
        if attribute.name in spreads
    ]
    cards, dissenting_cards = record.cards_of(context), dissenting(context)
    evidence += quote_evidence(context)
    evidence += [card_evidence(context, card) for card in cards]
    evidence += _dissent_evidence(context)
    declared_score = score_summary.declared_score(ratings, context.requisition)
    text = f"{plural(size, 'interviewer')} rated {name}"
    if declared_score is not None:
        text += f" at {declared_score:.2f} of 5 by the weights that were published for the role"
        figures.append(Amount("Declared score", round(declared_score, 2), "points"))
    text += (
        f". {plural(len(dissenting_cards), 'card')} of {len(cards)} recommends against."
        if len(dissenting_cards) == 1
        else "."
    )
    if len(dissenting_cards) > 1:
        text += f" {len(dissenting_cards)} of {len(cards)} cards recommend against."
    figures.append(Amount("Interviewers", size, "count"))
    text += _in_brief(context)
    return SectionEvidence(text, tuple(evidence), tuple(figures), is_complete=True)
