"""A case: written, checked, sent, decided, taken back; colleagues asked."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, session

from recruiter.budget import services
from recruiter.budget.frozen import export
from recruiter.budget.models import BudgetCase, CaseStatus, CaseVerdict
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.policy.permissions import Permission
from recruiter.web.budget import forms
from recruiter.web.budget.area import blueprint, home
from recruiter.web.budget.case_page import case_page, fact_fields, source_links
from recruiter.web.budget.case_page.preview import preview_of
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

LINK = "endorsement_link"
STALE = (
    "Somebody else saved this case meanwhile. What you typed is below; compare it with what was saved, then save again."
)


def _show(case: BudgetCase, status: int = 200, **extras: Any) -> Any:
    page = case_page.page_of(case, **extras)
    return render_template("budget/show.html", page=page, has_errors=status >= 400), status  # noqa: PLR2004  # HTTP


@blueprint.get("/cases/<int:case_id>")
@guard.needs(Permission.CASE_READ)
def show(case: BudgetCase) -> Any:
    """A case: a draft to write, else what was frozen and what was decided."""
    link = session.pop(LINK, {})
    return _show(case, link=link.get("link", "") if link.get("case") == case.id else "")


def _write(case: BudgetCase, form: forms.CaseForm) -> None:
    ask = forms.money(form.ask, case.currency)
    recorded = {name: assumption.value for name, assumption in case_page.assumed(case, written=False).items()}
    facts = form.facts(case.currency) | fact_fields.sent_facts(request.form)
    change = services.CaseChange(form.sections(), form.assumptions(recorded), ask, form.needed_by.data, facts)
    services.write(
        db.session(),
        case=case,
        change=change,
        act=guard.act(),
    )


@blueprint.post("/cases/<int:case_id>")
@guard.needs(Permission.CASE_WRITE)
def write(case: BudgetCase) -> Any:
    """Save a draft, check it, or send it. What is saved stays saved when it cannot be sent yet."""
    form, action = forms.CaseForm(), request.form.get("act", "save")
    if not form.validate():
        return _show(case, 422, form=form)
    try:
        if form.version.data not in {None, "", str(case.version)}:
            raise Conflict(STALE)
        _write(case, form)
    except DomainError as error:
        db.session.rollback()
        problem = forms.apply_errors(form, error.errors, error.message)
        form.version.data = str(case.version)
        return _show(case, error.status, form=form, problem=problem)
    try:
        if action == "submit":
            services.submit(
                db.session(),
                case=case,
                act=guard.act(),
                options=case_page.options(),
            )
    except DomainError as error:  # submit refuses before it changes anything, so what was written is kept
        db.session.commit()
        form.version.data = str(case.version)
        left = forms.apply_errors(form, error.errors, error.message)
        return _show(case, error.status, form=form, problem=left or f"{error.message} Your draft is saved.")
    db.session.commit()
    messages = {
        "submit": f"{case.number} sent for a decision and frozen.",
        "check": "Draft saved and checked. What was found is marked below.",
    }
    return redirect_with_flash(
        home(case) + ("#findings" if action == "check" else ""), message=messages.get(action, "Draft saved.")
    )


@blueprint.post("/cases/<int:case_id>/decision")
@guard.needs(Permission.CASE_DECIDE)
def decide(case: BudgetCase) -> Any:
    """Approve up to an amount, refuse, or ask for changes."""
    form, status, problem = forms.DecisionForm(), 422, ""
    if form.validate():
        verdict = CaseVerdict(form.decision.data)
        try:
            services.decide(
                db.session(),
                case=case,
                verdict=verdict,
                amount=forms.money(form.amount, case.currency) if verdict == CaseVerdict.APPROVED else None,
                comment=form.comment.data or "",
                act=guard.act(),
            )
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message), error.status
        else:
            db.session.commit()
            counted_message = f"Your approval of {case.number} counts. It waits for the others of its chain."
            question_message = "Your question is in the record, and you will be told of the answer. Other approvers wait for it; you may approve without it."
            message = f"{case.number}: {case_page.STATES[case.status][0].lower()}."
            is_waiting = case.status == CaseStatus.SUBMITTED
            message = (
                (question_message if verdict == CaseVerdict.QUESTION else counted_message) if is_waiting else message
            )
            return redirect_with_flash(home(case), message=message)
    return _show(case, status, decision=form, problem=problem)


@blueprint.post("/cases/<int:case_id>/answer")
@guard.needs(Permission.CASE_WRITE)
def answer(case: BudgetCase) -> Any:
    """Answer an approver's question; whoever asked is told, and the case waits for a decision as before."""
    form, status, problem = forms.QuestionForm(), 422, ""
    if form.validate():
        try:
            services.answer_question(db.session(), case=case, answer=form.answer.data or "", act=guard.act())
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message), error.status
        else:
            db.session.commit()
            return redirect_with_flash(home(case), message="Your answer is in the record, and whoever asked was told.")
    return _show(case, status, answer=form, problem=problem)


@blueprint.post("/cases/<int:case_id>/withdrawal")
@guard.needs(Permission.CASE_WRITE)
def withdraw(case: BudgetCase) -> Any:
    """Take a case back before it is decided."""
    try:
        services.withdraw(db.session(), case=case, act=guard.act())
    except Conflict as error:
        return redirect_with_flash(home(case), message=error.message, tone="late")
    db.session.commit()
    return redirect_with_flash(home(case), message=f"{case.number} withdrawn.")


@blueprint.post("/cases/<int:case_id>/endorsements")
@guard.needs(Permission.CASE_WRITE)
def ask(case: BudgetCase) -> Any:
    """Ask a colleague of another team; the link is shown once on the next page."""
    form, status, problem = forms.ColleagueForm(), 422, ""
    settings = guard.settings()
    if form.validate():
        try:
            endorsement, link = services.ask_endorsement(
                db.session(),
                case=case,
                email=form.email.data or "",
                question=form.question.data or "",
                base_url=settings.base_url,
                organisation=settings.organisation,
                act=guard.act(),
            )
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message), error.status
        else:
            db.session.commit()
            session[LINK] = {"case": case.id, "link": link}
            return redirect_with_flash(home(case) + "#colleagues", message=f"{endorsement.email} was asked by mail.")
    return _show(case, status, colleague=form, problem=problem)


@blueprint.get("/cases/<int:case_id>/preview")
@guard.needs(Permission.CASE_WRITE)
def previewed(case: BudgetCase) -> Any:
    """A preview is made of what a form sends; without one, the case itself shows what is saved."""
    return redirect(home(case), code=303)


@blueprint.post("/cases/<int:case_id>/preview")
@guard.needs(Permission.CASE_WRITE)
def preview(case: BudgetCase) -> Any:
    """The document as it would be with what was typed; nothing is saved. `?part=article` answers with the document alone."""
    form, alone = forms.CaseForm(), request.args.get("part") == "article"
    preview_shown, problem, status = None, "", 200
    try:
        if form.validate():
            _write(case, form)
            content, _ = case_page.content_of(case)
            preview_shown = preview_of(source_links.for_reader(export.document_of(case, content)), saved=False)
        else:
            status = 422
    except DomainError as error:
        problem, status = forms.apply_errors(form, error.errors, error.message), error.status
    db.session.rollback()  # a preview never saves
    if alone and preview_shown:
        return preview_shown.article
    if alone:
        text = problem or next((error for field in form for error in field.errors), "")
        return Response(text, status=status, mimetype="text/plain")
    return _show(case, status, form=form, problem=problem, typed_in=preview_shown)
