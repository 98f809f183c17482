"""Several applications at a time, chosen on the board or in the table: moved, closed, reopened or given to an owner, all or none, with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select

from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError, NotFound, RuleBroken
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.overview import board_signals
from recruiter.pipeline import queries, reasons
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import StageKind
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.pipeline.application import form_action, forms
from recruiter.web.pipeline.application.form_action import Options
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk import owner_routes
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.text.filters import application_status as stands_word

ENDED = {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}


@dataclass(frozen=True)
class Picked:
    """One of those chosen: where it stands, and what a reader must know before it is closed."""

    value: str
    name: str
    stage_text: str
    bench: str
    owner: str
    owner_seen: str


@dataclass(frozen=True)
class SeveralPage:
    """A page with one form that acts on several applications."""

    title: str
    do: str
    button: str
    picks: list[Picked]
    form: Any
    problem: str
    options: Options
    bench: bool
    back: str
    breadcrumbs: crumbs.Crumbs


def _people(count: int) -> str:
    return f"{count} application{'s' if count != 1 else ''}"


def chosen() -> list[tuple[Application, int | None]]:
    """The applications that were ticked, each with the stage in which somebody saw it. Raises NotFound for what is not his."""
    session = db.session()
    stages_seen: dict[int, int | None] = {}
    for value in request.form.getlist("pick"):
        id_text, _, seen_in = value.partition(":")
        number = text.number(id_text)
        if number is None:
            raise NotFound
        stages_seen[number] = text.number(seen_in)
    if len(stages_seen) > bulk_actions.MOST:
        raise RuleBroken(f"Choose at most {bulk_actions.MOST} applications at a time.")
    applications = {
        application.id: application
        for application in session.scalars(select(Application).where(Application.id.in_(stages_seen)))
    }
    picked: list[tuple[Application, int | None]] = []
    for key, stage_seen in stages_seen.items():
        if key not in applications:
            raise NotFound
        application = applications[key]
        permits.require(session, actor=guard.actor(), permission=Permission.APPLICATION_MOVE, on=application)
        picked.append((application, stage_seen))
    return picked


def check_unchanged(picked: list[tuple[Application, int | None]], *, ended: bool) -> None:
    """Refuse where somebody else moved or ended one of them since the page was read (Conflict, with who and when)."""
    for application, stage_seen in picked:
        moved = stage_seen is not None and stage_seen != application.stage_id
        if moved or (application.status in ENDED) != ended:
            raise Conflict(
                f"Nothing was changed. {form_action.latest_change_text(application)} Look at the list, then send it again."
            )


def _picks(picked: list[tuple[Application, int | None]]) -> list[Picked]:
    session, picks = db.session(), []
    places: dict[int, int | None] = {}
    for requisition in {application.requisition_id: application.requisition for application, _ in picked}.values():
        rows = queries.board_rows(session, requisition)
        items = board_signals.of_requisition(session, requisition, rows, viewer=guard.actor(), moment=guard.act())
        places |= {item.row.id: item.place for item in items}
    for application, _ in picked:
        place = places.get(application.id)
        label = "" if application.finalist is None else "on the slate"
        if place is not None:
            label = "1st choice" if place == 1 else f"Backup {place - 1}"
        ended = application.status in ENDED
        stage_text = (
            f"{stands_word(application.status)} in {application.stage.name}" if ended else application.stage.name
        )
        owner, owner_seen = owner_routes.owner_text(application.owner), f"{application.id}:{application.owner_id or ''}"
        picks.append(
            Picked(
                f"{application.id}:{application.stage_id}",
                application.candidate.name,
                stage_text,
                label,
                owner,
                owner_seen,
            )
        )
    return picks


def _move(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    stages = picked[0].requisition.stages
    form = forms.several_move_form(stages)

    def act() -> tuple[str, str]:
        secret = bulk_actions.move(
            db.session(),
            chosen=picked,
            to_stage=form.to_stage.data,
            reason=form.reason.data or "",
            act=guard.act(),
        )
        return secret, f"{_people(len(picked))} moved to {form.to_stage.data}."

    return form, act, [(stage.name, stage.name) for stage in stages if stage.kind != StageKind.HIRED]


def _close(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    bench = any(application.finalist is not None for application in picked)
    form = forms.end_form("rejection", bench=bench)

    def act() -> tuple[str, str]:
        secret = bulk_actions.reject(
            db.session(),
            chosen=picked,
            reason=form.reason_given(),
            release_bench=bench and bool(form.release_bench.data),
            act=guard.act(),
        )
        return secret, f"{_people(len(picked))} closed."

    return form, act, [(reason.code, reason.label) for reason in reasons.of_kind("rejection")]


def _reopen(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    form = forms.ReopenForm()

    def act() -> tuple[str, str]:
        reason = form.reason.data or ""
        secret = bulk_actions.reopen(db.session(), chosen=picked, reason=reason, act=guard.act())
        return secret, f"{_people(len(picked))} reopened where they stood."

    return form, act, []


def _hand(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    lists = {application.requisition_id: owner_routes.movers(application.requisition) for application in picked}
    people = [user for user in next(iter(lists.values())) if all(user in movers for movers in lists.values())]
    form = forms.owner_form(people)

    def act() -> tuple[str, str]:
        owners_seen = dict(value.split(":", 1) for value in request.form.getlist("was") if ":" in value)
        for application in picked:
            if owners_seen.get(str(application.id), str(application.owner_id or "")) != str(application.owner_id or ""):
                raise Conflict(
                    f"Nothing was changed. {owner_routes.latest_handover_text(application)} Look at the list, then send it again."
                )
        to = next((user for user in people if str(user.id) == form.owner.data), None)
        secret = bulk_actions.hand(
            db.session(),
            chosen=picked,
            to=to,
            among=lambda requisition: [user.id for user in lists[requisition.id]],
            act=guard.act(),
        )
        return secret, f"{_people(len(picked))} {'are' if len(picked) > 1 else 'is'} {owner_routes.owner_text(to)} now."

    return form, act, forms.owners(people)


ACTS = {
    "move": ("Move", _move),
    "close": ("Close", _close),
    "reopen": ("Reopen", _reopen),
    "hand": ("Set owner of", _hand),
}
SHARED_REASON = {"close", "reopen"}


@blueprint.post("/applications/bulk")
@guard.needs(Permission.APPLICATION_BULK)
def several() -> Any:
    """Move, close, reopen or hand over those who were ticked; what asks for a reason asks on a page of its own, with everybody listed."""
    do, back = request.form.get("do", ""), form_action.came_from() or url_for("requisitions.index")
    if do not in ACTS:
        raise RuleBroken("Choose what to do with those whom you ticked.")
    picked = chosen()
    if not picked:
        return redirect_with_flash(back, message="Tick at least one person first.", tone="late")
    label, make = ACTS[do]
    form, act, options = make([application for application, _ in picked])
    problem, status = "", 200
    if do == "move" or request.form.get("asked"):
        status = 422
        if form.validate():
            try:
                check_unchanged(picked, ended=do == "reopen")
                secret, message = act()
            except DomainError as error:
                db.session.rollback()
                forms.apply_errors(form, error.errors, error.message)
                is_shared_reason = (
                    do in SHARED_REASON and "reason" in error.errors
                )  # of all of them, so nobody is named for it
                problem, status = "Nothing was changed." if is_shared_reason else error.message, error.status
            else:
                db.session.commit()
                return redirect_with_flash(
                    back, message=message, undo=url_for("pipeline.undo", secret=secret, back=back)
                )
    page = SeveralPage(
        title=f"{label} {_people(len(picked))}",
        do=do,
        button=f"{label} {_people(len(picked))}",
        picks=_picks(picked),
        form=form,
        problem=problem,
        options=options,
        bench=any(application.finalist is not None for application, _ in picked),
        back=back,
        breadcrumbs=crumbs.of_requisition(picked[0][0].requisition, label.removesuffix(" of")),
    )
    return render_template("pipeline/several.html", page=page, has_errors=bool(problem or form.errors)), status
