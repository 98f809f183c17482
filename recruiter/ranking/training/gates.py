"""What stands between a fit and carrying suggestions, each gate with its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.ranking.models import ModelRun
from recruiter.ranking.rules import Gate

NOTED, LOOKED_AT = "noted", "looked_at"


@dataclass(frozen=True)
class Fairness:
    """Whether an audit looked at what a fit would do to groups of people, in a sentence."""

    looked: bool
    sentence: str


def fairness_looked_at(run: ModelRun) -> Fairness:
    """Whether a fairness audit that had answers to look at was made of this fit."""
    if run.fairness_seen_at is None:
        return Fairness(looked=False, sentence="Fairness was not looked at yet: no audit with answers was made of it.")
    return Fairness(looked=True, sentence=f"A fairness audit looked at it on {run.fairness_seen_at:%Y-%m-%d}.")


def _fairness(run: ModelRun) -> Gate:
    found = fairness_looked_at(run)
    noted = next((one for one in reversed(run.activations) if one.on and one.fairness == NOTED), None)
    sentence = found.sentence
    if not found.looked and noted is not None:
        who = noted.by.name if noted.by else "whoever fitted it from the command line"
        sentence = f"{sentence} Noted by {who}."
    return Gate("fairness", passed=found.looked, blocks=False, sentence=sentence)


def of_run(run: ModelRun) -> list[Gate]:
    """Every gate of a fit: those measured when it was fitted, and whether its fairness was looked at since."""
    stored = [Gate(**one) for one in run.figures.get("gates", [])]
    return [*stored, _fairness(run)]
