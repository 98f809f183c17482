"""What the writer of a case works with: its form and sections, words to quote, dissent to answer, colleagues to ask, the preview."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from wtforms import Field

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import exchange_rates, hiring_history, vacancy_pricing
from recruiter.budget.evidence.figures.vacancy_assumptions import KINDS, LEVELS
from recruiter.budget.evidence.types import CaseContext, Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, Endorsement
from recruiter.documents import html_printer
from recruiter.documents.model import CaseDocument
from recruiter.foundation.database.db import db
from recruiter.web.budget import forms
from recruiter.web.budget.case_page import fact_fields, section_cards
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm

SAVED = "What is saved, as the download has it."
TYPED = "What you typed. It is not saved yet."
HEADINGS = 3  # level of those in a preview, below its own
AssumptionGroup = tuple[str, list[tuple[Field, str, str]]]  # its label; field, level and origin of each number


@dataclass(frozen=True)
class Preview:
    """The document beside its form, by the template of the download, and what it is a document of."""

    article: Markup
    state_note: str


@dataclass(frozen=True)
class Draft:
    """What stands on the page of a case beside what every reader sees, for whoever may write it."""

    form: forms.CaseForm
    colleague: forms.ColleagueForm
    sections: list[section_cards.SectionCard]
    groups: list[AssumptionGroup]
    dissent: list[fact_fields.Dissent]
    quotes: list[fact_fields.Quote]
    unanswered: list[Endorsement]
    preview: Preview
    change_request: CaseDecision | None

    @property
    def needs(self) -> list[section_cards.SectionCard]:
        """The sections in which something is to be done before the case can be sent."""
        return [card for card in self.sections if card.needs_writer]

    @property
    def first_findings(self) -> str:
        """The first section in which the check found something."""
        return next((card.section.name for card in self.sections if card.findings), "")


def article_of(document: CaseDocument, *, folded: bool = False) -> Markup:
    """A document on a page; `folded` puts the annexes behind a summary, for whoever decides on it."""
    return Markup(html_printer.article(document, top=HEADINGS, folded=folded))  # noqa: S704  # escaped by the template that made it


def _context(case: BudgetCase) -> CaseContext:
    return assembly.context_of(db.session(), case, moment=guard.act(), options=Options.of(guard.settings()))


def recorded_numbers(case: BudgetCase) -> dict[str, int]:
    """The assumptions on the cost of losing the candidate as the record alone gives them, without the writer's numbers."""
    facts = {name: text for name, text in case.texts.items() if name.startswith(writer_facts.PREFIX)}
    assumptions = vacancy_pricing.assumptions(facts, hiring_history.history_of(_context(case)))
    return {name: assumption.value for name, assumption in assumptions.items()}


def _groups(form: forms.CaseForm, numbers: dict[str, vacancy_pricing.Assumption]) -> list[AssumptionGroup]:
    groups = []
    for name, kind in KINDS.items():
        by_level = {level: f"{name}_{level}" for level in LEVELS}
        fields = [
            (form[forms.ASSUMED + key], level.capitalize(), numbers[key].origin) for level, key in by_level.items()
        ]
        groups.append((kind.field_label, fields))
    return groups


def draft_of(
    case: BudgetCase, document: CaseDocument, *, failed: RejectedForm | None, typed: Preview | None, hide: bool
) -> Draft:
    """Gather it; `failed` came back with something to mend. With `hide` nothing rests on scorecards."""
    sent = {failed.key: failed.form} if failed else {}
    context, came_back = _context(case), "case" in sent
    numbers = vacancy_pricing.assumptions(case.texts, hiring_history.history_of(context))
    form = sent.get("case") or forms.CaseForm.for_case(
        case, {name: assumption.value for name, assumption in numbers.items()}
    )
    foreign = [] if hide else exchange_rates.foreign_currencies(context)
    facts = fact_fields.fields_by_section(form, foreign=foreign)
    unanswered = [voice for voice in case.endorsements if voice.answered_at is None and voice.expires_at > guard.now()]
    sent_back = case.status == CaseStatus.CHANGES_REQUESTED
    return Draft(
        form=form,
        colleague=sent.get("colleague") or forms.ColleagueForm(formdata=None),
        sections=section_cards.section_cards_of(case, document, form=form, facts=facts, hide=hide),
        groups=_groups(form, numbers),
        dissent=[] if hide else fact_fields.dissent_of(context, came_back=came_back),
        quotes=[] if hide else fact_fields.quotes_of(context, came_back=came_back),
        unanswered=[] if hide else unanswered,
        preview=typed or Preview(article_of(document), SAVED),
        change_request=case.decisions[-1] if sent_back and case.decisions else None,
    )
