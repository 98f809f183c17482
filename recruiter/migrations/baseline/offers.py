"""Offers with every version of their terms, the chains that approve them and exceptions from the band."""

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, Date, Index, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import CURRENCY, LINE, MOMENT, WORD, column, only_where, reference, table

table(
    "offer",
    reference("application_id", "application", index=True),
    reference("opening_id", "opening", index=True),
    column("status", WORD),
    column("terms_version", Integer),
    column("currency", CURRENCY),
    column("base", BigInteger),
    column("bonus", BigInteger, nullable=True),
    column("sign_on", BigInteger, nullable=True),
    column("equity", LINE),
    column("start_on", Date, nullable=True),
    column("expires_on", Date, nullable=True),
    reference("created_by_id", "user"),
    reference("submitted_by_id", "user", nullable=True),
    column("created_at", MOMENT),
    column("submitted_at", MOMENT, nullable=True),
    column("extended_at", MOMENT, nullable=True),
    column("accepted_at", MOMENT, nullable=True),
    column("ended_at", MOMENT, nullable=True),
    column("end_code", LINE, nullable=True),
    column("end_reason", Text, nullable=True),
    column("version", Integer),
    column("plan", JSON, nullable=True),
    column("answer_by", MOMENT, nullable=True),
    CheckConstraint(
        "base > 0 AND (bonus IS NULL OR bonus >= 0) AND (sign_on IS NULL OR sign_on >= 0)", name="amounts_positive"
    ),
    Index(
        "uq_offer_one_out_per_opening", "opening_id", unique=True, **only_where("status IN ('extended', 'accepted')")
    ),
)

table(
    "offer_terms",
    reference("offer_id", "offer", index=True),
    column("number", Integer),
    column("currency", CURRENCY),
    column("base", BigInteger),
    column("bonus", BigInteger, nullable=True),
    column("sign_on", BigInteger, nullable=True),
    column("equity", LINE),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("revision", Integer, server_default="0"),
    column("start_on", Date, nullable=True),
    column("expires_on", Date, nullable=True),
    UniqueConstraint("offer_id", "number", "revision"),
)

table(
    "approval",
    reference("offer_id", "offer", index=True),
    column("terms_version", Integer),
    column("step", Integer),
    column("decision", WORD),
    column("comment", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("group_name", LINE, nullable=True),
    reference("for_id", "user", nullable=True),
    column("revision", Integer, server_default="0"),
)

table(
    "approval_chain",
    column("name", LINE),
    column("for_offers", Boolean),
    column("for_cases", Boolean),
    column("from_percent", Integer, nullable=True),
    column("from_amount", BigInteger, nullable=True),
    column("currency", CURRENCY, nullable=True),
    column("answer_days", Integer),
    reference("created_by_id", "user"),
    column("created_at", MOMENT),
    column("retired_at", MOMENT, nullable=True),
    column("version", Integer),
    CheckConstraint("(from_amount IS NULL) = (currency IS NULL)", name="amount_has_currency"),
    CheckConstraint("answer_days >= 1", name="answer_days_positive"),
)

table(
    "approval_group",
    reference("chain_id", "approval_chain", index=True),
    column("step", Integer),
    column("name", LINE),
    column("needed", Integer),
    CheckConstraint("needed >= 1 AND step >= 1", name="counts_positive"),
)

table(
    "approval_seat",
    reference("group_id", "approval_group", index=True),
    reference("user_id", "user"),
    UniqueConstraint("group_id", "user_id"),
)

table(
    "stand_in",
    reference("user_id", "user", index=True),
    reference("deputy_id", "user", index=True),
    column("from_on", Date),
    column("until_on", Date),
    reference("set_by_id", "user"),
    column("created_at", MOMENT),
    column("ended_at", MOMENT, nullable=True),
    CheckConstraint("until_on >= from_on AND user_id != deputy_id", name="in_order"),
)

table(
    "band_exception",
    reference("requisition_id", "requisition", index=True),
    reference("application_id", "application", index=True),
    column("case_number", LINE, unique=True),
    column("up_to", BigInteger),
    column("currency", CURRENCY),
    column("granted_at", MOMENT),
    column("voided_at", MOMENT, nullable=True),
    reference("terms_id", "offer_terms", nullable=True),
    column("level", LINE, nullable=True),
    column("void_words", LINE, server_default=""),
)

table(
    "competing_process",
    reference("application_id", "application", index=True),
    column("employer", LINE),
    column("stage", LINE),
    column("source_class", WORD),
    column("decision_on", Date, nullable=True),
    column("offer_amount", BigInteger, nullable=True),
    column("currency", CURRENCY, nullable=True),
    column("disclosed_on", Date),
    reference("by_id", "user"),
    column("created_at", MOMENT),
    column("version", Integer),
)
