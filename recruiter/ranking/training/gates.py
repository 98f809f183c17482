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


def fairness_status(run: ModelRun) -> Fairness:
    """Whether a fairness audit that had answers to look at was made of this fit."""
    if run.fairness_seen_at is None:
        return Fairness(looked=False, sentence="Fairness was not looked at yet: no audit with answers was made of it.")
    return Fairness(looked=True, sentence=f"A fairness audit looked at it on {run.fairness_seen_at:%Y-%m-%d}.")


def _fairness_gate(run: ModelRun) -> Gate:
    fairness = fairness_status(run)
    noted = next(
        (activation for activation in reversed(run.activations) if activation.on and activation.fairness == NOTED), None
    )
    sentence = fairness.sentence
    if not fairness.looked and noted is not None:
        noted_by = noted.by.name if noted.by else "whoever fitted it from the command line"
        sentence = f"{sentence} Noted by {noted_by}."
    return Gate("fairness", passed=fairness.looked, blocks=False, sentence=sentence)


def gates_of(run: ModelRun) -> list[Gate]:
    """Every gate of a fit: those measured when it was fitted, and whether its fairness was looked at since."""
    stored = [Gate(**gate) for gate in run.figures.get("gates", [])]
    return [*stored, _fairness_gate(run)]
