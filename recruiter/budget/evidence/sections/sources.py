"""Where everything comes from: each source once, with the number of claims that rest on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.foundation.wording import plural


def collect(context: CaseContext, parts: Iterable[SectionEvidence]) -> SectionEvidence:
    """The sources of the other sections, in the order of their first claim."""
    claim_counts = Counter(claim.source for part in parts for claim in part.evidence)
    evidence = [
        context.claim(f"{source}: {plural(count, 'claim')}.", source, at=context.now, count=count)
        for source, count in claim_counts.items()
    ]
    text = f"{plural(sum(claim_counts.values()), 'claim')} from {plural(len(claim_counts), 'source')}, read on {context.long_date(context.now)}."
    return SectionEvidence(text, evidence, is_complete=True)
