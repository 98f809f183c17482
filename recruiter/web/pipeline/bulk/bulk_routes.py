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
from recruiter.web.text.filters import stands as stands_word

ENDED = {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}


@dataclass(frozen=True)
class Pick:
    """One of those chosen: where it stands, and what a reader must know before it is closed."""

    value: str
    name: str
    stands: str
    bench: str
    owner: str
    was: str


@dataclass(frozen=True)
class SeveralPage:
    """A page with one form that acts on several applications."""

    title: str
    do: str
    button: str
    picks: list[Pick]
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
    wanted: dict[int, int | None] = {}
    for value in request.form.getlist("pick"):
        given, _, seen_in = value.partition(":")
        number = text.number(given)
        if number is None:
            raise NotFound
        wanted[number] = text.number(seen_in)
    if len(wanted) > bulk_actions.MOST:
        raise RuleBroken(f"Choose at most {bulk_actions.MOST} applications at a time.")
    found = {one.id: one for one in session.scalars(select(Application).where(Application.id.in_(wanted)))}
    out: list[tuple[Application, int | None]] = []
    for key, stood in wanted.items():
        if key not in found:
            raise NotFound
        one = found[key]
        permits.require(session, actor=guard.actor(), permission=Permission.APPLICATION_MOVE, on=one)
        out.append((one, stood))
    return out


def check_fresh(picked: list[tuple[Application, int | None]], *, ended: bool) -> None:
    """Refuse where somebody else moved or ended one of them since the page was read (Conflict, with who and when)."""
    for one, stood in picked:
        moved = stood is not None and stood != one.stage_id
        if moved or (one.status in ENDED) != ended:
            raise Conflict(
                f"Nothing was changed. {form_action.changed_meanwhile(one)} Look at the list, then send it again."
            )


def _picks(picked: list[tuple[Application, int | None]]) -> list[Pick]:
    session, out = db.session(), []
    zone, now = guard.configured().zone, guard.now()
    places: dict[int, int | None] = {}
    for requisition in {one.requisition_id: one.requisition for one, _ in picked}.values():
        rows = queries.board_rows(session, requisition)
        seen = board_signals.of_requisition(
            session, requisition, rows, viewer=guard.actor(), now=now, zone=zone, calendar=guard.calendar()
        )
        places |= {glance.row.id: glance.place for glance in seen}
    for one, _ in picked:
        place = places.get(one.id)
        label = "" if one.finalist is None else "on the slate"
        if place is not None:
            label = "1st choice" if place == 1 else f"Backup {place - 1}"
        ended = one.status in ENDED
        stands = f"{stands_word(one.status)} in {one.stage.name}" if ended else one.stage.name
        owner, was = owner_routes.with_whom(one.owner), f"{one.id}:{one.owner_id or ''}"
        out.append(Pick(f"{one.id}:{one.stage_id}", one.candidate.name, stands, label, owner, was))
    return out


def _move(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    stages = picked[0].requisition.stages
    form = forms.several_move_form(stages)

    def act() -> tuple[str, str]:
        secret = bulk_actions.move(
            db.session(),
            chosen=picked,
            to_stage=form.to_stage.data,
            reason=form.reason.data or "",
            actor=guard.actor(),
            now=guard.now(),
        )
        return secret, f"{_people(len(picked))} moved to {form.to_stage.data}."

    return form, act, [(one.name, one.name) for one in stages if one.kind != StageKind.HIRED]


def _close(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    bench = any(one.finalist is not None for one in picked)
    form = forms.end_form("rejection", bench=bench)

    def act() -> tuple[str, str]:
        secret = bulk_actions.reject(
            db.session(),
            chosen=picked,
            reason=form.said(),
            release_bench=bench and bool(form.release_bench.data),
            actor=guard.actor(),
            now=guard.now(),
        )
        return secret, f"{_people(len(picked))} closed."

    return form, act, [(one.code, one.label) for one in reasons.of_kind("rejection")]


def _reopen(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    form = forms.ReopenForm()

    def act() -> tuple[str, str]:
        reason = form.reason.data or ""
        secret = bulk_actions.reopen(db.session(), chosen=picked, reason=reason, actor=guard.actor(), now=guard.now())
        return secret, f"{_people(len(picked))} reopened where they stood."

    return form, act, []


def _hand(picked: list[Application]) -> tuple[Any, Callable[[], tuple[str, str]], Options]:
    lists = {one.requisition_id: owner_routes.movers(one.requisition) for one in picked}
    people = [one for one in next(iter(lists.values())) if all(one in found for found in lists.values())]
    form = forms.owner_form(people)

    def act() -> tuple[str, str]:
        seen = dict(value.split(":", 1) for value in request.form.getlist("was") if ":" in value)
        for one in picked:
            if seen.get(str(one.id), str(one.owner_id or "")) != str(one.owner_id or ""):
                raise Conflict(
                    f"Nothing was changed. {owner_routes.handed_meanwhile(one)} Look at the list, then send it again."
                )
        to = next((one for one in people if str(one.id) == form.owner.data), None)
        secret = bulk_actions.hand(
            db.session(),
            chosen=picked,
            to=to,
            among=lambda one: [each.id for each in lists[one.id]],
            actor=guard.actor(),
            now=guard.now(),
        )
        return secret, f"{_people(len(picked))} {'are' if len(picked) > 1 else 'is'} {owner_routes.with_whom(to)} now."

    return form, act, forms.owners(people)


ACTS = {
    "move": ("Move", _move),
    "close": ("Close", _close),
    "reopen": ("Reopen", _reopen),
    "hand": ("Set owner of", _hand),
}
ASKED_ONCE = {"close", "reopen"}


@blueprint.post("/applications/bulk")
@guard.needs(Permission.APPLICATION_BULK)
def several() -> Any:
    """Move, close, reopen or hand over those who were ticked; what asks for a reason asks on a page of its own, with everybody listed."""
    do, back = request.form.get("do", ""), form_action.came_from() or url_for("requisitions.index")
    if do not in ACTS:
        raise RuleBroken("Choose what to do with those whom you ticked.")
    picked = chosen()
    if not picked:
        return guard.go(back, said="Tick at least one person first.", tone="late")
    label, make = ACTS[do]
    form, act, options = make([one for one, _ in picked])
    problem, status = "", 200
    if do == "move" or request.form.get("asked"):
        status = 422
        if form.validate():
            try:
                check_fresh(picked, ended=do == "reopen")
                secret, said = act()
            except DomainError as error:
                db.session.rollback()
                forms.lay(form, error.errors, error.message)
                once = do in ASKED_ONCE and "reason" in error.errors  # of all of them, so nobody is named for it
                problem, status = "Nothing was changed." if once else error.message, error.status
            else:
                db.session.commit()
                return guard.go(back, said=said, undo=url_for("pipeline.undo", secret=secret, back=back))
    page = SeveralPage(
        title=f"{label} {_people(len(picked))}",
        do=do,
        button=f"{label} {_people(len(picked))}",
        picks=_picks(picked),
        form=form,
        problem=problem,
        options=options,
        bench=any(one.finalist is not None for one, _ in picked),
        back=back,
        breadcrumbs=crumbs.of_requisition(picked[0][0].requisition, label.removesuffix(" of")),
    )
    return render_template("pipeline/several.html", page=page, has_errors=bool(problem or form.errors)), status
