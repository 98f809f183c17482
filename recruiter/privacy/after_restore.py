"""What a restore revives is ended again: by the ledger of endings what had ended since, and every link that was sent out.

It is done in the transaction of the restore, so that nothing of it is alive for a moment, and stands in the audit trail.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts import services as accounts
from recruiter.accounts import token_services
from recruiter.accounts.models import ApiToken, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget.models import Endorsement
from recruiter.candidates.models import Consent
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending, Endings
from recruiter.handover import services as handover
from recruiter.pipeline.models import Application
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.places import Places
from recruiter.ranking import queries as ranking
from recruiter.ranking.models import RankingWish

UNKNOWN_REASON = "They asked not to be ranked after the backup was made that was restored. The reason is not in it."


def repeat_endings(session: Session, *, endings: Endings, places: Places, act: Moment) -> dict[Ending, int]:
    """End again what a restore revived; answers how many of each kind, without those of which there are none."""
    if not endings.ended_at:
        return {}
    counts = {
        Ending.TOKEN: _tokens(session, endings, act),
        Ending.ACCOUNT: _accounts(session, endings, act),
        Ending.PAY: _pay(session, endings, act),
        Ending.CONSENT: _consents(session, endings, act),
        Ending.RANKING: _rankings(session, endings, act),
        Ending.ERASURE: erasure_services.erase_again(session, endings=endings, places=places, act=act),
    }
    return {kind: count for kind, count in counts.items() if count}


def end_links(session: Session, *, act: Moment) -> int:
    """End the signed links that are open: who holds one is asked anew. How many."""
    query = select(Endorsement).where(Endorsement.expires_at > act.now)
    open_links = session.scalars(query.order_by(Endorsement.id)).all()
    for endorsement in open_links:
        endorsement.expires_at = act.now
    return len(open_links)


def _tokens(session: Session, endings: Endings, act: Moment) -> int:
    count = 0
    for token in session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.id)).all():
        if endings.when(Ending.TOKEN, token, made_at=token.created_at):
            token_services.end(session, token=token, act=act)
            count += 1
    return count


def _accounts(session: Session, endings: Endings, act: Moment) -> int:
    count = 0
    for user in session.scalars(select(User).where(User.active).order_by(User.id)).all():
        if endings.when(Ending.ACCOUNT, user, made_at=user.created_at):
            accounts.close(session, user=user, act=act)
            handover.hand_over(session, user=user, act=act)
            count += 1
    return count


def _pay(session: Session, endings: Endings, act: Moment) -> int:
    count = 0
    for user in session.scalars(select(User).where(User.pay_view).order_by(User.id)).all():
        if endings.when(Ending.PAY, user, made_at=user.created_at):
            user.pay_view = False
            audit.record(
                session, action=AuditAction.USER_CHANGED, subject=user, act=act, fields=["pay_view"], pay_view=False
            )
            count += 1
    return count


def _consents(session: Session, endings: Endings, act: Moment) -> int:
    count = 0
    for consent in session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None)).order_by(Consent.id)).all():
        if at := endings.when(Ending.CONSENT, consent, made_at=consent.recorded_at):
            consent.withdrawn_at = at
            values = {"candidate_id": consent.candidate_id, "after_restore": True}
            audit.record(session, action=AuditAction.CONSENT_WITHDRAWN, subject=consent, act=act, **values)
            count += 1
    return count


def _rankings(session: Session, endings: Endings, act: Moment) -> int:
    count = 0
    for application in session.scalars(select(Application).order_by(Application.id)).all():
        at = endings.when(Ending.RANKING, application, made_at=application.created_at)
        last = ranking.wish_of(session, application.id) if at else None
        if at is None or (last is not None and (not last.ranked or last.at >= at)):
            continue
        session.add(RankingWish(application_id=application.id, ranked=False, at=at, reason=UNKNOWN_REASON))
        audit.record(
            session, action=AuditAction.APPLICATION_NOT_RANKED, subject=application, act=act, after_restore=True
        )
        count += 1
    return count
