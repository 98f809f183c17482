"""The company's approval chains, and who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts.models import Role
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, show
from recruiter.foundation.wording import plural
from recruiter.handover import queries as handover
from recruiter.offers.approval import chain_queries, chain_services
from recruiter.offers.models import ApprovalChain, StandIn
from recruiter.policy.permissions import Permission
from recruiter.web.approvals import forms
from recruiter.web.approvals.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_unchanged
from recruiter.web.request.form_handling import handle_form, has_errors
from recruiter.web.request.redirects import redirect_with_flash

ALWAYS = "always"


@dataclass(frozen=True)
class ChainRow:
    """One chain in the list."""

    chain: ApprovalChain
    holds: str
    used_for: str
    steps: list[tuple[int, list[str]]]


@dataclass(frozen=True)
class ChainsPage:
    """Every chain in use."""

    title: str
    lines: list[ChainRow]
    covers: bool
    breadcrumbs: crumbs.Crumbs


@dataclass(frozen=True)
class ChainPage:
    """One chain to make or change."""

    title: str
    chain: ApprovalChain | None
    form: forms.ChainForm
    people: int
    breadcrumbs: crumbs.Crumbs


@dataclass(frozen=True)
class StandInPage:
    """Who stands in for whom; `own` where an approver sees what is theirs alone."""

    title: str
    lines: list[tuple[StandIn, bool]]  # and whether the viewer may end it
    form: forms.StandInForm
    own: bool
    enough: bool
    breadcrumbs: crumbs.Crumbs


def _condition_text(chain: ApprovalChain) -> str:
    """From which size of the excess a chain holds, in words."""
    parts = []
    if chain.from_percent is not None:
        parts.append(f"from {chain.from_percent / 100:g}% above the band" if chain.from_percent else ALWAYS)
    if chain.from_amount is not None and chain.currency:
        parts.append(f"from {show(Money(chain.from_amount, chain.currency))} above the band")
    return " or ".join(parts) or ALWAYS


def _chain_row(chain: ApprovalChain) -> ChainRow:
    names = {approver.id: approver.name for approver in chain_queries.approvers(db.session())}
    steps: dict[int, list[str]] = {}
    for group in chain.groups:
        members = ", ".join(names.get(seat.user_id, "left") for seat in group.seats) or "any approver"
        of_members = f" of {len(group.seats)}" if group.seats else ""
        steps.setdefault(group.step, []).append(f"{group.name}: {group.needed}{of_members} ({members})")
    uses = [use for use, on in (("offers", chain.for_offers), ("budget cases", chain.for_cases)) if on]
    return ChainRow(chain, _condition_text(chain), " and ".join(uses), sorted(steps.items()))


@blueprint.page("/settings/approvals", Permission.CHAINS_EDIT)
def chains() -> ResponseReturnValue:
    """Every chain in use; where none fits, one approver decides."""
    rows = [_chain_row(chain) for chain in chain_queries.chains_for(db.session())]
    covers, trail = any(row.holds == ALWAYS for row in rows), crumbs.of_settings("Approval chains")
    return render_template("approvals/chains.html", page=ChainsPage("Approval chains", rows, covers, trail))


def _chain_page(chain: ApprovalChain | None, form: forms.ChainForm) -> str:
    title = f"Approval chain: {chain.name}" if chain else "New approval chain"
    trail = crumbs.of_settings(("Approval chains", url_for("approvals.chains")), title)
    page = ChainPage(title, chain, form, len(chain_queries.approvers(db.session())), trail)
    return render_template("approvals/chain.html", page=page, has_errors=has_errors(form))


def _edit(chain: ApprovalChain | None) -> ResponseReturnValue:
    session = db.session()
    form = forms.chain_form(chain_queries.approvers(session), chain=chain, fresh=request.method == "GET")

    def save() -> ApprovalChain:
        if chain is not None:
            check_unchanged(request.form.get("version"), chain, "chain")
        return chain_services.save(session, chain=chain, terms=form.terms(), act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: _chain_page(chain, form),
        home=url_for("approvals.chains"),
        flash=lambda saved: f"Chain {saved.name} saved. It is used for whatever is sent for approval from now on.",
        fields={"groups": ""},
    )


@blueprint.form("/settings/approvals/new", Permission.CHAINS_EDIT)
def new_chain() -> ResponseReturnValue:
    """Make a chain."""
    return _edit(None)


@blueprint.form("/settings/approvals/<int:chain_id>", Permission.CHAINS_EDIT)
def edit_chain(chain: ApprovalChain) -> ResponseReturnValue:
    """Change a chain; what was sent before keeps the chain that it was sent with."""
    return _edit(chain)


@blueprint.act("/settings/approvals/<int:chain_id>/retirement", Permission.CHAINS_EDIT)
def retire_chain(chain: ApprovalChain) -> ResponseReturnValue:
    """Take a chain out of use."""
    chain_services.retire(db.session(), chain=chain, act=guard.act())
    return redirect_with_flash(
        url_for("approvals.chains"), f"Chain {chain.name} is out of use. What was sent with it goes on."
    )


def _stand_in_page(form: forms.StandInForm) -> str:
    session, actor = db.session(), guard.actor()
    own = actor.role != Role.ADMIN
    lines = [
        (stand_in, not own or stand_in.user_id == actor.id)
        for stand_in in chain_queries.stand_ins(session, until=guard.today())
        if not own or actor.id in {stand_in.user_id, stand_in.deputy_id}
    ]
    enough = len(chain_queries.approvers(session)) > 1
    page = StandInPage("Who stands in", lines, form, own, enough, crumbs.of_settings("Who stands in"))
    return render_template("approvals/stand_ins.html", page=page, has_errors=has_errors(form))


@blueprint.form("/settings/stand-ins", Permission.STAND_IN_SET)
def stand_ins() -> ResponseReturnValue:
    """Who answers for whom, and when: an approver for themselves, an administrator for everybody."""
    session, actor = db.session(), guard.actor()
    people = chain_queries.approvers(session)
    form = forms.stand_in_form(people, own=actor if actor.role != Role.ADMIN else None)
    approver_by_id = {approver.id: approver for approver in people}
    return handle_form(
        form,
        save=lambda: chain_services.stand_in(
            session,
            user=approver_by_id[form.user.data],
            deputy=approver_by_id[form.deputy.data],
            from_on=form.from_on.data or guard.today(),
            until_on=form.until_on.data or guard.today(),
            act=guard.act(),
        ),
        again=lambda: _stand_in_page(form),
        home=url_for("approvals.stand_ins"),
        flash=lambda saved: f"{saved.deputy.name} answers for {saved.user.name}.{_hidden_sentence(saved)}",
    )


def _hidden_sentence(stand_in: StandIn) -> str:
    """What a deputy cannot answer for want of sight, and what to do; empty where they see everything that waits."""
    count = handover.hidden_from_deputy(db.session(), stand_in)
    if not count:
        return ""
    waits = f"{plural(count, 'approval')} {'waits' if count == 1 else 'wait'} for {stand_in.user.name}"
    name = stand_in.deputy.name
    return f" {waits} on a confidential requisition that {name} can\u2019t see. Ask its hiring manager to give {name} access."


@blueprint.act("/settings/stand-ins/<int:stand_in_id>/end", Permission.STAND_IN_END)
def end_stand_in(stand_in: StandIn) -> ResponseReturnValue:
    """End a stand-in before its last day."""
    chain_services.end_stand_in(db.session(), stand_in_period=stand_in, act=guard.act())
    return redirect_with_flash(
        url_for("approvals.stand_ins"), f"{stand_in.deputy.name} no longer answers for {stand_in.user.name}."
    )
