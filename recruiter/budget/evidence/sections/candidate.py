"""The candidate against the role's published attributes: ratings, spread, panel, words with their author; dissent is kept with its answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.budget import quotations, writer_facts
from recruiter.budget.evidence.figures import record, score_summary
from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.text import is_visible
from recruiter.foundation.wording import plural
from recruiter.requisitions.models import Attribute
from recruiter.scorecards.models import Rating, Scorecard

RECOMMENDATIONS = {1: "strong no", 2: "no", 3: "yes", 4: "strong yes"}
DISSENT = 2
AFTER_READING = ", sent after seeing the others"
IN_BRIEF, BRIEF = 2, 200  # so many of the chosen words, of so many characters each


@dataclass(frozen=True)
class QuotableComment:
    """Words of a card that a writer may quote, the rating they stand beside, and whether they are chosen."""

    card: Scorecard
    rating: Rating
    chosen: bool

    @property
    def rating_id(self) -> int:
        """How the choice names it."""
        return self.rating.id

    def quoted(self, longest: int = quotations.LONGEST) -> str:
        """The words in quotation marks, at most so many characters."""
        return quotations.quoted(self.rating.evidence, longest=longest)


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


def submitted_at(card: Scorecard) -> dt.datetime:
    """When a card was sent."""
    return card.submitted_at or card.saved_at


def _card_claim(context: CaseContext, card: Scorecard, statement: str) -> Claim:
    source = f"Scorecard, {card.interview.name}" + (AFTER_READING if card.after_reveal else "")
    return context.claim(statement, source, by=card.author.name, at=submitted_at(card))


def card_evidence(context: CaseContext, card: Scorecard) -> Claim:
    """One card as a claim: recommendation and words, with author and date. Words that have no place here are left out, and that is said."""
    recommendation = RECOMMENDATIONS.get(int(card.overall or 0), "no recommendation")
    summary = quotations.quoted(card.summary)
    statement = f"{card.author.name} recommends “{recommendation}”" + (f": {summary}" if summary else ".")
    return _card_claim(context, card, statement)


def quotable_comments(context: CaseContext) -> list[QuotableComment]:
    """The words that a writer may quote, oldest card first; what the check blocks is not among them."""
    chosen_ids = writer_facts.rating_ids(context.case.texts, "quotes")
    return [
        QuotableComment(card, rating, rating.id in chosen_ids)
        for card in record.cards_of(context)
        for rating in card.ratings
        if is_visible(rating.evidence)
        and rating.rating is not None
        and quotations.quoted(rating.evidence) != quotations.LEFT_OUT
    ]


def _chosen_comments(context: CaseContext) -> list[QuotableComment]:
    """The chosen words in the order of the choice."""
    comments = {comment.rating_id: comment for comment in quotable_comments(context)}
    chosen_ids = writer_facts.rating_ids(context.case.texts, "quotes")
    return [comments[rating_id] for rating_id in chosen_ids if rating_id in comments]


def _quote_claim(context: CaseContext, comment: QuotableComment) -> Claim:
    statement = f"{comment.rating.attribute}, rated {comment.rating.rating:g}: {comment.quoted()}"
    return _card_claim(context, comment.card, statement)


def _dissent_evidence(context: CaseContext) -> list[Claim]:
    evidence = []
    for card in dissenting(context):
        answer = writer_facts.given(context.case.texts, f"{writer_facts.DISSENT}{card.id}")
        statement = f"To {card.author.name}, who recommends against: " + (answer or "not answered yet.")
        evidence.append(context.writer_claim(statement))
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
    attributes, cards, dissent = context.requisition.attributes, record.cards_of(context), dissenting(context)
    if not cards:
        return SectionEvidence(f"No scorecard on {name} has been sent yet.")
    chosen = _chosen_comments(context)
    evidence = [
        *(_attribute_evidence(context, attribute, spreads.get(attribute.name), size) for attribute in attributes),
        *(_quote_claim(context, comment) for comment in chosen),
        *(card_evidence(context, card) for card in cards),
        *_dissent_evidence(context),
    ]
    figures = [
        Amount(attribute.name, round(spreads[attribute.name].mean, 2), "points")
        for attribute in attributes
        if attribute.name in spreads
    ]
    declared_score = score_summary.declared_score(ratings, context.requisition)
    text = (
        f"{plural(size, 'interviewer')} rated {name}" if size else f"Nobody rated {name} without having seen the others"
    )
    if declared_score is not None:
        text += f" at {declared_score:.2f} of 5 by the weights that were published for the role"
        figures.append(Amount("Declared score", round(declared_score, 2), "points"))
    text += "."
    marked = sum(card.after_reveal for card in cards)
    if marked:
        text += (
            f" {plural(marked, 'scorecard')} sent after seeing the others {'is' if marked == 1 else 'are'} not counted."
        )
    if dissent:
        recommend = "card of {} recommends" if len(dissent) == 1 else "of {} cards recommend"
        text += f" {len(dissent)} {recommend.format(len(cards))} against."
    figures.append(Amount("Interviewers", size, "count"))
    # the first words that the writer chose stand in the two pages that everybody reads, the rest in the annex
    text += "".join(f" {comment.card.author.name}: {comment.quoted(BRIEF)}." for comment in chosen[:IN_BRIEF])
    return SectionEvidence(text, evidence, figures, is_complete=True)
