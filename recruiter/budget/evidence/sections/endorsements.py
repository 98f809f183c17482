"""Voices of other teams: panelists of other teams, and colleagues who were asked by link. Silence and refusals stay visible."""

from __future__ import annotations

from recruiter.budget import queries
from recruiter.budget.content_check import quotations
from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.budget.models import Choice, Endorsement
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.wording import plural

LONGEST_ANSWER = 5000  # an answer stands word for word
IN_BRIEF, BRIEF = 2, 160  # so many answers, of so many characters each
CHOICE_PHRASES = {
    Choice.YES: "would use this skill",
    Choice.NO: "would not use this skill",
    Choice.PERHAPS: "would perhaps use this skill",
    Choice.DECLINED: "prefers not to answer",
}


def _endorsement_evidence(context: CaseContext, endorsement: Endorsement, *, earlier: str | None = None) -> Claim:
    source = "Answer by signed link" if earlier is None else f"Answer by signed link, for {earlier}"
    question = f"asked on {context.long_date(endorsement.asked_at)}: {quotations.quoted(endorsement.question)}"
    if endorsement.answered_at is None:
        expiry = (
            f"; the link ran out on {context.long_date(endorsement.expires_at)}"
            if endorsement.expires_at <= context.now
            else ""
        )
        return Claim(
            f"A colleague of another team has not answered{expiry}, {question}",
            source,
            at=context.iso_date(endorsement.asked_at),
        )
    name = endorsement.name or "A colleague of another team"
    author = f"{name}, {endorsement.team}" if endorsement.team else name
    answer = quotations.quoted(endorsement.answer, longest=LONGEST_ANSWER)
    statement = f"{author} {CHOICE_PHRASES[endorsement.choice or Choice.PERHAPS]}"
    statement += f"; for what: {quotations.quoted(endorsement.for_what)}" if endorsement.for_what else ""
    statement += f"; by when: {quotations.quoted(endorsement.by_when)}" if endorsement.by_when else ""
    statement += f": {answer}" if answer else "."
    return Claim(
        f"{statement} Asked: {quotations.quoted(endorsement.question)}",
        source,
        by=endorsement.name or None,
        at=context.iso_date(endorsement.answered_at),
    )


def _in_brief(answered: list[Endorsement]) -> str:
    """Who would use the skill, for what and by when, for the two pages that everybody reads; whole answers stand in the annex."""
    sentences = []
    for endorsement in answered:
        use = quotations.quoted(endorsement.for_what, longest=BRIEF)
        detail = f", for {use}" if use else f": {quotations.quoted(endorsement.answer, longest=BRIEF)}"
        if endorsement.choice in {Choice.YES, Choice.PERHAPS} and quotations.LEFT_OUT not in detail:
            by_when = quotations.quoted(endorsement.by_when, longest=BRIEF)
            author = ", ".join(part for part in (endorsement.name or "A colleague", endorsement.team) if part)
            sentences.append(
                f" {author} {CHOICE_PHRASES[endorsement.choice]}{detail}"
                + (f", by when: {by_when}." if by_when else ".")
            )
    return "".join(sentences[:IN_BRIEF])


def collect(context: CaseContext) -> SectionEvidence:
    """Cards and answers from outside of the hiring team."""
    panel_seats = candidate.from_other_teams(context)
    cards = [card for card in record.cards_of(context) if (card.interview_id, card.author_id) in panel_seats]
    earlier_endorsements = (
        queries.earlier_answers(context.session, context.case) if context.case.follows is not None else []
    )
    endorsements = [*earlier_endorsements, *context.case.endorsements]
    answered = [endorsement for endorsement in endorsements if endorsement.answered_at is not None]
    refused = [endorsement for endorsement in answered if endorsement.choice == Choice.NO]
    declined = [endorsement for endorsement in answered if endorsement.choice == Choice.DECLINED]
    evidence = [candidate.card_evidence(context, card) for card in cards]
    evidence += [
        _endorsement_evidence(context, endorsement, earlier=endorsement.case.number)
        for endorsement in earlier_endorsements
    ]
    evidence += [_endorsement_evidence(context, endorsement) for endorsement in context.case.endorsements]
    if not evidence:
        return SectionEvidence()
    text = f"{plural(len(cards), 'interviewer')} of another team has sent a card."
    if len(cards) != 1:
        text = f"{len(cards)} interviewers of other teams have sent a card."
    if endorsements:
        text += f" {plural(len(endorsements), 'colleague')} asked by link, {len(answered)} answered, {len(refused)} of them said no."
        text += f" {len(declined)} preferred not to answer." if declined else ""
        text += (
            f" {plural(len(earlier_endorsements), 'answer')} given for an earlier case of this candidate."
            if earlier_endorsements
            else ""
        )
        text += _in_brief(answered)
    figures = (
        Amount("Cards of other teams", len(cards), "count"),
        Amount("Colleagues asked", len(endorsements), "count"),
        Amount("Colleagues who answered", len(answered), "count"),
        Amount("Colleagues who said no", len(refused), "count"),
        Amount("Colleagues who preferred not to answer", len(declined), "count"),
        Amount(
            "Colleagues who are silent",
            len(endorsements) - len(answered),
            "count",
            formula="[colleagues_asked]-[colleagues_who_answered]",
        ),
    )
    return SectionEvidence(text, tuple(evidence), figures, is_complete=len(answered) > len(declined) or bool(cards))
