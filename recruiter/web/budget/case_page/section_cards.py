"""The sections of a case as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.budget.content_check.check import Finding
from recruiter.budget.evidence.types import Content
from recruiter.budget.sections import BY_NAME, FROM_SCORECARDS
from recruiter.documents.layout import value_text
from recruiter.documents.model import CaseDocument
from recruiter.web.budget.case_page import section_summaries
from recruiter.web.text import highlight


@dataclass(frozen=True)
class Claim:
    """One claim with the line that says where it comes from."""

    statement: str
    source: str
    link: str | None = None


@dataclass(frozen=True)
class SectionCard:
    """One section on the page."""

    name: str
    title: str
    question: str
    number: int
    paragraphs: list[str]
    written: bool
    claims: list[Claim]
    done: bool
    required: bool
    hidden: bool
    findings: list[Finding]
    pieces: list[highlight.Piece]
    short: str = ""

    @property
    def blocked(self) -> bool:
        """Whether words in it stop the case."""
        return any(finding.severity == "blocked" for finding in self.findings)

    @property
    def gist(self) -> str:
        """The section in a line."""
        if self.hidden:
            return "Hidden for now"
        if self.blocked:
            return "Words to take out"
        if not self.done:
            return "Needed before sending" if self.required else "An approver will ask"
        count = len(self.claims)
        return self.short or ("Your words" if self.written else f"{count} claim{'' if count == 1 else 's'} on record")


def section_cards_of(content: Content, document: CaseDocument, findings: list[Finding], texts: dict[str, str], *, hide: bool, open_: bool) -> list[SectionCard]:  # fmt: skip
    """Each section; its findings and marked words only while it is `open_`, nothing of it where it is hidden."""
    missing = {gap["section"] for gap in content["completeness"]["missing"]}
    cards = []
    for number, (content_section, section) in enumerate(
        zip(content["sections"], document.sections, strict=True), start=1
    ):
        definition = BY_NAME[section.name]
        hidden = hide and section.name in FROM_SCORECARDS
        own_findings = (
            [finding for finding in findings if finding.section == section.name and not hidden] if open_ else []
        )
        cards.append(
            SectionCard(
                name=section.name,
                title=section.title,
                question=definition.question,
                number=number,
                paragraphs=[line for line in section.text.split("\n") if line.strip()],
                written=bool(content_section["written"]),
                claims=[Claim(claim.statement, value_text.source_line(claim), claim.link) for claim in section.claims],
                done=section.name not in missing,
                required=definition.required,
                hidden=hidden,
                findings=own_findings,
                short=section_summaries.summary_of(section),
                pieces=highlight.marked(texts.get(section.name, ""), own_findings) if own_findings else [],
            )
        )
    return cards
