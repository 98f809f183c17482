"""What stands between a fit and carrying suggestions, each gate with its sentence."""

from __future__ import annotations

from recruiter.ranking.models import ModelRun
from recruiter.ranking.rules import Gate

NOTED, LOOKED_AT = "noted", "looked_at"


def _fairness_gate(run: ModelRun) -> Gate:
    """Whether a fairness audit that had answers to look at was made of this fit; where not, who took note of that."""
    if run.fairness_seen_at is not None:
        sentence = f"A fairness audit looked at it on {run.fairness_seen_at:%Y-%m-%d}."
        return Gate("fairness", passed=True, blocks=False, sentence=sentence)
    sentence = "Fairness was not looked at yet: no audit with answers was made of it."
    noted = [activation for activation in run.activations if activation.on and activation.fairness == NOTED]
    if noted:
        by = noted[-1].by
        sentence += f" Noted by {by.name if by else 'whoever fitted it from the command line'}."
    return Gate("fairness", passed=False, blocks=False, sentence=sentence)


def gates_of(run: ModelRun) -> list[Gate]:
    """Every gate of a fit: those measured when it was fitted, and whether its fairness was looked at since."""
    stored = [Gate(**gate) for gate in run.figures.get("gates", [])]
    return [*stored, _fairness_gate(run)]
