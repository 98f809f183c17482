"""The thirteen sections of a case in their order: what each is called, and what an approver will ask where it is empty."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One section: its name in the API, its title for readers, the question that an approver has."""

    name: str
    title: str
    question: str
    required: bool = False


SECTIONS: tuple[Section, ...] = (
    Section("ask", "The request", "How much is asked for, and by when?", required=True),
    Section("candidate", "Why this candidate", "What did the panel see that the role asks for?", required=True),
    Section("standing", "How this candidate stands", "How far above the bar, and ahead of whom?"),
    Section("other_teams", "Voices of other teams", "Who outside of the hiring team has met the candidate?"),
    Section("market", "The market signal", "Which other offers are known, and how surely?"),
    Section("search", "The search so far", "How long has the seat been open, and who has declined?"),
    Section("cost_of_losing", "What losing the candidate costs", "What does an empty seat cost until it is filled?"),
    Section(
        "alternatives", "The alternatives, priced", "What does the next finalist cost within the band?", required=True
    ),
    Section("equity", "Pay fairness", "Who of the same level is paid less, and what will be done?"),
    Section("risks", "Risks and concerns", "Why might the candidate say no even so?"),
    Section("precedents", "Earlier exceptions on this band", "How often was this band exceeded?"),
    Section("approvals", "Approvals and history", "Who has asked, and who decides?"),
    Section("sources", "Sources", "Where does each figure come from?"),
)
NAMES: tuple[str, ...] = tuple(section.name for section in SECTIONS)
BY_NAME: dict[str, Section] = {section.name: section for section in SECTIONS}
FROM_SCORECARDS = frozenset({"candidate", "standing", "other_teams", "alternatives", "sources"})
