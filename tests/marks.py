"""Which tests are quick and which compute a date, by where they stand."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
QUICK = {
    "accounts/test_accounts.py",
    "accounts/test_rules.py",
    "audit/test_rules.py",
    "budget/test_check.py",
    "budget/test_rules.py",
    "candidates/test_rules.py",
    "candidates/test_sameness.py",
    "debriefs/test_rules.py",
    "documents/test_model.py",
    "exchange/test_rules.py",
    "foundation/test_jobs.py",
    "foundation/test_values.py",
    "foundation/test_wording.py",
    "house/test_audit_actions.py",
    "interviews/test_rules.py",
    "keepwarm/test_clocks.py",
    "keepwarm/test_message_rules.py",
    "keepwarm/test_rules.py",
    "keepwarm/test_wording.py",
    "learning/test_features.py",
    "learning/test_metrics.py",
    "learning/test_shapes.py",
    "offers/test_rules.py",
    "pipeline/test_rules.py",
    "policy/test_policy.py",
    "ranking/test_rules.py",
    "reports/test_rules.py",
    "requisitions/test_rules.py",
    "scorecards/test_rules.py",
}
PAGES = ("web/test_", "_pages.py")  # the first test of each such file: one page a room
DAY_FOLDERS = {  # the rooms that count days
    "budget",
    "candidates",
    "debriefs",
    "interviews",
    "keepwarm",
    "offers",
    "pipeline",
    "ranking",
    "reports",
    "scorecards",
}


def computes_date(item):
    """Whether a test computes a date; one that speaks of hours of the clock (`hours`) is at home in one company alone."""
    folder = item.path.relative_to(TESTS).parts[0]
    return folder in DAY_FOLDERS and item.get_closest_marker("hours") is None


def marks_of(item, *, first):
    """The marks of a test; `first` says that it is the first of its file."""
    path = item.path.relative_to(TESTS).as_posix()
    if path in QUICK or (first and path.startswith(PAGES[0]) and path.endswith(PAGES[1])):
        yield "quick"
    if computes_date(item):
        yield "day"
