"""Why applications and offers end: a list of codes, each saying who ended it; anything else is kept as `other` with its text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken
from recruiter.pipeline.models import EndedBy


@dataclass(frozen=True)
class Reason:
    """One entry of the list, or a free text under `other`."""

    kind: str
    code: str
    label: str
    ended_by: EndedBy


_C, _P, _N = EndedBy.COMPANY, EndedBy.CANDIDATE, EndedBy.NEITHER
_CANDIDATE_REASONS = [
    ("accepted_other_offer", "Accepted another offer", _P),
    ("accepted_counter_offer", "Accepted a counter offer", _P),
    ("compensation", "Compensation", _P),
    ("role_scope", "Scope of the role", _P),
    ("location", "Place of work", _P),
    ("timing", "Timing", _P),
    ("personal", "Personal reasons", _P),
    ("process_too_slow", "The process took too long", _P),
    ("other", "Other", _P),
]
_BY_KIND = {
    "rejection": [
        ("skills", "Not enough depth for this role", _C),
        ("experience", "Not enough experience for this role", _C),
        ("another_finalist", "Chose another finalist", _C),
        ("position_filled", "The position is filled", _C),
        ("position_closed", "The position was closed", _N),
        ("no_work_permit", "No permit to work in this place", _N),
        ("no_show", "Did not come", _P),
        ("no_reply", "Did not reply", _P),
        ("other", "Other", _C),
    ],
    **dict.fromkeys(("withdrawal", "decline", "fall_through", "renege"), _CANDIDATE_REASONS),
    "rescission": [
        ("budget_withdrawn", "Budget withdrawn", _C),
        ("references", "References", _C),
        ("position_closed", "The position was closed", _N),
        ("other", "Other", _C),
    ],
    "lapse": [("no_answer", "No answer by the date", _P), ("other", "Other", _N)],
}
REASONS = [Reason(kind, *entry) for kind, entries in _BY_KIND.items() for entry in entries]
KINDS = tuple(_BY_KIND)


def of_kind(kind: str) -> list[Reason]:
    """The entries for one kind of ending."""
    return [reason for reason in REASONS if reason.kind == kind]


def resolve(kind: str, given_reason: str | None) -> Reason:
    """The entry for what somebody gave as a reason: a code, a label, or their own words, which are the label of `other` then.

    Raises RuleBroken where nothing was said.
    """
    reason_text = text.clean(given_reason or "")
    if not reason_text:
        raise RuleBroken.at("reason", "Give a reason: one of the list, or in your own words.")
    key = text.folded(reason_text)
    for entry in of_kind(kind):
        if key in {entry.code, text.folded(entry.label)}:
            return entry
    other = next(entry for entry in of_kind(kind) if entry.code == "other")
    return replace(other, label=reason_text)
