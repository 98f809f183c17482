"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import CODE, CURRENCY, Blank, Held, Kept, Words

GROUP = Kept("a group of an approval chain")
HELD = (
    Held(
        "offer",
        "Offers",
        via=("application_id",),
        columns={
            "plan": Kept("approval steps and the numbers of approvers"),
            "end_code": CODE,
            "end_reason": Words(),
            "currency": CURRENCY,
            "equity": Words(),
        },
    ),
    Held("offer_terms", "Versions of offers", via=("offer_id",), columns={"currency": CURRENCY, "equity": Words()}),
    Held("approval", "Approvals of offers", via=("offer_id",), columns={"group_name": GROUP, "comment": Words()}),
    Held(
        "band_exception",
        "Approved exceptions to the band",
        via=("application_id",),
        columns={
            "case_number": Kept("the number of a budget case"),
            "currency": CURRENCY,
            "level": Kept("the level of the requisition"),
            "void_words": Words(),
        },
    ),
    Held(
        "competing_process",
        "Processes with other employers, as they told us",
        via=("application_id",),
        columns={"employer": Words(), "stage": Words(), "offer_amount": Blank(None), "currency": Blank(None)},
    ),
)
