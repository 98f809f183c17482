"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import Blank, Held, Numbered, Words

HELD = (
    Held(
        "candidate",
        "Who they are",
        via=("id",),
        columns={
            "name": Numbered("Erased person {id}"),
            "name_key": Numbered("erased person {id}"),
            "headline": Blank(),
            "location": Blank(),
            "source": Blank(),
            "links": Blank([]),
            "tags": Blank([]),
            "search_key": Blank(),
            "tags_key": Blank(),
        },
    ),
    Held("contact", "Addresses and numbers", via=("candidate_id",), removed=True),
    Held("set_apart", "Records looked at as possibly the same person", via=("first_id", "second_id"), removed=True),
    Held("note", "Notes", via=("candidate_id",), removed=True),
    Held("note_reader", "Who may read a private note", via=("note_id",), removed=True),
    Held("note_version", "Earlier words of notes", via=("note_id",), removed=True),
    Held("task", "Follow-ups", via=("candidate_id",), removed=True),
    Held("attachment", "Files", via=("candidate_id",), removed=True),
    Held(
        "consent",
        "Consents",
        via=("candidate_id",),
        columns={"text_version": Words(), "text": Words(), "channel": Words()},
    ),
)
