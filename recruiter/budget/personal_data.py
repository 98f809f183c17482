"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import CURRENCY, DIGEST, Blank, Held, Kept, Words

COLLEAGUE = Kept("the colleague who was asked")
HELD = (
    Held(
        "budget_case",
        "Budget cases",
        via=("offer_id",),
        columns={
            "number": Kept("a number of the register"),
            "currency": CURRENCY,
            "texts": Blank({}),
            "frozen": Blank(None),
            "sha256": DIGEST,
            "plan": Kept("approval steps and the numbers of approvers"),
        },
    ),
    Held(
        "case_decision",
        "Decisions on budget cases",
        via=("case_id",),
        columns={"comment": Words(), "group_name": Kept("a group of an approval chain")},
    ),
    Held(
        "endorsement",
        "Questions to colleagues of other teams",
        via=("case_id",),
        columns={
            "email": COLLEAGUE,
            "name": COLLEAGUE,
            "team": COLLEAGUE,
            "question": Words(),
            "digest": DIGEST,
            "for_what": Words(),
            "by_when": Words(),
            "answer": Words(),
        },
    ),
    Held("departure", "Departures from approved cases", via=("case_id",)),
)
