"""What this room holds about a candidate, and what erasure leaves of it. Logged rankings hold numbers alone, and stay."""

from recruiter.foundation.personal_data import CODE, Held, Numbered, Words

HELD = (
    Held(
        "decision_grade",
        "Grades in past decisions",
        via=("application_id",),
        columns={"item": Numbered("erased-{id}"), "outcome": CODE},
    ),
    Held("imported_feature", "Imported features", via=("grade_id",), removed=True),
    Held("ranking_wish", "Wishes not to be ranked", via=("application_id",), columns={"reason": Words()}),
    Held("protected_answer", "Answers on self-identification", via=("candidate_id",), removed=True),
)
