"""What the manager of the told case adds to the record: the budget line, a milestone, words of the panel, answers to dissent and ties."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.budget import services as budget
from recruiter.budget import writer_facts
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase
from recruiter.foundation.act import Act

QUOTES = 3


def write_facts(session: Session, *, case: BudgetCase, act: Act) -> None:
    """Write the facts of a draft as its manager would, from what the panel sent."""
    context = assembly.context_of(session, case, moment=act, options=Options())
    facts: dict[str, str | None] = {
        "kind": "scarce",
        "budget_line": f"{case.offer.application.requisition.department}, planned hires",
        "on_cost": "21",
        "milestone1": "Migration of the ledger",
        "milestone1_owner": act.actor.name,
        "milestone1_due": (act.today + dt.timedelta(days=40)).isoformat(),
        "milestone1_week": "450000",
        "why_not": "The role asks first for settlement at scale, and the first choice alone has run it in production.",
        "why_one_off": "A one-off was offered on the phone; the other employer's offer is in base.",
        "if_silent": "The offer stays at the top of the band",
        "quotes": ",".join(str(choice.rating_id) for choice in candidate.quotable_comments(context)[:QUOTES]),
    }
    for card in candidate.dissenting(context):
        facts[f"{writer_facts.DISSENT}{card.id}"] = (
            "The debrief went through it; the later interviews covered the open point."
        )
    change = budget.CaseChange(facts=facts)
    budget.write(session, case=case, change=change, act=act)
