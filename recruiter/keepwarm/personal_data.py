"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import CODE, Blank, Held, Kept, Words

HELD = (
    Held("touchpoint", "Contacts", via=("application_id",), columns={"said": Words()}),
    Held("promise", "Promises", via=("application_id",), columns={"what": Words(), "zone": Kept("a time zone")}),
    Held("promise_change", "Changes of promises", via=("promise_id",), columns={"said": Words()}),
    Held("concern", "Concerns", via=("application_id",), columns={"text": Words(), "answer": Words()}),
    Held("readiness", "Readiness", via=("application_id",), removed=True),
    Held("snooze", "Quiet times", via=("application_id",), columns={"reason": Words()}),
    Held(
        "letter",
        "Messages sent",
        via=("application_id",),
        columns={"subject": Words(), "text_key": Kept("a digest of a text without names")},
    ),
    Held(
        "fall_through",
        "Losses of a first choice",
        via=("application_id",),
        columns={"reason_code": CODE, "reason": Words()},
    ),
    Held(
        "promotion", "Promotions", via=("promoted_application_id", "fall_through_id"), columns={"before": Blank(None)}
    ),
    Held("bench_release", "Calls that released a finalist", via=("application_id",)),
)
