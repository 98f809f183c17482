"""The first choice is lost: what a promotion would do, and the form that does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.calendar import add_working_days
from recruiter.foundation.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.foundation.money import Money
from recruiter.keepwarm import listing, promotion, queries, rules, without_bench
from recruiter.keepwarm.models import FallThrough, Phase, PromiseState
from recruiter.keepwarm.promotion import Prospect
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, Finalist
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web import guard, tabs
from recruiter.web.keepwarm import bench as records
from recruiter.web.keepwarm import forms, lines, words
from recruiter.web.keepwarm.area import blueprint

KIND = "fall_through"
MOVED_ON = "Nothing was changed. The slate has moved on since this page was opened, so look again before you promote."
SILENT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Renewal:
    """A promise to somebody who waits on, and the date to which it will be renewed."""

    name: str
    what: str
    before: dt.date
    after: dt.date


@dataclass(frozen=True)
class PromotePage:
    """What a promotion would do."""

    title: str
    requisition: Requisition
    breadcrumbs: list[tuple[str, str | None]]
    tabs: list[tabs.Tab]
    nobody: str
    problem: str
    form: forms.PromoteForm
    token: str = ""
    lost: Application | None = None
    loss: FallThrough | None = None
    phase: str = ""
    stands: str = ""
    next: lines.Line | None = None
    bench: list[lines.Line] = field(default_factory=list)
    checks: list[records.Check] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    renewals: list[Renewal] = field(default_factory=list)
    draft: Money | None = None
    begun: bool = False
    band: bool = True
    pay: bool = False
    here: list[without_bench.Offered] = field(default_factory=list)
    seconds: list[without_bench.Offered] = field(default_factory=list)


def _plan(requisition: Requisition) -> Prospect | str:
    """What a promotion would do, or the sentence why there is none."""
    try:
        plan = promotion.prospect(db.session(), requisition)
    except Conflict as error:
        return error.message
    return plan if plan.bench else "Nobody is on the bench of this requisition, so there is nobody to promote."


def _token(plan: Prospect) -> str:
    """What the form was read for: the application that would end, or the loss that waits for a successor."""
    if plan.lost is not None:
        return f"loss-{plan.lost.id}"
    return f"application-{plan.ending.id}" if plan.ending else ""


def _lost(requisition: Requisition, plan: Prospect) -> Application | None:
    if plan.lost is None:
        return plan.ending
    slate = pipeline.finalists_of(db.session(), requisition)
    return next((one.application for one in slate if one.application_id == plan.lost.application_id), None)


def _wanted(plan: Prospect, given: str | None) -> Finalist:
    return next((one for one in plan.bench if str(one.application_id) == given), plan.bench[0])


def _renewals(others: Sequence[Finalist]) -> list[Renewal]:
    session, today, out = db.session(), guard.today(), []
    soon = add_working_days(today, rules.AGAIN)
    promised = queries.promises_by_application(session, [one.application_id for one in others])
    for one in others:
        for made in promised.get(one.application_id, []):
            if rules.promise_state(made.state, due_on=made.due_on, today=today) == PromiseState.OPEN:
                after = max(soon, add_working_days(made.due_on, 1))
                out.append(Renewal(one.application.candidate.name, made.what, made.due_on, after))
    return out


def _look_first(plan: Prospect, row: listing.Row, *, interested: bool | None) -> list[str]:
    """What to check before the click."""
    name = row.application.candidate.name
    found = []
    if row.last_two_way is None:
        found.append(f"No talk with {name} is recorded.")
    elif guard.now() - row.last_two_way >= SILENT:
        found.append(f"{name} has not spoken with you for {words.days((guard.now() - row.last_two_way).days)}.")
    if interested is not True:
        asked = "was never asked" if interested is None else "said no when asked"
        found.append(f"{name} {asked} whether they are still interested.")
    if row.open_concerns:
        found.append(f"{name} has {row.open_concerns} open concern{'' if row.open_concerns == 1 else 's'}.")
    if plan.lost is None and plan.phase != Phase.BEFORE_OFFER:
        state = "was accepted" if plan.phase == Phase.ACCEPTED else "is still out"
        found.append(f"The offer of the first choice {state}. It ends with this.")
    return found


def _form(plan: Prospect | str, **given: Any) -> forms.PromoteForm:
    form = forms.PromoteForm(**given)
    form.reason.choices = forms.pairs([("", "Choose one"), *((one.code, one.label) for one in reasons.of_kind(KIND))])
    people = [] if isinstance(plan, str) else plan.bench
    form.application_id.choices = forms.pairs(
        (str(one.application_id), one.application.candidate.name) for one in people
    )
    return form


def _shown(
    requisition: Requisition,
    plan: Prospect | str,
    *,
    form: forms.PromoteForm | None = None,
    problem: str = "",
    status: int = 200,
) -> Any:
    session = db.session()
    board = url_for("requisitions.board", requisition_ref=requisition.key)
    crumbs: list[tuple[str, str | None]] = [(requisition.title, board), ("Promote", None)]
    frame: dict[str, Any] = {
        "requisition": requisition,
        "breadcrumbs": crumbs,
        "tabs": tabs.requisition_tabs(requisition, "promote"),
        "problem": problem,
    }
    if isinstance(plan, str):
        viewer = guard.actor()
        seconds = without_bench.were_second(
            session, requisition, within=scopes.searches(viewer), viewer=viewer, now=guard.now()
        )
        here = without_bench.still_here(session, requisition, viewer=viewer)
        form = form or _form(plan, formdata=None)
        page = PromotePage(title="Promote", nobody=plan, form=form, here=here, seconds=seconds, **frame)
        return render_template("keepwarm/promote.html", page=page, has_errors=bool(problem)), status
    chosen = _wanted(plan, form.application_id.data if form else request.args.get("to"))
    start = {"phase": plan.phase.value, "application_id": str(chosen.application_id)}
    form = form or _form(plan, formdata=None, data=start)
    rows = {
        one.application.id: one
        for one in listing.rows_for(
            session, plan.bench, now=guard.now(), zone=guard.configured().zone, calendar=guard.calendar()
        )
    }
    row = rows[chosen.application_id]
    ready = queries.readiness_of(session, chosen.application)
    pay = guard.actor().pay_view
    begun = offers.live_of(session, chosen.application)
    today = guard.today()
    page = PromotePage(
        title=f"Promote {chosen.application.candidate.name}",
        nobody="",
        form=form,
        token=_token(plan),
        lost=_lost(requisition, plan),
        loss=plan.lost,
        phase=words.PHASES[plan.phase],
        stands=words.STANDS[plan.phase],
        next=lines.line_of(row, today=today, blind=False),
        bench=[lines.line_of(rows[one.application_id], today=today, blind=False) for one in plan.bench],
        checks=records.readiness_checks(ready, concerns=row.open_concerns),
        first=_look_first(plan, row, interested=ready.interested if ready else None),
        renewals=_renewals([one for one in plan.bench if one is not chosen]),
        draft=offer_rules.from_band(requisition.band) if pay and requisition.band else None,
        begun=begun is not None,
        band=requisition.band is not None,
        pay=pay,
        **frame,
    )
    return render_template("keepwarm/promote.html", page=page, has_errors=bool(problem or form.errors)), status


def _promote(requisition: Requisition, plan: Prospect, form: forms.PromoteForm) -> promotion.Promoted:
    return promotion.promote(
        db.session(),
        requisition=requisition,
        phase=Phase(form.phase.data),
        said=form.said(),
        application=_wanted(plan, form.application_id.data).application,
        actor=guard.actor(),
        now=guard.now(),
        today=guard.today(),
    )


def _after(done: promotion.Promoted) -> str:
    """Where to go on: the new draft, or the application for who does not see pay."""
    if guard.actor().pay_view and tabs.stands("offers.show"):
        return url_for("offers.show", offer_id=done.offer.id)
    return url_for("pipeline.application", application_id=done.promoted.id)


@blueprint.route("/requisitions/<requisition_ref>/promote", methods=["GET", "POST"])
@guard.needs(Permission.PROMOTE)
def promote(requisition: Requisition) -> Any:
    """What a promotion would do; or do it, once: a form that was read for another state of things is refused."""
    plan = _plan(requisition)
    if request.method == "GET":
        return _shown(requisition, plan)
    if isinstance(plan, str):
        return _shown(requisition, plan, problem="Nothing was changed.", status=409)
    if request.form.get("token") != _token(plan):
        return _shown(requisition, plan, problem=MOVED_ON, status=409)
    form = _form(plan)
    if not form.validate():
        return _shown(requisition, plan, form=form, status=422)
    try:
        done = _promote(requisition, plan, form)
    except DomainError as error:
        db.session.rollback()
        told = forms.lay(form, error.errors, error.message)
        return _shown(requisition, _plan(requisition), form=form, problem=told, status=error.status)
    db.session.commit()
    ended, promoted = done.ended.candidate.name, done.promoted.candidate.name
    said = f"{promoted} promoted after {ended}. A draft offer is ready; nothing has been sent to anybody."
    return guard.go(_after(done), said=said, undo=url_for("pipeline.undo", secret=done.undo))
