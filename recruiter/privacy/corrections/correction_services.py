"""A request for correction: fields are disputed, processing is restricted meanwhile, each field is corrected or kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import queries as candidates
from recruiter.candidates import services as candidate_services
from recruiter.candidates.records import task_services
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.privacy.corrections import correction_queries, correction_rules
from recruiter.privacy.models import DataRequest, Dispute, DisputedField, RequestKind
from recruiter.ranking import queries as ranking
from recruiter.ranking.suggestion import opt_out_services
from recruiter.requisitions.models import Member, MemberKind

RESTRICTED = "They dispute what the ranking uses. Not ranked until that is settled."
LIFTED = "What they disputed is settled."


def dispute(session: Session, *, request: DataRequest, disputed: Collection[DisputedField], act: Act) -> None:
    """Mark what a person says is not right. While scorecards are disputed nothing is ranked from them.

    Raises RuleBroken at `disputed`: a request for correction names them, any other names none.
    """
    if request.kind != RequestKind.CORRECTION:
        if disputed:
            raise RuleBroken.at("disputed", "Only a request for correction disputes something. Untick these.")
        return
    if not disputed:
        raise RuleBroken.at("disputed", "Choose what they dispute.")
    request.disputes = [Dispute(field=field) for field in DisputedField if field in disputed]
    session.flush()
    if DisputedField.SCORECARDS in disputed:
        _restrict(session, request, act=act)


def correct(session: Session, *, dispute: Dispute, value: str, informed_parties: str, act: Act) -> Dispute:
    """Give a disputed field its right value; the one from before stays on record, and who decides on the person is told.

    What is no field of the record (scorecards, notes, files) is corrected where it was written: `value` says what was.
    Raises RuleBroken at `value`, Conflict for what is settled.
    """
    _check_open(dispute)
    if not text.clean(value):
        raise RuleBroken.at("value", "Enter what is right.")
    record = candidates.surviving_record(session, dispute.request.candidate)
    old = correction_rules.value_of(record, dispute.field)
    if dispute.field in correction_rules.VALUES:
        details = correction_rules.details_with(dispute.field, value)
        try:
            candidate_services.change(session, candidate=record, person=details, act=act)
        except RuleBroken as error:
            raise RuleBroken.at("value", error.message) from None
    dispute.old_value = old
    _settle(session, dispute, corrected=True, value=value, informed_parties=informed_parties, act=act)
    _tell(session, dispute, act=act)
    return dispute


def keep(session: Session, *, dispute: Dispute, reason: str, act: Act) -> Dispute:
    """Leave a disputed field as it is, for a reason. Raises RuleBroken at `value`, Conflict for what is settled."""
    _check_open(dispute)
    if not text.clean(reason):
        raise RuleBroken.at("value", "Say why it stays as it is.")
    _settle(session, dispute, corrected=False, value=reason, informed_parties="", act=act)
    return dispute


def check_settled(request: DataRequest) -> None:
    """Raises Conflict where a field is still disputed: such a request is not done."""
    if open_fields := [each.field.label for each in request.disputes if each.settled_at is None]:
        raise Conflict(f"Correct or keep these first: {', '.join(open_fields)}.")


def end_open(session: Session, *, request: DataRequest, act: Moment) -> None:
    """With its request, what is still disputed ends uncorrected; nothing is restricted for it any more."""
    for each in request.disputes:
        if each.settled_at is None:
            _settle(session, each, corrected=False, value="", informed_parties="", act=act)


def _check_open(dispute: Dispute) -> None:
    if dispute.settled_at is not None:
        raise Conflict("This is settled already.")


def _settle(
    session: Session, dispute: Dispute, *, corrected: bool, value: str, informed_parties: str, act: Moment
) -> None:
    dispute.corrected, dispute.new_value, dispute.informed_parties = (
        corrected,
        text.clean(value),
        text.clean(informed_parties),
    )
    dispute.settled_at, dispute.settled_by_id = act.now, act.actor_id
    session.flush()
    action = AuditAction.DISPUTE_CORRECTED if corrected else AuditAction.DISPUTE_KEPT
    audit.record(session, action=action, subject=dispute, act=act, field=dispute.field.value)
    if dispute.field == DisputedField.SCORECARDS and isinstance(act, Act):
        _lift(session, dispute.request, act=act)


def _restrict(session: Session, request: DataRequest, *, act: Act) -> None:
    for application in correction_queries.active_applications(session, request):
        wish = ranking.wish_of(session, application.id)
        if wish is None or wish.ranked:
            opt_out_services.record_wish(session, application=application, ranked=False, reason=RESTRICTED, act=act)


def _lift(session: Session, request: DataRequest, *, act: Act) -> None:
    if correction_queries.disputes_scorecards(session, request.candidate):
        return
    for application in correction_queries.active_applications(session, request):
        wish = ranking.wish_of(session, application.id)
        if wish is not None and not wish.ranked and wish.reason == RESTRICTED:
            opt_out_services.record_wish(session, application=application, ranked=True, reason=LIFTED, act=act)


def _tell(session: Session, dispute: Dispute, *, act: Act) -> None:
    """A follow-up for whoever decides on a running application and worked with the value from before; it does not repeat it."""
    for application in correction_queries.active_applications(session, dispute.request):
        what = f"{dispute.field.label}: corrected at the candidate's request. Look again at what you decided on it."
        if dispute.field == DisputedField.SCORECARDS:
            what = "Scorecards were corrected at the candidate's request. Rank again, on the page of their data."
        for user in _deciders(session, application):
            if user.id != act.actor.id:
                task_services.plan(session, subject=application, what=what, due_on=act.today, assignee=user, act=act)


def _deciders(session: Session, application: Application) -> Sequence[User]:
    recruiters = select(Member.user_id).where(
        Member.requisition_id == application.requisition_id, Member.kind == MemberKind.RECRUITER
    )
    chosen = User.id.in_(recruiters) | (User.id == application.requisition.hiring_manager_id)
    return session.scalars(select(User).where(User.active.is_(True), chosen).order_by(User.id)).all()
