"""What each panelist recommends after the round table, beside what their card said before it; dissent in their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.debriefs import queries, rules
from recruiter.debriefs.models import DebriefVerdict
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class PanelistVerdict:
    """Where one panelist stood before the round table and stands after it; `verdict` is missing until they have said."""

    user: User
    before: float | None
    verdict: DebriefVerdict | None

    @property
    def moved(self) -> bool:
        """Whether they recommend another thing than before."""
        return self.verdict is not None and self.before is not None and self.verdict.after != self.before


def latest_verdicts(session: Session, application_ids: Sequence[int]) -> dict[int, dict[int, DebriefVerdict]]:
    """The last verdict of each panelist on some applications, by application and person, in one statement.

    Callers must have asked whether their viewer owes a card.
    """
    last = (
        select(func.max(DebriefVerdict.id))
        .where(DebriefVerdict.application_id.in_(application_ids))
        .group_by(DebriefVerdict.application_id, DebriefVerdict.user_id)
    )
    query = (
        select(DebriefVerdict)
        .where(DebriefVerdict.id.in_(last))
        .options(joinedload(DebriefVerdict.user), joinedload(DebriefVerdict.by))
    )
    by_application: dict[int, dict[int, DebriefVerdict]] = defaultdict(dict)
    for row in session.scalars(query):
        by_application[row.application_id][row.user_id] = row
    return by_application


def panelist_verdicts(table: queries.DebriefTable, verdicts: dict[int, DebriefVerdict]) -> list[PanelistVerdict]:
    """Before and after for everybody whose card lies on the table, in the order in which they speak."""
    before: dict[int, tuple[User, float | None]] = {}
    for cell in table.overall.cells if table.overall else []:
        author = cell.card.author
        _, earlier = before.get(author.id, (author, None))
        before[author.id] = (author, cell.rating if earlier is None else earlier)
    return [PanelistVerdict(user, rating, verdicts.get(user_id)) for user_id, (user, rating) in before.items()]


def _card_before(session: Session, application: Application, user: User) -> tuple[bool, float | None]:
    query = select(Scorecard).where(Scorecard.application_id == application.id, Scorecard.author_id == user.id)
    query = query.where(Scorecard.sent).order_by(Scorecard.id).options(selectinload(Scorecard.versions))
    before = [card.independent or next(iter(card.versions), None) for card in session.scalars(query)]
    recommended = [version.overall for version in before if version is not None and version.overall is not None]
    return bool(before), next(iter(recommended), None)


def record(
    session: Session, *, application: Application, user: User, after: int, reason: str, dissent: str, act: Act
) -> DebriefVerdict:
    """Write down what somebody recommends after the round table; their card keeps what it said before.

    Raises NotFound for who sent no card, Conflict before the table is open or while `actor` owes a card, and RuleBroken
    where another recommendation than before has no reason.
    """
    if queries.owes_on_debrief(session, viewer=act.actor, requisition=application.requisition):
        raise Conflict("You owe a scorecard on somebody of this round table. Send it before it goes on.")
    sent, before = _card_before(session, application, user)
    if not sent:
        raise NotFound(f"{user.name} has sent no scorecard on this candidate.")
    if not queries.is_open(session, application):
        raise Conflict("The debrief is not open yet.")
    if after not in rules.RECOMMENDATIONS:
        raise RuleBroken.at("after", "Recommend 1 strong no, 2 no, 3 yes or 4 strong yes.")
    cleaned_reason = text.clean(reason)[: rules.LONGEST_TEXT]
    if before is not None and after != before and not cleaned_reason:
        raise RuleBroken.at("reason", f"Say what changed the mind of {user.name}.")
    row = DebriefVerdict(
        application_id=application.id,
        user=user,
        after=after,
        reason=cleaned_reason,
        dissent=text.clean(dissent)[: rules.LONGEST_TEXT],
        by=act.actor,
        at=act.now,
    )
    session.add(row)
    detail = {"application_id": application.id, "user_id": user.id, "dissents": bool(row.dissent)}
    audit.record(session, action=AuditAction.DEBRIEF_VERDICT_GIVEN, subject=row, act=act, **detail)
    return row
