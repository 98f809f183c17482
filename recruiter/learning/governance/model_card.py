"""The card of a model, made from the stored artefact and the record of its fit: what it is for, what it learnt, what it cannot tell."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from recruiter.learning.fitted_model import load_model
from recruiter.learning.governance import feature_allowlist
from recruiter.learning.governance.weight_shares import points_moved, weight_shares
from recruiter.learning.scores.random_effects import Effects, mean_leniency
from recruiter.learning.suggestion.suggest import NINETY, label_of
from recruiter.learning.types import JsonObject, JsonView

TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LIMITS = tuple(TEXTS["limits"])
CALIBRATED = 0.06  # the most calibration error that is allowed when all slates have been learnt from


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
    purpose: tuple[str, ...] = tuple(TEXTS["purpose"])
    out_of_scope: tuple[str, ...] = tuple(TEXTS["out_of_scope"])
    label_meaning: str = TEXTS["label_meaning"]
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
    review: tuple[str, ...] = tuple(TEXTS["review"])

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
    features = tuple(feature_allowlist.features_of(model.columns))
    # What a standard deviation of each column's level adds on average, whatever shape its effect has.
    steps = model.level_weights(np.eye(len(model.posterior.mean))) * model.sd
    mean, spread = model.posterior.mean @ steps, np.sqrt(np.diag(steps.T @ model.posterior.covariance @ steps))
    reach = NINETY * spread
    ranges = zip(model.columns, mean.tolist(), (mean - reach).tolist(), (mean + reach).tolist(), strict=True)
    declared_share, learnt_share = weight_shares(model.declared), weight_shares(model.learnt)
    weights = [
        Weight(name, model.declared[name], learnt, low, high, declared_share[name], learnt_share[name])
        for name, learnt, low, high in ranges
    ]
    moved = points_moved(model.declared, model.learnt)
    backtest = dict(record.get("backtest", {}))
    return ModelCard(
        version=model.version,
        sha256=model.sha256,
        label=label_of(model.n_decisions),
        n_decisions=model.n_decisions,
        data=dict(record.get("data", {})),
        features=features,
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
