"""What the page of a case shows to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from recruiter.budget import blind_view, decided_amounts
from recruiter.budget.evidence.types import Content, Options
from recruiter.budget.frozen import export
from recruiter.budget.models import IN_PROGRESS, BudgetCase, CaseDecision, Endorsement
from recruiter.documents.layout import band_scale, value_text
from recruiter.documents.model import CaseDocument
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money
from recruiter.offers.approval import approval_rounds
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.budget import forms
from recruiter.web.budget.case_page import labels, source_links, status_notes
from recruiter.web.budget.case_page.draft import Draft, Preview, article_of, draft_of
from recruiter.web.budget.case_page.previous_case import PreviousCase, previous_case_of
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm
from recruiter.web.scorecards import owed_cards

# The costs at the head of the page: the key of a figure, that of the figure which earlier cases have instead, and its name.
COSTS = (
    ("excess", "", "Above the band"),
    ("first_year_all_in_difference", "first_year_above_the_band", "First-year difference"),
    ("run_rate_each_year_difference", "excess_each_year", "Each year after"),
)


@dataclass(frozen=True)
class CasePage:
    """A case; `draft` for whoever may write it, `decision` for whoever may decide on it now, else why not yet (an icon, a sentence)."""

    title: str
    case: BudgetCase
    document: CaseDocument
    scale: band_scale.Scale
    costs: list[tuple[str, str]]
    state: labels.Badge
    draft: Draft | None
    article: Markup | None
    decision: forms.DecisionForm | None
    not_yet: tuple[str, str] | None
    questions: list[CaseDecision]
    answer: forms.QuestionForm | None
    withdraws: bool
    hidden: bool
    owed: str
    problem: str
    errors: list[tuple[str, str]]
    link: str
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    altered: str
    no_longer: str
    progress: approval_rounds.ApprovalProgress | None
    anew: str
    exceeds: bool  # whether the offer asks for more than the case was approved for
    before: PreviousCase | None

    @property
    def decided(self) -> Money | None:
        """The base up to which it was approved."""
        return decided_amounts.decided_amount(self.case)

    @property
    def limit(self) -> Money:
        """The most that an approval can still allow: what is asked for, or the smallest amount that was approved so far."""
        return decided_amounts.smallest_approved(self.case, self.case.decisions)

    @property
    def endorsements(self) -> list[tuple[Endorsement, labels.Badge]]:
        """Which colleagues were asked, and what they say."""
        return [(endorsement, labels.answered(endorsement)) for endorsement in self.case.endorsements]

    @property
    def decisions(self) -> list[tuple[str, CaseDecision]]:
        """What was decided, asked and answered, each with what it is called."""
        return labels.labelled(self.case.decisions)


def content_of(case: BudgetCase) -> tuple[Content, bool]:
    """The content as the viewer may see it, and whether parts are hidden from them: they owe a scorecard on this search."""
    return blind_view.visible_content(db.session(), case, act=guard.act(), options=Options.of(guard.settings()))


def document_of(case: BudgetCase) -> tuple[CaseDocument, bool]:
    """The document as the viewer may see it, and whether parts are hidden from them."""
    content, hide = content_of(case)
    return source_links.for_reader(export.document_of(case, content, hide=hide, zone=guard.zone())), hide


def _costs(document: CaseDocument) -> list[tuple[str, str]]:
    figures = next((section.figures for section in document.sections if section.name == "ask"), ())
    by_key = {figure.key: figure for figure in figures}
    costs = [(name, by_key.get(key) or by_key.get(earlier)) for key, earlier, name in COSTS]
    format_evenly = value_text.even_format(figure for _, figure in costs if figure)
    return [(name, format_evenly(figure)) for name, figure in costs if figure]


def page_of(
    case: BudgetCase, failed: RejectedForm | None = None, *, link: str = "", typed: Preview | None = None
) -> CasePage:
    """Gather the page; `failed` came back with something to mend, `typed` is what was typed as a document."""
    document, hide = document_of(case)
    session, viewer = db.session(), guard.actor()
    may_write = permits.permits(session, actor=viewer, permission=Permission.CASE_WRITE, on=case)
    may_decide = case.awaits_approval and permits.permits(
        session, actor=viewer, permission=Permission.CASE_DECIDE, on=case
    )
    draft = draft_of(case, document, failed=failed, typed=typed, hide=hide) if may_write and case.is_open else None
    not_yet = status_notes.reason_to_wait(case) if may_decide else None
    questions = approval_rounds.open_questions(case)
    sent = {failed.key: failed.form} if failed else {}
    application = case.offer.application
    return CasePage(
        title=f"{application.requisition.title}, {application.candidate.name}",
        case=case,
        document=document,
        scale=band_scale.scale_of(document),
        costs=_costs(document),
        state=labels.STATES[case.status],
        draft=draft,
        article=None if draft else article_of(document, folded=True),
        decision=(sent.get("decision") or forms.DecisionForm(formdata=None)) if may_decide and not not_yet else None,
        not_yet=not_yet,
        questions=questions,
        answer=sent.get("answer") or (forms.QuestionForm(formdata=None) if questions and may_write else None),
        withdraws=may_write and case.status in IN_PROGRESS,
        hidden=hide,
        owed=owed_cards.on_requisition(case.requisition) if hide else "",
        problem=failed.problem if failed else "",
        errors=failed.errors if failed else [],
        link=link,
        breadcrumbs=[("Budget cases", url_for("budget.index")), (case.number, None)],
        tabs=tabs.requisition_tabs(application.requisition, "case") if may_write else [],
        altered=status_notes.alteration_note(case),
        no_longer=status_notes.reason_void(case),
        progress=approval_rounds.progress_of(case) if case.awaits_approval else None,
        exceeds=status_notes.exceeds_decided_amount(case),
        anew=status_notes.new_case_address(case) if may_write else "",
        before=previous_case_of(case, document),
    )
