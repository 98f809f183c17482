"""The way back from a claim to where it stands on record."""

from __future__ import annotations

from recruiter.budget.evidence.types import Ground

# How a source begins, and the page on which it stands; the first that fits is taken.
PAGES = (
    ("Slate, scorecards", "/requisitions/{key}/finalists"),
    ("Scorecard", "/applications/{application}/scorecards"),
    ("Terms of the offer", "/offers/{offer}"),
    ("Approvals of the offer", "/offers/{offer}"),
    ("Computed from the terms", "/offers/{offer}"),
    ("Competing processes", "/applications/{application}/offers"),
    ("Told by the candidate", "/applications/{application}/offers"),
    ("Concerns on record", "/applications/{application}/offers"),
    ("Pay band of", "/requisitions/{key}/setup"),
    ("Pay bands of", "/requisitions"),
    ("Record of", "/requisitions/{key}"),
    ("Interviews of", "/requisitions/{key}/interviews"),
    ("Readiness on the bench", "/requisitions/{key}/bench"),
    ("Band exceptions", "/cases/register"),
    ("Own history", "/reports"),
    ("Accepted offers", "/reports"),
)
OF_A_SECTION = {"standing": "/requisitions/{key}/finalists"}


def link_of(ground: Ground, section: str, source: str) -> str:
    """The address of the page behind a claim, from the root of this installation; what the writer told stands in the case itself."""
    before = ground.case.follows
    if before is not None and source.endswith(before.number):
        return f"/cases/{before.id}"
    named = next((page for head, page in PAGES if source.startswith(head)), "/cases/{case}")
    if named == "/applications/{application}/scorecards":
        named = OF_A_SECTION.get(section, named)
    return named.format(
        key=ground.requisition.key, application=ground.application.id, offer=ground.offer.id, case=ground.case.id
    )
