"""Where all tables are known: whoever makes or migrates a schema loads every room's models by name."""

from __future__ import annotations

import importlib

ROOMS = (
    "audit", "accounts", "requisitions", "candidates", "pipeline", "interviews", "scorecards", "debriefs", "offers", "keepwarm",
    "ranking", "budget", "exchange", "privacy",
)  # fmt: skip
APART = (
    "recruiter.keepwarm.models.records",
    "recruiter.keepwarm.models.agreements",
    "recruiter.ranking.bias_audit.models",
    "recruiter.ranking.bias_audit.protected",
    "recruiter.budget.register.models",
)  # kept apart on purpose


def load() -> None:
    """Load the models of every room; by name, since the ground may not import what stands on it."""
    importlib.import_module("recruiter.foundation.jobs")
    for room in ROOMS:
        importlib.import_module(f"recruiter.{room}.models")
    for apart in APART:
        importlib.import_module(apart)
