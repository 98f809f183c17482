"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import Held, Inside, Kept, Words

HELD = (
    Held(
        "scorecard",
        "Scorecards",
        via=("application_id",),
        columns={"summary": Words(), "question": Words(), "concern": Words()},
    ),
    Held(
        "rating",
        "Ratings",
        via=("scorecard_id",),
        columns={"attribute": Kept("an attribute of the requisition"), "evidence": Words()},
    ),
    Held(
        "scorecard_version",
        "Scorecards as they were submitted",
        via=("scorecard_id",),
        columns={
            "ratings": Inside("evidence"),
            "summary": Words(),
            "question": Words(),
            "concern": Words(),
            "reason": Words(),
        },
    ),
    Held("card_reading", "Who has read scorecards", via=("application_id",)),
    Held("kept_card", "Scorecards that were typed and not saved", via=("interview_id",), removed=True),
    Held("card_reminder", "Reminders of scorecards", via=("interview_id",)),
    Held("card_request", "Requests for scorecards", via=("interview_id",)),
)
