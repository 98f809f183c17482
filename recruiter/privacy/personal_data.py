"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import DIGEST, Held, Words

HELD = (
    Held("erased_address", "Digests of erased addresses", via=("candidate_id",), columns={"digest": DIGEST}),
    Held(
        "data_request",
        "Requests about their data",
        via=("candidate_id",),
        columns={"details": Words(), "answer": Words()},
    ),
    Held(
        "dispute",
        "What they asked to have corrected",
        via=("request_id",),
        columns={"old_value": Words(), "new_value": Words(), "informed_parties": Words()},
    ),
    Held("legal_hold", "Legal holds", via=("candidate_id",), columns={"reason": Words(), "lift_reason": Words()}),
)
