"""Keeping a fitted model as plain JSON with a hash, so that a past run can be repeated and nothing is executed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from recruiter.learning.arrays import FloatArray, plain_values
from recruiter.learning.choice.posterior import Posterior
from recruiter.learning.choice.response_curves import SHAPES, level_weights
from recruiter.learning.scores.random_effects import Effects
from recruiter.learning.types import JsonObject, JsonView

KIND = "recruiter ranking model"
FORMAT = 2  # format 2 brought the shapes of effects
READABLE_FORMATS = (1, 2)  # format 1 knew levels alone


class ModelRefused(ValueError):  # noqa: N818 - the refusal's name says what happened
    """A stored model cannot be used: altered, of another kind, or of another format."""


@dataclass(frozen=True, slots=True)
class FittedModel:
    """What past decisions taught: leniency per attribute, the weights' posterior, and how to show utilities."""

    n_decisions: int
    columns: tuple[str, ...]
    sd: FloatArray
    scales: FloatArray
    slopes: FloatArray
    posterior: Posterior
    raters: tuple[str, ...]
    effects: dict[str, Effects]
    halo: float
    noise_scale: float
    spread: float
    declared: dict[str, float]
    learnt: dict[str, float]
    sha256: str = ""

    @property
    def version(self) -> str:
        """The first 12 digits of the hash."""
        return self.sha256[:12]

    def level_weights(self, weights: FloatArray) -> FloatArray:
        """What a step of a column's level adds on average, from weights over all shapes (..., shapes x columns)."""
        return level_weights(weights, self.slopes, self.sd)


def dump_model(model: FittedModel) -> JsonObject:
    """The model as a JSON object with `version` (the first 12 digits of the hash) and `sha256`."""
    body: JsonObject = {"kind": KIND, "format": FORMAT, **plain_values(asdict(model))}
    del body["sha256"]
    names = list(SHAPES[: len(model.scales)])
    body["shapes"] = {"names": names, "scales": body.pop("scales"), "slopes": body.pop("slopes")}
    digest = digest_of(body)
    return {**body, "version": digest[:12], "sha256": digest}


def load_model(stored: JsonView | str) -> FittedModel:
    """Take a stored model (object or JSON text) back after checking its hash.

    Raises:
        ModelRefused: not a model, of another format, or altered since it was stored.
    """
    try:
        document: Any = json.loads(stored) if isinstance(stored, str) else dict(stored)
        body = {name: value for name, value in document.items() if name not in ("sha256", "version")}
        digest = digest_of(body)
    except (ValueError, TypeError, AttributeError):
        raise ModelRefused("This is not a stored ranking model.") from None
    if body.get("kind") != KIND or body.get("format") not in READABLE_FORMATS:
        raise ModelRefused("This is not a ranking model of a known format.")
    if digest != document.get("sha256") or digest[:12] != document.get("version"):
        raise ModelRefused("The stored ranking model was altered: its checksum does not match.")
    try:
        return _from_body(body, digest)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise ModelRefused("The stored ranking model is incomplete.") from None


def digest_of(body: JsonView) -> str:
    """SHA-256 of the canonical JSON text (sorted keys, no spaces)."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _effects_of(stored: JsonView) -> Effects:
    values: JsonObject = {
        name: np.array(value, dtype=np.float64) if isinstance(value, list) else value for name, value in stored.items()
    }
    return Effects(**values | {"n_cards": np.array(stored["n_cards"], dtype=np.intp)})


def _from_body(body: JsonView, sha256: str) -> FittedModel:
    size = len(body["columns"])
    shapes = body.get("shapes") or {"scales": [[1.0] * size], "slopes": [[1.0] * size]}
    return FittedModel(
        n_decisions=int(body["n_decisions"]),
        columns=tuple(body["columns"]),
        sd=np.array(body["sd"], dtype=np.float64),
        scales=np.array(shapes["scales"], dtype=np.float64),
        slopes=np.array(shapes["slopes"], dtype=np.float64),
        posterior=Posterior(**{name: np.array(part, dtype=np.float64) for name, part in body["posterior"].items()}),
        raters=tuple(body["raters"]),
        effects={name: _effects_of(stored) for name, stored in body["effects"].items()},
        halo=float(body["halo"]),
        noise_scale=float(body["noise_scale"]),
        spread=float(body["spread"]),
        declared=dict(body["declared"]),
        learnt=dict(body["learnt"]),
        sha256=sha256,
    )
