"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import Blank, Held, Kept, Words

HELD = (
    Held(
        "interview",
        "Interviews",
        via=("application_id",),
        columns={
            "name": Blank("Interview"),
            "focus": Kept("attributes of the requisition"),
            "place": Words(),
        },
    ),
    Held("panelist", "Who met them", via=("interview_id",)),
    Held("interview_change", "Changes of interviews", via=("interview_id",), columns={"reason": Words()}),
)
