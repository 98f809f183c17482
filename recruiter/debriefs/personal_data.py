"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import Held, Words

HELD = (
    Held(
        "debrief_record",
        "Decisions of the debrief",
        via=("application_id",),
        columns={"decision": Words(), "reason": Words()},
    ),
    Held(
        "debrief_verdict",
        "Verdicts in the debrief",
        via=("application_id",),
        columns={"reason": Words(), "dissent": Words()},
    ),
)
