"""The order of finalists as people set it, beside the suggestion of that moment: followed, or departed from, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act, Actor
from recruiter.foundation.errors import RuleBroken
from recruiter.learning.fitted_model import ModelRefused
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import Application, Finalist
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.ranking.suggestion.suggestion_inputs import against_lead
from recruiter.ranking.suggestion.suggestion_types import Suggestion
from recruiter.requisitions.models import Requisition


@dataclass(frozen=True)
class Departure:
    """Somebody placed above another who is clearly ahead in the suggestion; `probability` of that lead, 0.80 to 1."""

    above: int
    below: int
    probability: float


@dataclass(frozen=True)
class FollowCount:
    """Of the searches whose order stood beside a clear lead: how many followed it and how many departed with a reason."""

    followed: int
    departed: int

    @property
    def n(self) -> int:
        """How many there are."""
        return self.followed + self.departed


def suggestion_for(session: Session, *, requisition: Requisition, slate: list[Finalist], viewer: Actor) -> Suggestion:
    """The suggestion for a slate as `viewer` may see it; state `failed` where the stored model cannot be read."""
    try:
        return suggested_ranking.for_requisition(session, requisition, viewer=viewer, finalists=slate)
    except ModelRefused:
        return {"state": "failed"}


def departures(suggestion: Suggestion, order: Sequence[int]) -> list[Departure]:
    """Where an order of applications goes against a clear lead of a suggestion; ties never count."""
    return [
        Departure(pair["b"], pair["a"], pair["probability"])
        for pair in against_lead(suggestion.get("pairs", []), order)
    ]


def save_order(
    session: Session,
    *,
    requisition: Requisition,
    order: list[tuple[Application, str]],
    act: Act,
    reason: str = "",
    ask: bool = False,
) -> NamedOrder:
    """Set the order of finalists and keep what was suggested beside it. Raises RuleBroken or Conflict (pipeline).

    Each place has its reason. Where the order departs from a clear lead, `reason` says why; without one the reasons
    of those who were put above stand for it, or, with `ask`, the order is refused (RuleBroken at `departure`).
    Somebody who owes a card sees no suggestion, so their order departs from none.
    """
    slate = pipeline.name_finalists(session, requisition=requisition, order=order, act=act)
    ids = [finalist.application_id for finalist in slate]
    suggestion = suggestion_for(session, requisition=requisition, slate=slate, viewer=act.actor)
    ranks = {row["application_id"]: row["rank"] for row in suggestion.get("ranking", ())}
    departed = departures(suggestion, ids)
    has_clear_lead = any(pair["verdict"] == "ahead" for pair in suggestion.get("pairs", ()))
    if ask and departed and not text.clean(reason):
        name_of = {application.id: application.candidate.name for application, _ in order}
        above, below = name_of[departed[0].above], name_of[departed[0].below]
        sentence = f"{above} is placed above {below}, who is clearly ahead in the suggestion."
        raise RuleBroken.at("departure", f"{sentence} Say why the order departs from it.")
    reason_of = {finalist.application_id: finalist.reason for finalist in slate}
    placed_above = dict.fromkeys(departure.above for departure in departed)
    departure_reason = text.clean(reason) or "\n".join(reason_of[number] for number in placed_above)
    named_order = NamedOrder(
        requisition_id=requisition.id,
        verdict=OrderVerdict.DEPARTED if departed else OrderVerdict.FOLLOWED if has_clear_lead else OrderVerdict.OPEN,
        label=suggestion.get("label", ""),
        model_version=suggestion.get("model_version"),
        n_decisions=suggestion.get("n_decisions", 0),
        places=[
            {"application_id": number, "position": finalist.position, "rank": ranks.get(number)}
            for number, finalist in zip(ids, slate, strict=True)
        ],
        departures=[asdict(departure) for departure in departed],
        reason=departure_reason if departed else "",
        named_by=act.actor,
        named_at=act.now,
    )
    session.add(named_order)
    session.flush()
    if departed:
        audit.record(
            session,
            action=AuditAction.SUGGESTION_DEPARTED,
            subject=named_order,
            act=act,
            requisition_id=requisition.id,
            model_version=named_order.model_version,
            departures=len(departed),
        )
    return named_order


def latest(session: Session, *, requisition_id: int) -> NamedOrder | None:
    """The order that was set last on a search, with who set it."""
    query = select(NamedOrder).where(NamedOrder.requisition_id == requisition_id).order_by(NamedOrder.id.desc())
    return session.scalars(query.options(joinedload(NamedOrder.named_by)).limit(1)).first()


def follow_count(session: Session) -> FollowCount:
    """How often people follow the suggestion, one search counting once, by the order that was set last."""
    last = select(func.max(NamedOrder.id)).group_by(NamedOrder.requisition_id)
    query = select(NamedOrder.verdict, func.count()).where(NamedOrder.id.in_(last)).group_by(NamedOrder.verdict)
    count_by_verdict = {row[0]: row[1] for row in session.execute(query)}
    return FollowCount(count_by_verdict.get(OrderVerdict.FOLLOWED, 0), count_by_verdict.get(OrderVerdict.DEPARTED, 0))
