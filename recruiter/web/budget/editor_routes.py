"""A case: written, checked, sent, decided, taken back; colleagues asked."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from recruiter.budget import decided_amounts, decision_services, services
from recruiter.budget.evidence.types import Options
from recruiter.budget.models import BudgetCase, CaseDecision, CaseVerdict, Endorsement
from recruiter.foundation import money
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.policy.permissions import Permission
from recruiter.web.budget import forms
from recruiter.web.budget.area import blueprint, home
from recruiter.web.budget.case_page import case_page, draft, fact_fields
from recruiter.web.budget.case_page.draft import Preview
from recruiter.web.budget.case_page.labels import STATES
from recruiter.web.budget.case_page.status_notes import check_content_unchanged
from recruiter.web.request import guard, turn
from recruiter.web.request.conflicts import check_unchanged, mark_seen
from recruiter.web.request.form_handling import (
    RejectedForm,
    apply_errors,
    commit_draft,
    discard_changes,
    handle_act,
    handle_form,
)
from recruiter.web.request.typed_money import typed_money

LINK = "endorsement_link"
SAVED = {
    "submit": "{} sent for a decision and frozen.",
    "check": "Draft saved and checked. What was found is marked below.",
}
COUNTED = "Your approval of {} counts. It waits for the others of its chain."
QUESTIONED = "Your question is in the record, and you will be told of the answer. Other approvers wait for it; you may approve without it."


def _show(case: BudgetCase, failed: RejectedForm | None = None, *, link: str = "", typed: Preview | None = None) -> str:
    page = case_page.page_of(case, failed, link=link, typed=typed)
    return render_template("budget/show.html", page=page, has_errors=bool(page.problem or page.errors))


@blueprint.page("/cases/<int:case_id>", Permission.CASE_READ)
def show(case: BudgetCase) -> ResponseReturnValue:
    """A case: a draft to write, else what was frozen and what was decided."""
    link = session.pop(LINK, {})
    return _show(case, link=link.get("link", "") if link.get("case") == case.id else "")


def _write(case: BudgetCase, form: forms.CaseForm) -> None:
    change = form.value(case, recorded=draft.recorded_numbers(case), more=fact_fields.sent_facts(request.form))
    services.write(db.session(), case=case, change=change, act=guard.act())


def _submit(case: BudgetCase, form: forms.CaseForm) -> None:
    commit_draft()
    try:
        services.submit(db.session(), case=case, act=guard.act(), options=Options.of(guard.settings()))
    except DomainError as error:
        form.form_errors = [f"{error.message} Your draft is saved."] if error.errors else []
        raise


@blueprint.act("/cases/<int:case_id>", Permission.CASE_WRITE)
def write(case: BudgetCase) -> ResponseReturnValue:
    """Save a draft, check it, or send it. What is saved stays saved when it cannot be sent yet."""
    form, action = forms.CaseForm(), request.form.get("act", "save")

    def save() -> None:
        check_unchanged(form.version.data, case, "case")
        _write(case, form)
        if action == "submit":
            _submit(case, form)

    def again() -> str:
        form.version.data = str(case.version)
        return _show(case, RejectedForm("case", form))

    return handle_form(
        form,
        save=save,
        again=again,
        home=home(case) + ("#findings" if action == "check" else ""),
        flash=SAVED.get(action, "Draft saved.").format(case.number),
        fields=forms.ERROR_FIELDS,
    )


def _decided(case: BudgetCase) -> str:
    if case.awaits_approval:
        questioned = case.decisions[-1].decision == CaseVerdict.QUESTION
        return QUESTIONED if questioned else COUNTED.format(case.number)
    decided = decided_amounts.decided_amount(case)
    return f"{case.number}: {STATES[case.status].label.lower()}{f' up to {money.show(decided)}' if decided else ''}."


@blueprint.act("/cases/<int:case_id>/decision", Permission.CASE_DECIDE)
def decide(case: BudgetCase) -> ResponseReturnValue:
    """Approve up to an amount, refuse, or ask for changes."""
    form = forms.DecisionForm()

    def save() -> BudgetCase:
        seen = mark_seen(form, "sha256", case, "case")
        check_content_unchanged(case, form.sha256.data)
        verdict = CaseVerdict(form.decision.data)
        amount = typed_money(form.amount, case.currency) if verdict == CaseVerdict.APPROVED else None
        return decision_services.decide(
            db.session(),
            case=case,
            verdict=verdict,
            amount=amount,
            comment=form.comment.data or "",
            act=guard.act(),
            seen=seen,
        )

    return handle_form(
        form, save=save, again=lambda: _show(case, RejectedForm("decision", form)), home=home(case), flash=_decided
    )


@blueprint.act("/cases/<int:case_id>/answer", Permission.CASE_WRITE)
def answer(case: BudgetCase) -> ResponseReturnValue:
    """Answer an approver's question; whoever asked is told, and the case waits for a decision as before."""
    form = forms.QuestionForm()

    def save() -> CaseDecision:
        text = form.answer.data or ""
        return decision_services.answer_question(db.session(), case=case, answer=text, act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: _show(case, RejectedForm("answer", form)),
        home=home(case),
        flash="Your answer is in the record, and whoever asked was told.",
    )


@blueprint.act("/cases/<int:case_id>/withdrawal", Permission.CASE_WRITE)
def withdraw(case: BudgetCase) -> ResponseReturnValue:
    """Take a case back before it is decided."""
    return handle_act(
        lambda: services.withdraw(db.session(), case=case, act=guard.act()),
        home=home(case),
        flash=f"{case.number} withdrawn.",
    )


@blueprint.act("/cases/<int:case_id>/endorsements", Permission.CASE_WRITE)
def ask(case: BudgetCase) -> ResponseReturnValue:
    """Ask a colleague of another team; the link is shown once on the next page."""
    form, settings = forms.ColleagueForm(), guard.settings()

    def save() -> Endorsement:
        endorsement, link = services.ask_endorsement(
            db.session(),
            case=case,
            email=form.email.data or "",
            question=form.question.data or "",
            base_url=settings.base_url,
            organisation=settings.organisation,
            act=guard.act(),
        )
        session[LINK] = {"case": case.id, "link": link}
        return endorsement

    return handle_form(
        form,
        save=save,
        again=lambda: _show(case, RejectedForm("colleague", form)),
        home=home(case) + "#colleagues",
        flash=lambda endorsement: f"{endorsement.email} was asked by mail.",
    )


@blueprint.page("/cases/<int:case_id>/preview", Permission.CASE_WRITE)
def previewed(case: BudgetCase) -> ResponseReturnValue:
    """A preview is made of what a form sends; without one, the case itself shows what is saved."""
    return redirect(home(case), code=303)


@blueprint.act("/cases/<int:case_id>/preview", Permission.CASE_WRITE)
def preview(case: BudgetCase) -> ResponseReturnValue:
    """The document as it would be with what was typed; nothing is saved. `?part=article` answers with the document alone."""
    form, alone = forms.CaseForm(), request.args.get("part") == "article"
    typed, status = None, 200
    try:
        if form.validate():
            turn.wait()
            _write(case, form)
            typed = Preview(draft.article_of(case_page.document_of(case)[0]), draft.TYPED)
        else:
            status = 422
    except DomainError as error:
        apply_errors(form, error, fields=forms.ERROR_FIELDS)
        status = error.status
    discard_changes()
    if not alone:
        return _show(case, RejectedForm("case", form), typed=typed), status
    if typed:
        return typed.article
    errors = [*form.form_errors, *(error for field in form for error in field.errors)]
    return Response(next(iter(errors), ""), status=status, mimetype="text/plain")
