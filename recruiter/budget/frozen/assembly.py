"""A case as content: every section from the record and its writer's words, in plain values that can be frozen and printed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from recruiter.accounts.models import User
from recruiter.budget import other_names, queries, writer_facts
from recruiter.budget.evidence import links
from recruiter.budget.evidence.sections import (
    alternatives,
    approvals,
    candidate,
    endorsements,
    market,
    pay_equity,
    precedents,
    previous_case,
    ranking,
    request,
    risks,
    search,
    sources,
    vacancy_cost,
)
from recruiter.budget.evidence.types import CaseContext, Content, Options, SectionEvidence
from recruiter.budget.models import BudgetCase
from recruiter.budget.sections import NAMES, SECTIONS
from recruiter.documents.model import Amount, Difference
from recruiter.foundation.act import Moment
from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.errors import Conflict
from recruiter.foundation.lexicon import check
from recruiter.foundation.lexicon.check import Finding
from recruiter.pipeline import queries as pipeline
from recruiter.scorecards import queries as scorecards

COLLECTORS = {
    "ask": request.collect,
    "candidate": candidate.collect,
    "standing": ranking.collect,
    "other_teams": endorsements.collect,
    "market": market.collect,
    "search": search.collect,
    "cost_of_losing": vacancy_cost.collect,
    "alternatives": alternatives.collect,
    "equity": pay_equity.collect,
    "risks": risks.collect,
    "precedents": precedents.collect,
    "approvals": approvals.collect,
}


def context_of(session: Session, case: BudgetCase, *, moment: Moment, options: Options) -> CaseContext:
    """What the collectors stand on. Other finalists are called B, C, D in their order. Raises Conflict without a band."""
    queries.with_record(session, case)
    application = case.offer.application
    band = application.requisition.band
    if band is None:
        raise Conflict("This requisition has no approved band, so there is nothing to be above of.")
    slate = pipeline.finalists_of(session, application.requisition)
    others = [finalist.application_id for finalist in slate if finalist.application_id != application.id]
    names = {application_id: other_names.called(place) for place, application_id in enumerate(others)}
    cards = scorecards.cards_for_ranking(session, [application.id, *others])
    return CaseContext(session, case, band, moment, options, tuple(cards), names, tuple(slate))


def section_evidence_of(context: CaseContext) -> dict[str, SectionEvidence]:
    """Each section from the record, in order."""
    parts = {name: collect(context) for name, collect in COLLECTORS.items()}
    parts["approvals"] = previous_case.with_previous_case(context, parts)
    parts["sources"] = sources.collect(context, list(parts.values()))
    return parts


def _side(value: Amount | str | None) -> Content | str | None:
    return {"value": value.value, "unit": value.unit} if isinstance(value, Amount) else value


def _difference(difference: Difference) -> Content:
    sides = {"before": _side(difference.before), "now": _side(difference.now)}
    return {"section": difference.section, "label": difference.label, **sides}


def _section(context: CaseContext, name: str, title: str, part: SectionEvidence) -> Content:
    written_text = context.case.texts.get(name, "")
    return {
        "name": name,
        "title": title,
        "text": written_text or part.text,
        "written": bool(written_text),
        "evidence": [
            asdict(replace(claim, link=links.link_of(context, name, claim.source))) for claim in part.evidence
        ],
        "figures": [asdict(figure) for figure in part.figures],
        **({"plot": part.plot} if part.plot else {}),
        **({"changes": [_difference(difference) for difference in part.changes]} if part.changes else {}),
    }


def completeness(parts: dict[str, SectionEvidence], texts: dict[str, str]) -> Content:
    """How far an approver's questions are answered: percent of sections, and what will be asked next."""
    missing = [
        {"section": section.name, "required": section.required, "question": section.question}
        for section in SECTIONS
        if not parts[section.name].is_complete and not texts.get(section.name)
    ]
    return {"percent": round(100 * (len(SECTIONS) - len(missing)) / len(SECTIONS)), "missing": missing}


def content_of(session: Session, case: BudgetCase, *, moment: Moment, options: Options) -> Content:
    """The content of a case as it stands: its head, the thirteen sections, how complete it is. Frozen at submission."""
    context = context_of(session, case, moment=moment, options=options)
    parts = section_evidence_of(context)
    requisition, band = context.requisition, context.band
    currency = case.currency
    return {
        "number": case.number,
        "version": case.version,
        "title": requisition.title,
        "requisition": requisition.key,
        "candidate": context.application.candidate.name,
        "level": requisition.level,
        "location": requisition.location,
        "requested_by": case.requested_by.name,
        "created_on": context.iso_date(case.created_at),
        "submitted_on": context.iso_date(context.now) if case.submitted_at else None,
        "needed_by": context.iso_date(case.needed_by),
        "ask": {"amount": case.ask, "currency": currency},
        "excess": {"amount": context.excess.amount, "currency": currency},
        "band": {name: getattr(band, name) for name in ("min", "mid", "max", "currency", "interval")},
        "offer_terms_version": case.offer.terms_version,
        **previous_case.reference_of(context),
        "sections": [_section(context, section.name, section.title, parts[section.name]) for section in SECTIONS],
        "completeness": completeness(parts, case.texts),
    }


def frozen_content(case: BudgetCase) -> Content:
    """The content of a case as it was frozen, nothing before."""
    content: Content = json.loads(case.frozen or "{}")
    return content


def displayed_content(session: Session, case: BudgetCase, *, moment: Moment, options: Options) -> Content:
    """What a reader of the case sees: the frozen content once submitted, the record of this moment before.

    A draft names under its sources the rows that cannot be read; it cannot be submitted like that.
    """
    if not case.is_draft:
        return frozen_content(case)
    content, damaged = sound_reading.read_around(
        session, lambda: content_of(session, case, moment=moment, options=options)
    )
    if damaged:
        sources = content["sections"][-1]
        sources["text"] = "\n\n".join(filter(None, [sources["text"], damage.sentence(damaged)]))
    return content


def canonical(content: Content) -> str:
    """The one text of a content: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def checksum(text: str) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _other_names(case: BudgetCase) -> tuple[dict[str, str], list[str]]:
    """The other finalists by what they are called in the case, and whose names may stand there: the candidate and colleagues."""
    session = object_session(case)
    if session is None:
        return {}, []
    application = case.offer.application
    slate = pipeline.finalists_of(session, application.requisition)
    others = [finalist.application for finalist in slate if finalist.application_id != application.id]
    colleagues = session.scalars(select(User.name)).all()
    names = {other_names.called(place): other.candidate.name for place, other in enumerate(others)}
    return names, [application.candidate.name, *colleagues]


def names_in(case: BudgetCase, text: str, *, section: str = "") -> list[Finding]:
    """The names of other finalists in what is written for a case."""
    others, known = _other_names(case)
    return other_names.found_in(text, others=others, known=known, section=section)


def _passages(case: BudgetCase) -> list[tuple[str, str]]:
    """Everything that people wrote for a case, with its section."""
    written = [(name, case.texts[name]) for name in NAMES if case.texts.get(name)]
    questions = [("other_teams", endorsement.question) for endorsement in case.endorsements]
    return [*written, *writer_facts.free_texts(case.texts), *questions]


def findings(case: BudgetCase) -> list[Finding]:
    """What the check finds in everything that people wrote for a case, section by section: words, and names of other finalists."""
    all_findings = []
    others, known = _other_names(case)
    for section, passage in _passages(case):
        all_findings += check.check(passage, section=section)
        all_findings += other_names.found_in(passage, others=others, known=known, section=section)
    return sorted(all_findings, key=lambda finding: (finding.severity != "blocked", NAMES.index(finding.section)))
