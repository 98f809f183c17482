"""Cases for the budget, how they were decided, who endorsed them and who left."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, Date, Integer, Text

from recruiter.migrations.baseline.schema import CURRENCY, DIGEST, LINE, MOMENT, WORD, column, reference, table

table(
    "budget_case",
    column("number", LINE, unique=True),
    reference("offer_id", "offer", index=True),
    column("status", WORD),
    column("ask", BigInteger),
    column("currency", CURRENCY),
    column("needed_by", Date),
    column("texts", JSON),
    column("frozen", Text, nullable=True),
    column("sha256", DIGEST, nullable=True),
    reference("requested_by_id", "user"),
    column("created_at", MOMENT),
    column("submitted_at", MOMENT, nullable=True),
    column("version", Integer),
    column("plan", JSON, nullable=True),
    column("answer_by", MOMENT, nullable=True),
    reference("follows_id", "budget_case", nullable=True, index=True),
    CheckConstraint("ask > 0", name="ask_positive"),
)

table(
    "case_decision",
    reference("case_id", "budget_case", index=True),
    column("decision", WORD),
    column("amount", BigInteger, nullable=True),
    column("comment", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("step", Integer, nullable=True),
    column("group_name", LINE, nullable=True),
    reference("for_id", "user", nullable=True),
)

table(
    "endorsement",
    reference("case_id", "budget_case", index=True),
    column("email", LINE),
    column("name", LINE),
    column("team", LINE),
    column("question", Text),
    column("digest", DIGEST, unique=True),
    reference("asked_by_id", "user"),
    column("asked_at", MOMENT),
    column("expires_at", MOMENT),
    column("answer", Text),
    column("answered_at", MOMENT, nullable=True),
    column("version", Integer),
    column("choice", WORD, nullable=True),
    column("for_what", LINE, server_default=""),
    column("by_when", LINE, server_default=""),
)

table(
    "departure",
    reference("case_id", "budget_case", unique=True),
    column("left_on", Date),
    reference("by_id", "user"),
    column("at", MOMENT),
)
