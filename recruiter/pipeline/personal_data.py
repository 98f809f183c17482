"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import CODE, Common, Held, Words

HELD = (
    Held(
        "application",
        "Applications",
        via=("candidate_id",),
        columns={"reason_code": CODE, "reason": Words(), "source": Common()},
    ),
    Held("stage_change", "Moves between stages", via=("application_id",), columns={"reason": Words()}),
    Held(
        "status_change",
        "Ends and reopenings",
        via=("application_id",),
        columns={"reason_code": CODE, "reason": Words()},
    ),
    Held("owner_change", "Who looked after the application", via=("application_id",)),
    Held("finalist", "Place among the finalists", via=("application_id",), columns={"reason": Words()}),
)
