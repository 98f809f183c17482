"""The people of a requisition changed, so that whoever is asked to approve something of it still sees what they are asked about."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Act
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.wording import listing
from recruiter.handover import queries
from recruiter.offers.approval import chain_queries
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.requisitions import team_services
from recruiter.requisitions.models import Requisition
from recruiter.requisitions.team_services import TeamTerms


def change_team(
    session: Session, *, requisition: Requisition, terms: TeamTerms, act: Act, reason: str = ""
) -> Requisition:
    """Change who runs a search and who sees it (`requisitions.team_services`), unless somebody who is asked to approve would lose sight.

    Raises RuleBroken at `access` with their names, and whatever the change itself is refused with.
    """
    requests = queries.pending_requests(session, within=Scope(lambda numbers: numbers == requisition.id))
    before = _unseeing(session, requests, act=act)
    team_services.change_team(session, requisition=requisition, terms=terms, act=act, reason=reason)
    losing = [user for user_id, user in _unseeing(session, requests, act=act).items() if user_id not in before]
    if losing:
        names = listing([user.name for user in losing])
        verb = "is" if len(losing) == 1 else "are"
        raise RuleBroken.at(
            "access",
            f"{names} {verb} asked to approve an offer or a budget case here, and would no longer see it. "
            "Give them access too, or take the request back first.",
        )
    return requisition


def _unseeing(session: Session, requests: list[Approvable], *, act: Act) -> dict[int, User]:
    people: dict[int, User] = {}
    for request in requests:
        blind = chain_queries.unseeing_of(session, request, on=act.today)
        people |= {user.id: user for user in blind.people}
    return people
