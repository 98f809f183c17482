"""The way back from a claim to where it stands on record."""

from __future__ import annotations

from recruiter.budget.evidence.types import CaseContext

# How a source begins, and the page on which it stands; the first that fits is taken.
SOURCE_PAGES = (
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
SECTION_PAGES = {"standing": "/requisitions/{key}/finalists"}


def link_of(context: CaseContext, section: str, source: str) -> str:
    """The address of the page behind a claim, from the root of this installation; what the writer told stands in the case itself."""
    previous = context.case.follows
    if previous is not None and source.endswith(previous.number):
        return f"/cases/{previous.id}"
    page_address = next((page for start, page in SOURCE_PAGES if source.startswith(start)), "/cases/{case}")
    if page_address == "/applications/{application}/scorecards":
        page_address = SECTION_PAGES.get(section, page_address)
    return page_address.format(
        key=context.requisition.key, application=context.application.id, offer=context.offer.id, case=context.case.id
    )
