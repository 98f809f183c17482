"""What of a case stays hidden from somebody who owes a scorecard on its search; every door asks here."""

from __future__ import annotations

from typing import Any

from recruiter.budget.sections import FROM_SCORECARDS

HIDDEN = "Hidden until your own scorecard on this search is in."


def redact(section: dict[str, Any]) -> dict[str, Any]:
    """A section of the content without what comes from scorecards: nothing but its name where all of it does, else without what changed there."""
    if section["name"] in FROM_SCORECARDS:
        heading = {"name": section["name"], "title": section["title"]}
        return {**heading, "text": HIDDEN, "written": False, "evidence": [], "figures": []}
    if "changes" not in section:
        return section
    return {**section, "changes": [change for change in section["changes"] if change["section"] not in FROM_SCORECARDS]}
