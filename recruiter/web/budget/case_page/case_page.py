"""What the page of a case shows to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from markupsafe import Markup

from recruiter.budget import blind_view, writer_facts
from recruiter.budget.evidence.figures import exchange_rates, hiring_history, vacancy_pricing
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, Endorsement
from recruiter.budget.rules import OPEN
from recruiter.budget.sections import NAMES
from recruiter.documents.layout import band_scale, value_text
from recruiter.documents.model import CaseDocument
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, exponent
from recruiter.offers.approval import approval_rounds
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries as scorecards
from recruiter.web.budget import forms
from recruiter.web.budget.case_page import fact_fields, source_links, status_notes
from recruiter.web.budget.case_page.preview import Preview, preview_of, to_read
from recruiter.web.budget.case_page.previous_case import PreviousCase, previous_case_of
from recruiter.web.budget.case_page.section_cards import SectionCard, section_cards_of
from recruiter.web.layout import tabs
from recruiter.web.offers import approval_progress
from recruiter.web.request import guard

STATES = {
    CaseStatus.DRAFT: ("Draft", ""),
    CaseStatus.SUBMITTED: ("Waits for a decision", "due"),
    CaseStatus.CHANGES_REQUESTED: ("Changes requested", "due"),
    CaseStatus.APPROVED: ("Approved", "ok"),
    CaseStatus.REFUSED: ("Refused", "late"),
    CaseStatus.WITHDRAWN: ("Withdrawn", ""),
}
ASSUMPTION_GROUPS = (("days", "Days until the seat is filled again"), ("empty_seat", "Cover or lost work of a day of the empty seat, as % of daily pay"), ("search", "Outlays of a new search, as % of yearly pay"), ("repeat", "Panel hours of this search spent once more, %"))  # fmt: skip


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
    form: Any
    groups: list[tuple[str, list[tuple[Any, str, str]]]]
    colleague: Any
    decision: Any
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
    answer: Any = None
    altered: str = ""
    no_longer: str = ""
    progress: approval_progress.ApprovalProgress | None = None
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


def options() -> Options:
    """What this company lets into its cases."""
    return Options.of(guard.settings())


def content_of(case: BudgetCase) -> tuple[dict[str, Any], bool]:
    """The content as the viewer may see it, and whether parts are hidden from him: he owes a scorecard on this search."""
    session = db.session()
    content = assembly.displayed_content(session, case, now=guard.now(), options=options())
    hide = scorecards.owes_on(session, viewer=guard.actor(), requisition=case.offer.application.requisition)
    if hide:
        content = {**content, "sections": [blind_view.redact(section) for section in content["sections"]]}
    return content, hide


def typed(money: Money) -> str:
    """An amount as one types it: “204,000”."""
    digits = exponent(money.currency)
    whole, part = divmod(money.amount, 10**digits)
    return f"{whole:,}" + (f".{part:0{digits}d}" if part else "")


def assumed(case: BudgetCase, *, written: bool) -> dict[str, vacancy_pricing.Assumption]:
    """The assumptions on the cost of losing the candidate, with the writer's numbers or as the record alone gives them."""
    session = db.session()
    context = assembly.context_of(session, case, now=guard.now(), options=options())
    milestones = {name: text for name, text in case.texts.items() if name.startswith(writer_facts.PREFIX)}
    return vacancy_pricing.assumptions(case.texts if written else milestones, hiring_history.history_of(context))


def form_of(case: BudgetCase, numbers: dict[str, vacancy_pricing.Assumption]) -> forms.CaseForm:
    """The form of a draft."""
    ask = typed(Money(case.ask, case.currency))
    fact_values = fact_fields.field_values(case, typed)
    return forms.filled_form(
        ask,
        case.needed_by,
        case.version,
        case.texts,
        {name: assumption.value for name, assumption in numbers.items()},
        fact_values,
    )


def _groups(form: Any, numbers: dict[str, vacancy_pricing.Assumption]) -> list[tuple[str, list[tuple[Any, str, str]]]]:
    return [
        (
            label,
            [
                (form[f"{forms.ASSUMED}{kind}_{level}"], level.capitalize(), numbers[f"{kind}_{level}"].origin)
                for level in vacancy_pricing.LEVELS
            ],
        )
        for kind, label in ASSUMPTION_GROUPS
    ]


EARLIER_LABELS = {"First year, all in, difference": "First year above the band", "Run rate each year, difference": "Excess each year"}  # fmt: skip


def _costs(document: CaseDocument) -> list[tuple[str, str]]:
    request_figures = next((section.figures for section in document.sections if section.name == "ask"), ())
    labels = {
        "Excess": "Above the band",
        "First year, all in, difference": "First-year difference",
        "Run rate each year, difference": "Each year after",
    }
    format_evenly = value_text.even_format(
        figure for figure in request_figures if figure.label in {*labels, *EARLIER_LABELS.values()}
    )
    by_label = {figure.label: format_evenly(figure) for figure in request_figures}
    rows = [
        (label, by_label.get(name) or by_label.get(EARLIER_LABELS.get(name, ""), "")) for name, label in labels.items()
    ]
    return [(label, value) for label, value in rows if value]


def breadcrumbs_of(case: BudgetCase, last: str) -> list[tuple[str, str | None]]:
    """The way back: the list, the case, this page."""
    trail: list[tuple[str, str | None]] = [("Budget cases", url_for("budget.index"))]
    return [*trail, (case.number, url_for("budget.show", case_id=case.id)), (last, None)] if last else [*trail, (case.number, None)]  # fmt: skip


def page_of(
    case: BudgetCase,
    *,
    form: Any = None,
    colleague: Any = None,
    decision: Any = None,
    answer: Any = None,
    problem: str = "",
    link: str = "",
    typed_in: Preview | None = None,
) -> CasePage:
    """Gather the page; `form`, `colleague`, `decision` and `answer` are forms that came back with an error, `typed_in` is what was typed as a document."""
    session, viewer = db.session(), guard.actor()
    content, hide = content_of(case)
    document = source_links.for_reader(export.document_of(case, content, hide=hide))
    may_write = permits.permits(session, actor=viewer, permission=Permission.CASE_WRITE, on=case)
    writes = may_write and case.status in OPEN
    numbers = assumed(case, written=True) if writes else {}
    shown_form = form or (form_of(case, numbers) if writes else None)
    findings = assembly.findings(case)
    texts = {name: case.texts.get(name, "") for name in NAMES}
    parts = section_cards_of(content, document, findings, texts, hide=hide, open_=writes)
    requisition = case.offer.application.requisition
    decides = case.status == CaseStatus.SUBMITTED and permits.permits(
        session, actor=viewer, permission=Permission.CASE_DECIDE, on=case
    )
    open_questions = approval_rounds.open_questions(case)
    errors = [
        (form_field.id, message)
        for sent_form in (form, colleague, decision, answer)
        if sent_form
        for form_field in sent_form
        for message in form_field.errors
    ]
    context = assembly.context_of(session, case, now=guard.now(), options=options()) if writes and not hide else None
    return CasePage(
        title=f"{requisition.title}, {case.offer.application.candidate.name}",
        case=case,
        document=document,
        scale=band_scale.scale_of(document),
        costs=_costs(document),
        parts=parts,
        percent=content["completeness"]["percent"],
        needs=sum(1 for section in parts if section.blocked or (not section.done and section.required)),
        form=shown_form,
        groups=_groups(shown_form, numbers) if writes else [],
        colleague=colleague or (forms.ColleagueForm(formdata=None) if writes else None),
        decision=decision or (forms.DecisionForm(formdata=None) if decides else None),
        state=STATES[case.status],
        writes=writes,
        decides=decides,
        withdraws=may_write and case.status in {*OPEN, CaseStatus.SUBMITTED},
        own=case.requested_by_id == viewer.id,
        hidden=hide,
        problem=problem,
        errors=errors,
        link=link,
        breadcrumbs=breadcrumbs_of(case, ""),
        tabs=tabs.requisition_tabs(requisition, "case") if may_write else [],
        fields_by_section=fact_fields.fields_by_section(
            shown_form, foreign=exchange_rates.foreign_currencies(context) if context else ()
        )
        if writes
        else {},
        dissent=fact_fields.dissent_of(context, form) if context else [],
        quotes=fact_fields.quotes_of(context, form) if context else [],
        endorsements=case.endorsements,
        unanswered=status_notes.unanswered(case) if writes and not hide else [],
        preview=(typed_in or preview_of(document)) if writes else None,
        article=None if writes else to_read(document),
        questions=open_questions,
        answer=answer or (forms.QuestionForm(formdata=None) if open_questions and may_write else None),
        altered=status_notes.alteration_note(case),
        no_longer=status_notes.reason_void(case),
        progress=approval_progress.progress_of(case),
        waits_for=status_notes.reason_to_wait(case) if decides else "",
        anew=status_notes.new_case_address(case) if may_write else "",
        before=previous_case_of(case, document),
    )
