"""The area of budget cases: its blueprint, and the address of a case."""

from __future__ import annotations

from flask import url_for

from recruiter.budget.models import BudgetCase
from recruiter.web.request.area import Area

blueprint = Area("budget", __name__)


def home(case: BudgetCase) -> str:
    """The page of a case."""
    return url_for("budget.show", case_id=case.id)
