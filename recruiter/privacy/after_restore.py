"""What a restore revives is ended again: by the ledger of endings what had ended since, and every link that was sent out.

It is done in the transaction of the restore, so that nothing of it is alive for a moment, and stands in the audit trail.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts import password_services, rules, second_factor_services, token_services
from recruiter.accounts import services as accounts
from recruiter.accounts.models import ApiToken, RecoveryCode, Role, User
from recruiter.audit import queries as audit_queries
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget.models import Endorsement
from recruiter.candidates.models import Consent
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending, Endings
from recruiter.pipeline.models import Application
from recruiter.privacy import revived_team_services
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.places import Places
from recruiter.privacy.revived_rows import Kind, Revived, made
from recruiter.ranking import queries as ranking
from recruiter.ranking.models import RankingWish
from recruiter.requisitions import team_services
from recruiter.requisitions.models import ChangedField, Member, MemberKind

FIELDS = {MemberKind.RECRUITER: ChangedField.RECRUITERS.value, MemberKind.ACCESS: ChangedField.ACCESS.value}
MOST_TURNS = 20
UNKNOWN_REASON = "They asked not to be ranked after the backup was made that was restored. The reason is not in it."


def repeat_endings(session: Session, *, endings: Endings, places: Places, act: Moment) -> dict[Ending, int]:
    """End again what a restore revived; answers how many of each kind, without those of which there are none."""
    if not endings.ended_at:
        return {}
    counts = {kind.ending: _repeat(session, kind, endings, act) for kind in KINDS}
    counts[Ending.ERASURE] = erasure_services.erase_again(session, endings=endings, places=places, act=act)
    return {kind: count for kind, count in counts.items() if count}


def _repeat(session: Session, kind: Kind, endings: Endings, act: Moment) -> int:
    count = turn = _once(session, kind, endings, act)
    for _ in range(MOST_TURNS if kind.in_turn else 0):
        if not turn:
            break
        turn = _once(session, kind, endings, act)
    return count


def _once(session: Session, kind: Kind, endings: Endings, act: Moment) -> int:
    count = 0
    for row in session.scalars(kind.rows).all():
        subject, mark = kind.subject(row), kind.made_at(row)
        at = endings.when(kind.ending, subject, made_at=mark)
        if at is not None:
            to = endings.became(kind.ending, subject, made_at=mark)
            became = endings.all_became(kind.ending, subject, made_at=mark)
            count += kind.end(session, Revived(row, at, to, became), act)
    session.flush()
    return count


def end_links(session: Session, *, act: Moment) -> int:
    """End the signed links that are open: who holds one is asked anew. How many."""
    query = select(Endorsement).where(Endorsement.expires_at > act.now)
    open_links = session.scalars(query.order_by(Endorsement.id)).all()
    for endorsement in open_links:
        endorsement.expires_at = act.now
    return len(open_links)


def _done_since(session: Session, revived: Revived, action: AuditAction) -> bool:
    """Whether the record, as it was restored, already holds what came at that ending or after it."""
    last = audit_queries.latest_of(session, revived.row, action=action)
    return last is not None and last.at >= revived.at


def _token(session: Session, revived: Revived, act: Moment) -> bool:
    token_services.end(session, token=revived.row, act=act)
    return True


def _account(session: Session, revived: Revived, act: Moment) -> bool:
    accounts.close(session, user=revived.row, act=act)
    return True


def _pay(session: Session, revived: Revived, act: Moment) -> bool:
    user: User = revived.row
    user.pay_view = False
    audit.record(session, action=AuditAction.USER_CHANGED, subject=user, act=act, fields=["pay_view"], pay_view=False)
    return True


def _role(session: Session, revived: Revived, act: Moment) -> bool:
    user: User = revived.row
    if not revived.to or not rules.lowers(user.role.value, revived.to):
        return False
    user.role = Role(revived.to)
    audit.record(session, action=AuditAction.USER_CHANGED, subject=user, act=act, fields=["role"], role=revived.to)
    return True


def _access(session: Session, revived: Revived, act: Moment) -> bool:
    member: Member = revived.row
    requisition, field = member.requisition, FIELDS[member.kind]
    requisition.members.remove(member)
    action, about = AuditAction.REQUISITION_TEAM_CHANGED, {"field": field, "after_restore": True}
    audit.record(session, action=action, subject=requisition, act=act, **about)
    return True


def _second_factor(session: Session, revived: Revived, act: Moment) -> bool:
    if _done_since(session, revived, AuditAction.USER_SECOND_FACTOR_ON):
        return False
    second_factor_services.turn_off(session, user=revived.row, act=act)
    return True


def _password(session: Session, revived: Revived, act: Moment) -> bool:
    if _done_since(session, revived, AuditAction.USER_PASSWORD_SET):
        return False
    password_services.end_password(session, user=revived.row, act=act)
    return True


def _recovery_code(session: Session, revived: Revived, act: Moment) -> bool:
    code: RecoveryCode = revived.row
    code.used_at = revived.at
    user = session.get_one(User, code.user_id)
    audit.record(session, action=AuditAction.USER_RECOVERY_CODE_USED, subject=user, act=act, after_restore=True)
    return True


def _consent(session: Session, revived: Revived, act: Moment) -> bool:
    consent: Consent = revived.row
    consent.withdrawn_at = revived.at
    values = {"candidate_id": consent.candidate_id, "after_restore": True}
    audit.record(session, action=AuditAction.CONSENT_WITHDRAWN, subject=consent, act=act, **values)
    return True


def _ranking(session: Session, revived: Revived, act: Moment) -> bool:
    application: Application = revived.row
    last = ranking.wish_of(session, application.id)
    if last is not None and (not last.ranked or last.at >= revived.at):
        return False
    session.add(RankingWish(application_id=application.id, ranked=False, at=revived.at, reason=UNKNOWN_REASON))
    audit.record(session, action=AuditAction.APPLICATION_NOT_RANKED, subject=application, act=act, after_restore=True)
    return True


_users = select(User).order_by(User.id)
_with_password = _users.where(User.password_hash.is_not(None), User.password_hash != password_services.ENDED)
KINDS = (  # in this order: what ends one thing may end another
    Kind(Ending.TOKEN, select(ApiToken).where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.id), made, _token),
    Kind(Ending.ACCOUNT, _users.where(User.active), made, _account),
    Kind(Ending.PAY, _users.where(User.pay_view), made, _pay),
    Kind(Ending.ROLE, _users, made, _role),
    Kind(
        Ending.ACCESS,
        select(Member).order_by(Member.id),
        lambda member: team_services.access_mark(member.requisition, member),
        _access,
        lambda member: member.requisition,
    ),
    *revived_team_services.KINDS,
    Kind(Ending.SECOND_FACTOR, _users.where(User.totp_secret.is_not(None)), made, _second_factor),
    Kind(Ending.PASSWORD, _with_password, made, _password),
    Kind(Ending.PASSWORD_ALONE, _with_password.where(User.totp_secret.is_(None)), made, _password),
    Kind(
        Ending.RECOVERY_CODE,
        select(RecoveryCode).where(RecoveryCode.used_at.is_(None)).order_by(RecoveryCode.id),
        lambda code: code.digest,
        _recovery_code,
    ),
    Kind(
        Ending.CONSENT,
        select(Consent).where(Consent.withdrawn_at.is_(None)).order_by(Consent.id),
        lambda consent: consent.recorded_at,
        _consent,
    ),
    Kind(Ending.RANKING, select(Application).order_by(Application.id), made, _ranking),
)
