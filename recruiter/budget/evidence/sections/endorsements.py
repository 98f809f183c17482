"""Voices of other teams: panelists of other teams, and colleagues who were asked by link. Silence and refusals stay visible."""

from __future__ import annotations

from collections import Counter

from recruiter.budget import queries, quotations
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


def _author(endorsement: Endorsement, unnamed: str) -> str:
    return ", ".join(filter(None, [endorsement.name or unnamed, endorsement.team]))


def _endorsement_evidence(context: CaseContext, endorsement: Endorsement) -> Claim:
    source, question = "Answer by signed link", quotations.quoted(endorsement.question)
    if endorsement.case is not context.case:
        source += f", for {endorsement.case.number}"
    if endorsement.answered_at is None:
        expired = endorsement.expires_at <= context.now
        expiry = f"; the link ran out on {context.long_date(endorsement.expires_at)}" if expired else ""
        asked_on = context.long_date(endorsement.asked_at)
        statement = f"A colleague of another team has not answered{expiry}, asked on {asked_on}: {question}"
        return context.claim(statement, source, at=endorsement.asked_at)
    author = _author(endorsement, "A colleague of another team")
    statement = f"{author} {CHOICE_PHRASES[endorsement.choice or Choice.PERHAPS]}"
    statement += f"; for what: {quotations.quoted(endorsement.for_what)}" if endorsement.for_what else ""
    statement += f"; by when: {quotations.quoted(endorsement.by_when)}" if endorsement.by_when else ""
    answer = quotations.quoted(endorsement.answer, longest=LONGEST_ANSWER)
    statement += (f": {answer}" if answer else ".") + f" Asked: {question}"
    return context.claim(statement, source, by=endorsement.name or None, at=endorsement.answered_at)


def _in_brief(answered: list[Endorsement]) -> str:
    """Who would use the skill, for what and by when, for the two pages that everybody reads; whole answers stand in the annex."""
    sentences = []
    for endorsement in answered:
        use = quotations.quoted(endorsement.for_what, longest=BRIEF)
        detail = f", for {use}" if use else f": {quotations.quoted(endorsement.answer, longest=BRIEF)}"
        if endorsement.choice in {Choice.YES, Choice.PERHAPS} and quotations.LEFT_OUT not in detail:
            by_when = quotations.quoted(endorsement.by_when, longest=BRIEF)
            detail += f", by when: {by_when}." if by_when else "."
            sentences.append(f" {_author(endorsement, 'A colleague')} {CHOICE_PHRASES[endorsement.choice]}{detail}")
    return "".join(sentences[:IN_BRIEF])


def collect(context: CaseContext) -> SectionEvidence:
    """Cards and answers from outside of the hiring team."""
    panel_seats = candidate.from_other_teams(context)
    cards = [card for card in record.cards_of(context) if (card.interview_id, card.author_id) in panel_seats]
    earlier = queries.earlier_answers(context.session, context.case) if context.case.follows is not None else []
    endorsements = [*earlier, *context.case.endorsements]
    answered = [endorsement for endorsement in endorsements if endorsement.answered_at is not None]
    choices = Counter(endorsement.choice for endorsement in answered)
    refused, declined = choices[Choice.NO], choices[Choice.DECLINED]
    evidence = [candidate.card_evidence(context, card) for card in cards]
    evidence += [_endorsement_evidence(context, endorsement) for endorsement in endorsements]
    if not evidence:
        return SectionEvidence()
    senders = "interviewer of another team has" if len(cards) == 1 else "interviewers of other teams have"
    text = f"{len(cards)} {senders} sent a card."
    if endorsements:
        text += f" {plural(len(endorsements), 'colleague')} asked by link, {len(answered)} answered, {refused} of them said no."
        text += f" {declined} preferred not to answer." if declined else ""
        text += f" {plural(len(earlier), 'answer')} given for an earlier case of this candidate." if earlier else ""
        text += _in_brief(answered)
    counts = {
        "Cards of other teams": len(cards),
        "Colleagues asked": len(endorsements),
        "Colleagues who answered": len(answered),
        "Colleagues who said no": refused,
        "Colleagues who preferred not to answer": declined,
    }
    figures = [Amount(label, number, "count") for label, number in counts.items()]
    silent, formula = len(endorsements) - len(answered), "[colleagues_asked]-[colleagues_who_answered]"
    figures.append(Amount("Colleagues who are silent", silent, "count", formula=formula))
    return SectionEvidence(text, evidence, figures, is_complete=len(answered) > declined or bool(cards))
