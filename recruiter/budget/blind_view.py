"""What of a case stays hidden from somebody who owes a scorecard on its search; every door asks here."""

from __future__ import annotations

from typing import Any

from recruiter.budget.sections import FROM_SCORECARDS

HIDDEN = "Hidden until your own scorecard on this search is in."


def hidden(section: dict[str, Any]) -> dict[str, Any]:
    """A section of the content without what comes from scorecards: nothing but its name where all of it does, else without what changed there."""
    if section["name"] in FROM_SCORECARDS:
        known = {"name": section["name"], "title": section["title"]}
        return {**known, "text": HIDDEN, "written": False, "evidence": [], "figures": []}
    if "changes" not in section:
        return section
    return {**section, "changes": [one for one in section["changes"] if one["section"] not in FROM_SCORECARDS]}
