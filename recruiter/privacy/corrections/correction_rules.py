"""Which disputed fields are values of a record, and how a value is read and typed: one a line where there are several."""

from __future__ import annotations

from recruiter.candidates.models import Candidate
from recruiter.candidates.rules import CandidateDetails
from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken
from recruiter.privacy.models import DisputedField

F = DisputedField
LONGEST = {F.NAME: 200, F.HEADLINE: 300, F.LOCATION: 200, F.SOURCE: 120}
LONGEST_LINE = 254
LISTS = {F.EMAILS, F.PHONES, F.LINKS, F.TAGS}
VALUES = LISTS | set(LONGEST)  # the other fields are corrected where they were written


def value_of(candidate: Candidate, field: DisputedField) -> str:
    """What a field of a record says now; empty for what is no field of it."""
    if field not in VALUES:
        return ""
    value = getattr(candidate, field.value)
    return "\n".join(value) if field in LISTS else value


def details_with(field: DisputedField, value: str) -> CandidateDetails:
    """The change of a record that gives a field its right value. Raises RuleBroken at `value` where it is too long."""
    lines = [line for line in map(text.clean, value.splitlines()) if line]
    longest = LONGEST.get(field, LONGEST_LINE)
    typed = lines if field in LISTS else [text.one_line(value)]
    if any(len(each) > longest for each in typed):
        raise RuleBroken.at("value", f"Use at most {longest} characters{' in a line' if field in LISTS else ''}.")
    details: dict[str, list[str] | str] = {field.value: lines if field in LISTS else typed[0]}
    return CandidateDetails(**details)  # type: ignore[arg-type]  # by the kind of the field
