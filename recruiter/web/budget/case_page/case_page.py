"""What the page of a case shows to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup
from wtforms import Field

from recruiter.budget import blind_view, writer_facts
from recruiter.budget.evidence.figures import exchange_rates, hiring_history, vacancy_assumptions, vacancy_pricing
from recruiter.budget.evidence.types import CaseContext, Content, Options
from recruiter.budget.frozen import assembly, export
from recruiter.budget.models import IN_PROGRESS, BudgetCase, CaseDecision, CaseStatus, Endorsement
from recruiter.budget.sections import NAMES
from recruiter.documents.layout import band_scale, value_text
from recruiter.documents.model import CaseDocument
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money
from recruiter.foundation.wording import typed_amount
from recruiter.offers.approval import approval_rounds
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.budget import forms
from recruiter.web.budget.case_page import fact_fields, source_links, status_notes
from recruiter.web.budget.case_page.preview import Preview, preview_of, to_read
from recruiter.web.budget.case_page.previous_case import PreviousCase, previous_case_of
from recruiter.web.budget.case_page.section_cards import SectionCard, section_cards_of
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error

STATES = {
    CaseStatus.DRAFT: ("Draft", ""),
    CaseStatus.SUBMITTED: ("Waits for a decision", "due"),
    CaseStatus.CHANGES_REQUESTED: ("Changes requested", "due"),
    CaseStatus.APPROVED: ("Approved", "ok"),
    CaseStatus.REFUSED: ("Refused", "late"),
    CaseStatus.WITHDRAWN: ("Withdrawn", ""),
}
AssumptionGroup = tuple[str, list[tuple[Field, str, str]]]  # its label; field, level and origin of each number


@dataclass(frozen=True)
class CasePage:
    """A case."""

    title: str
    case: BudgetCase
    document: CaseDocument
    scale: band_scale.Scale
    costs: list[tuple[str, str]]
    parts: list[SectionCard]
    percent: int
    needs: int
    form: forms.CaseForm | None
    groups: list[AssumptionGroup]
    colleague: forms.ColleagueForm | None
    decision: forms.DecisionForm | None
    state: tuple[str, str]
    writes: bool
    decides: bool
    withdraws: bool
    own: bool
    hidden: bool
    problem: str
    errors: list[tuple[str, str]]
    link: str
    breadcrumbs: list[tuple[str, str | None]]
    tabs: list[tabs.Tab]
    fields_by_section: dict[str, list[fact_fields.FactField]] = field(default_factory=dict)
    dissent: list[fact_fields.Dissent] = field(default_factory=list)
    quotes: list[fact_fields.Quote] = field(default_factory=list)
    endorsements: list[Endorsement] = field(default_factory=list)
    unanswered: list[Endorsement] = field(default_factory=list)
    preview: Preview | None = None
    article: Markup | None = None
    questions: list[CaseDecision] = field(default_factory=list)
    answer: forms.QuestionForm | None = None
    altered: str = ""
    no_longer: str = ""
    progress: approval_rounds.ApprovalProgress | None = None
    waits_for: str = ""
    anew: str = ""
    before: PreviousCase | None = None

    @property
    def ask(self) -> Money:
        """The base asked for."""
        return Money(self.case.ask, self.case.currency)

    def amount(self, decision: CaseDecision) -> Money:
        """What a decision allows."""
        return Money(decision.amount or 0, self.case.currency)


def content_of(case: BudgetCase) -> tuple[Content, bool]:
    """The content as the viewer may see it, and whether parts are hidden from them: they owe a scorecard on this search."""
    return blind_view.visible_content(db.session(), case, act=guard.act(), options=Options.of(guard.settings()))


def _context(case: BudgetCase) -> CaseContext:
    return assembly.context_of(db.session(), case, moment=guard.act(), options=Options.of(guard.settings()))


def recorded_numbers(case: BudgetCase) -> dict[str, int]:
    """The assumptions on the cost of losing the candidate as the record alone gives them, without the writer's numbers."""
    facts = {name: text for name, text in case.texts.items() if name.startswith(writer_facts.PREFIX)}
    assumptions = vacancy_pricing.assumptions(facts, hiring_history.history_of(_context(case)))
    return {name: assumption.value for name, assumption in assumptions.items()}


def _draft_form(case: BudgetCase, numbers: dict[str, vacancy_pricing.Assumption]) -> forms.CaseForm:
    return forms.filled_form(
        typed_amount(Money(case.ask, case.currency)),
        case.needed_by,
        case.version,
        case.texts,
        {name: assumption.value for name, assumption in numbers.items()},
        fact_fields.field_values(case),
    )


def _groups(form: forms.CaseForm, numbers: dict[str, vacancy_pricing.Assumption]) -> list[AssumptionGroup]:
    return [
        (
            kind.field_label,
            [
                (form[f"{forms.ASSUMED}{name}_{level}"], level.capitalize(), numbers[f"{name}_{level}"].origin)
                for level in vacancy_assumptions.LEVELS
            ],
        )
        for name, kind in vacancy_assumptions.KINDS.items()
    ]


# The costs at the head of the page: the key of a figure, that of the figure which earlier cases have instead, and its name.
COSTS = (
    ("excess", "", "Above the band"),
    ("first_year_all_in_difference", "first_year_above_the_band", "First-year difference"),
    ("run_rate_each_year_difference", "excess_each_year", "Each year after"),
)


def _costs(document: CaseDocument) -> list[tuple[str, str]]:
    figures = next((section.figures for section in document.sections if section.name == "ask"), ())
    by_key = {figure.key: figure for figure in figures}
    costs = [(name, by_key.get(key) or by_key.get(earlier)) for key, earlier, name in COSTS]
    format_evenly = value_text.even_format(figure for _, figure in costs if figure)
    return [(name, format_evenly(figure)) for name, figure in costs if figure]


def page_of(
    case: BudgetCase, sent: forms.Sent = forms.NOTHING_SENT, *, link: str = "", typed: Preview | None = None
) -> CasePage:
    """Gather the page; a form of `sent` came back with something to mend, `typed` is what was typed as a document."""
    session, viewer = db.session(), guard.actor()
    content, hide = content_of(case)
    document = source_links.for_reader(export.document_of(case, content, hide=hide, zone=guard.zone()))
    may_write = permits.permits(session, actor=viewer, permission=Permission.CASE_WRITE, on=case)
    writes = may_write and case.is_open
    context = _context(case) if writes else None
    numbers = vacancy_pricing.assumptions(case.texts, hiring_history.history_of(context)) if context else {}
    form = (sent.case or _draft_form(case, numbers)) if writes else None
    findings = assembly.findings(case)
    texts = {name: case.texts.get(name, "") for name in NAMES}
    parts = section_cards_of(content, document, findings, texts, hide=hide, open_=writes)
    requisition = case.offer.application.requisition
    decides = case.status == CaseStatus.SUBMITTED and permits.permits(
        session, actor=viewer, permission=Permission.CASE_DECIDE, on=case
    )
    open_questions = approval_rounds.open_questions(case)
    visible = context if not hide else None
    return CasePage(
        title=f"{requisition.title}, {case.offer.application.candidate.name}",
        case=case,
        document=document,
        scale=band_scale.scale_of(document),
        costs=_costs(document),
        parts=parts,
        percent=content["completeness"]["percent"],
        needs=sum(1 for section in parts if section.blocked or (not section.done and section.required)),
        form=form,
        groups=_groups(form, numbers) if form else [],
        colleague=sent.colleague or (forms.ColleagueForm(formdata=None) if writes else None),
        decision=sent.decision or (forms.DecisionForm(formdata=None) if decides else None),
        state=STATES[case.status],
        writes=writes,
        decides=decides,
        withdraws=may_write and case.status in IN_PROGRESS,
        own=case.requested_by_id == viewer.id,
        hidden=hide,
        problem=" ".join(general_error(form) for form in sent.forms),
        errors=[(field.id, message) for form in sent.forms for field in form for message in field.errors],
        link=link,
        breadcrumbs=[("Budget cases", url_for("budget.index")), (case.number, None)],
        tabs=tabs.requisition_tabs(requisition, "case") if may_write else [],
        fields_by_section=fact_fields.fields_by_section(
            form, foreign=exchange_rates.foreign_currencies(visible) if visible else ()
        )
        if form
        else {},
        dissent=fact_fields.dissent_of(visible, came_back=sent.case is not None) if visible else [],
        quotes=fact_fields.quotes_of(visible, came_back=sent.case is not None) if visible else [],
        endorsements=case.endorsements,
        unanswered=status_notes.unanswered(case) if writes and not hide else [],
        preview=(typed or preview_of(document)) if writes else None,
        article=None if writes else to_read(document),
        questions=open_questions,
        answer=sent.answer or (forms.QuestionForm(formdata=None) if open_questions and may_write else None),
        altered=status_notes.alteration_note(case),
        no_longer=status_notes.reason_void(case),
        progress=approval_rounds.progress_of(case),
        waits_for=status_notes.reason_to_wait(case) if decides else "",
        anew=status_notes.new_case_address(case) if may_write else "",
        before=previous_case_of(case, document),
    )
