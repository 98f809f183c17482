"""The card of a model, made from the stored artefact and the record of its fit: what it is for, what it learnt, what it cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from recruiter.learning.fitted_model import load_model
from recruiter.learning.governance import feature_allowlist
from recruiter.learning.governance.weight_shares import points_moved, weight_shares
from recruiter.learning.scores.random_effects import Effects, mean_leniency
from recruiter.learning.suggestion.suggest import NINETY, label_of
from recruiter.learning.types import JsonObject, JsonView

PURPOSE = (
    "It suggests an order for the 2 to 10 finalists of one search from their scorecards, says how sure that is and why.",
    "It is read beside the plain mean and the declared weights, by people who have sent their own scorecard.",
)
OUT_OF_SCOPE = (
    "It does not screen or reject anybody, moves nobody, and writes to nobody.",
    "It says nothing of people without scorecards, and nothing of how somebody will do at work.",
    "It is not for comparing people of different searches.",
)
LABEL = (
    "What it foresees is the offer: 3 the first offer that went out, 2 a later one, 1 the final stage, 0 earlier. A declined "
    "offer is still a choice. Who withdrew without an offer, who asked not to be ranked and searches that ended without an "
    "offer are left out, and only cards sent before the decision and before their author saw others' count."
)
REVIEW = (
    "Read the scorecards first; the order is a second opinion on them.",
    "Take a tie as a tie, and a range as the answer.",
    "Ask what the cards do not cover, and whose severity was adjusted for.",
    "Set the order yourself, and give a reason where it departs.",
)
LIMITS = (
    "None of the public sets that the model was tested on is real interviews with offers.",
    "Their slates were cut from larger pools, so a real shortlist may be harder to tell apart.",
    "It learns from what this company decided, with whatever was wrong in that.",
    "It never sees name, sex, age, nationality, address, school, pay, source or free text.",
    "It advises. A person decides, and says why when the order departs from it.",
)
CALIBRATED = 0.06  # the calibration error that RANKING section 4 allows at the whole pool


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one feature counts: declared and learnt, with the 90 % range of what was learnt; `share` in points of 100."""

    name: str
    declared: float
    learnt: float
    low: float
    high: float
    declared_share: float
    learnt_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Everything that is to be said of one fit; plain values, ready for JSON and for a page."""

    version: str
    sha256: str
    label: str
    n_decisions: int
    purpose: tuple[str, ...] = PURPOSE
    out_of_scope: tuple[str, ...] = OUT_OF_SCOPE
    label_meaning: str = LABEL
    data: JsonObject
    features: tuple[feature_allowlist.Feature, ...]
    never: tuple[str, ...] = feature_allowlist.NEVER
    weights: tuple[Weight, ...]
    moved: float
    moved_words: str
    raters: JsonObject
    verdict: str
    backtest: JsonObject
    calibration: str
    drift: tuple[str, ...]
    limits: tuple[str, ...] = LIMITS
    review: tuple[str, ...] = REVIEW

    def as_dict(self) -> JsonObject:
        """Plain values for JSON."""
        return asdict(self)


def card_of(artefact: JsonView | str, record: JsonView) -> ModelCard:
    """The card of a stored model; `record` holds what its fit noted (`data`, `backtest`, `prior`, `components`, `drift`, `verdict`).

    Raises:
        ModelRefused: the artefact was altered.
        ValueError: it looks at something that is not on the allow list.
    """
    model = load_model(artefact)
    # What a standard deviation of each column's level adds on average, whatever shape its effect has.
    steps = model.level_weights(np.eye(len(model.posterior.mean))) * model.sd
    mean, spread = model.posterior.mean @ steps, np.sqrt(np.diag(steps.T @ model.posterior.covariance @ steps))
    declared, learnt = weight_shares(model.declared), weight_shares(model.learnt)
    weights = [
        Weight(
            name,
            float(model.declared.get(name, 0.0)),
            float(mean[place]),
            float(mean[place] - NINETY * spread[place]),
            float(mean[place] + NINETY * spread[place]),
            declared.get(name, 0.0),
            learnt.get(name, 0.0),
        )
        for place, name in enumerate(model.columns)
    ]
    moved = points_moved(model.declared, model.learnt)
    backtest = dict(record.get("backtest", {}))
    return ModelCard(
        version=model.version,
        sha256=model.sha256,
        label=label_of(model.n_decisions),
        n_decisions=model.n_decisions,
        data=dict(record.get("data", {})),
        features=tuple(feature_allowlist.features_of(model.columns)),
        weights=tuple(sorted(weights, key=lambda weight: (-abs(weight.learnt_share), weight.name))),
        moved=moved,
        moved_words=f"{moved:.0f} of 100 points of weight lie elsewhere than the scorecards declare.",
        raters=_raters(model.effects, model.raters, record.get("components", [])),
        verdict=str(record.get("verdict", "")),
        backtest=backtest,
        calibration=_calibration(backtest.get("suggestion", {}).get("ece")),
        drift=tuple(record.get("drift", {}).get("warnings", [])),
    )


def missing(card: ModelCard) -> tuple[str, ...]:
    """What a card has to say and does not: with a gap it may not carry suggestions."""
    required = {
        "checksum": card.sha256,
        "data": card.data.get("slates"),
        "features": card.features,
        "weights": card.weights,
        "raters": card.raters.get("n"),
        "verdict": card.verdict,
    }
    return tuple(name for name, value in required.items() if not value)


def _raters(effects: Mapping[str, Effects], raters: tuple[str, ...], components: list[int]) -> JsonObject:
    """How many interviewers there are, in which comparable groups, and how far their severity spreads; never who."""
    leniency, cards = mean_leniency(effects.values(), len(raters))
    own = leniency[cards > 0]
    sizes = components or ([len(raters)] if raters else [])
    groups = f"{sizes[0]} of {sum(sizes)} interviewers can be compared with each other" if sizes else ""
    return {
        "n": len(raters),
        "components": list(sizes),
        "groups": groups,
        "spread": float(own.std()) if own.size else 0.0,
        "strictest": float(own.min()) if own.size else 0.0,
        "mildest": float(own.max()) if own.size else 0.0,
    }


def _calibration(error: float | None) -> str:
    if error is None:
        return "Not measured: too few decisions."
    advice = "they can be taken as they are" if error <= CALIBRATED else "take them with care"
    return f"Its chances were off by {100 * error:.0f} of 100 on average: {advice}."
