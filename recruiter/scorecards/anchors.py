"""What each rating looks like: the words of a requisition, or the usual ones; and how much evidence its cards need."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.foundation.database.db import raise_version
from recruiter.foundation.errors import RuleBroken
from recruiter.requisitions.models import Attribute, Requisition
from recruiter.scorecards import rules
from recruiter.scorecards.models import Anchor, CardRules

DEFAULT_ANCHORS = (
    "Far below what the role needs; could not do this part of it.",
    "Below the bar; would need much help with it.",
    "At the bar; does what the role asks.",
    "Above the bar; better than most who do this work.",
    "Far above; others would learn from it.",
)


def anchors_written_for(session: Session, attributes: Sequence[Attribute]) -> dict[int, dict[int, str]]:
    """The anchors that were written for some attributes, by attribute and rating, in one statement."""
    anchors: dict[int, dict[int, str]] = {attribute.id: {} for attribute in attributes}
    for row in session.scalars(select(Anchor).where(Anchor.attribute_id.in_(anchors))):
        anchors[row.attribute_id][row.rating] = row.text
    return anchors


def anchors_of(session: Session, attributes: Sequence[Attribute]) -> dict[int, tuple[str, ...]]:
    """The five anchors of each attribute, lowest first: its own where they were written, else the usual words."""
    anchors_by_attribute = anchors_written_for(session, attributes)
    return {
        attribute_id: tuple(texts[rating] for rating in sorted(texts)) if texts else DEFAULT_ANCHORS
        for attribute_id, texts in anchors_by_attribute.items()
    }


def save_anchors(
    session: Session, *, requisition: Requisition, anchors: dict[int, dict[int, str]], evidence_for_all: bool, act: Act
) -> None:
    """Say what each rating of each attribute looks like (attribute id -> rating -> words), and how much evidence cards need.

    Raises RuleBroken at `anchors.<attribute id>` where some of the five are missing.
    """
    checked: dict[int, dict[int, str]] = {}
    problems: dict[str, list[str]] = {}
    for attribute in requisition.attributes:
        try:
            checked[attribute.id] = rules.check_anchors(anchors.get(attribute.id, {}))
        except RuleBroken as error:
            problems[f"anchors.{attribute.id}"] = [f"{attribute.name}: {error.message}"]
    if problems:
        first = next(iter(problems.values()))[0]
        raise RuleBroken(first, errors=problems)
    session.execute(delete(Anchor).where(Anchor.attribute_id.in_(checked)))
    for attribute_id, texts in checked.items():
        session.add_all(Anchor(attribute_id=attribute_id, rating=rating, text=text) for rating, text in texts.items())
    setting = session.scalars(select(CardRules).where(CardRules.requisition_id == requisition.id)).first()
    if setting is None:
        setting = CardRules(requisition_id=requisition.id)
        session.add(setting)
    setting.evidence_for_all = evidence_for_all
    detail = {"anchored": sum(bool(texts) for texts in checked.values()), "evidence_for_all": evidence_for_all}
    raise_version(session, requisition)
    audit.record(session, action=AuditAction.SCORECARD_FORM_CHANGED, subject=requisition, act=act, **detail)
