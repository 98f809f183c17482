"""The sections of a case as its writer works on them."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import Field

from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase
from recruiter.budget.sections import BY_NAME, FROM_SCORECARDS, Section
from recruiter.documents.layout.section_view import NumberedClaim, numbered_claims
from recruiter.documents.model import CaseDocument, DocumentSection
from recruiter.foundation.lexicon.check import Finding
from recruiter.foundation.wording import plural
from recruiter.web.budget import forms
from recruiter.web.budget.case_page import section_summaries
from recruiter.web.budget.case_page.fact_fields import FactField
from recruiter.web.text import highlight

MOST_IN_SIGHT = 4
FOLDS = {
    "cost_of_losing": "Milestones that slip without this seat",
    "alternatives": "Say why each alternative falls short",
}


@dataclass(frozen=True)
class SectionCard:
    """One section on the page: what the document says, its fields, what the check found, what its writer wrote, and whether it is answered."""

    number: int
    section: DocumentSection
    definition: Section
    text_field: Field
    facts: list[FactField]
    findings: list[Finding]
    written: str
    done: bool
    hidden: bool

    @property
    def paragraphs(self) -> list[str]:
        """The words of its writer, else of the record."""
        return [line for line in self.section.text.split("\n") if line.strip()]

    @property
    def claims(self) -> tuple[NumberedClaim, ...]:
        """Its claims with the line that says where each comes from."""
        return numbered_claims(self.number, self.section)

    @property
    def marked(self) -> list[highlight.Piece]:
        """Its words in pieces, where some of them are found by the check; else nothing."""
        pieces = highlight.marked(self.written, self.findings)
        return pieces if any(piece.why for piece in pieces) else []

    @property
    def fold(self) -> str:
        """What a long list of facts is folded under; nothing for a short one."""
        return FOLDS.get(self.section.name, "More on this section") if len(self.facts) > MOST_IN_SIGHT else ""

    @property
    def has_facts(self) -> bool:
        """Whether any fact was told, or is to be mended."""
        return any(field.data or field.errors for field, _ in self.facts)

    @property
    def blocked(self) -> bool:
        """Whether words in it stop the case."""
        return any(finding.is_blocked for finding in self.findings)

    @property
    def needs_writer(self) -> bool:
        """Whether the case cannot be sent before something is done here."""
        return self.blocked or (not self.done and self.definition.required)

    @property
    def expanded(self) -> bool:
        """Whether it is shown open: the request, and what there is to do."""
        return self.section.name == "ask" or self.blocked or not self.done or bool(self.findings)

    @property
    def gist(self) -> str:
        """The section in a line."""
        if self.hidden:
            return "Hidden for now"
        if self.blocked:
            return "Words to take out"
        if not self.done:
            return "Needed before sending" if self.definition.required else "An approver will ask"
        summary = section_summaries.summary_of(self.section)
        return summary or ("Your words" if self.written else f"{plural(len(self.claims), 'claim')} on record")


def section_cards_of(
    case: BudgetCase, document: CaseDocument, *, form: forms.CaseForm, facts: dict[str, list[FactField]], hide: bool
) -> list[SectionCard]:
    """Each section in its order; with `hide` nothing of those that rest on scorecards."""
    missing = {gap.section for gap in document.completeness.missing} if document.completeness else set()
    findings, cards = assembly.findings(case), []
    for number, section in enumerate(document.sections, start=1):
        name, hidden = section.name, hide and section.name in FROM_SCORECARDS
        cards.append(
            SectionCard(
                number,
                section,
                BY_NAME[name],
                text_field=form[forms.TEXT + name],
                facts=facts.get(name, []),
                findings=[finding for finding in findings if finding.section == name and not hidden],
                written=case.texts.get(name, ""),
                done=name not in missing,
                hidden=hidden,
            )
        )
    return cards
