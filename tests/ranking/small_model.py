"""A fit on a few made-up slates, without a database to learn from: fast, and the same each time."""

from __future__ import annotations

import functools
import json
import random
from dataclasses import asdict

from recruiter.learning.types import Card, PastSlate
from recruiter.ranking import rules
from recruiter.ranking.models import ModelRun, Prediction
from recruiter.ranking.suggestion.suggestion_inputs import Inputs, answer, digest_of

STRANGE = "Depth <b>&'é</b> 🎻 שרה"
BACKTEST = {
    "suggestion": {"skill": 0.21, "top1": 0.61, "auc": 0.74, "ndcg": 0.8, "ece": 0.03, "skill_range": [0.08, 0.33]},
    "mean_overall": {"skill": 0.17, "top1": 0.55, "auc": 0.7, "ndcg": 0.8, "ece": 0.04, "skill_range": [-0.02, 0.31]},
    "forest": {"skill": -0.2, "top1": 0.31, "auc": 0.5, "ndcg": 0.6, "ece": 0.2, "skill_range": [-0.4, -0.1]},
}


def slates(count=34, attributes=("Depth", "Care"), seed=5, first=1_770_000_000.0):
    """Slates of three with two cards each, chosen by what the cards say."""
    chance = random.Random(seed)
    out = []
    for number in range(count):
        cards, level = [], {}
        for item in ("a", "b", "c"):
            level[item] = chance.gauss(3.0, 1.0)
            for rater in ("person-1", "person-2"):
                for name in ("overall", *attributes):
                    mark = min(5.0, max(1.0, round(level[item] + chance.gauss(0, 0.7))))
                    cards.append(Card(item, rater, name, mark))
        best = max(level, key=level.get)
        grades = {item: 3.0 if item == best else 1.0 for item in level}
        out.append(
            PastSlate(f"S-{number:03d}", cards, grades, first + number * 864_000.0, dict.fromkeys(attributes, 1.0))
        )
    return out


@functools.cache
def artefact(*attributes):
    """The JSON text of a model."""
    from recruiter.learning.fit import fit_model

    return json.dumps(fit_model(slates(attributes=attributes or ("Depth", "Care"))))


def run(session, now, *, name="20261101-abc", active=True, attributes=(), figures=None, **more):
    """A stored fit with figures as a real one has them."""
    body = json.loads(artefact(*attributes))
    gate_results = rules.gates_for(body["n_decisions"], skill=0.21, prior=0.2, plain=0.17)
    run_figures = {
        "backtest": BACKTEST, "prior": {"skill": 0.2}, "past_scores": [3.1, 3.4, 4.0], "seed": 0, "components": [2],
        "data": {"first": "2025-05-01", "last": "2026-10-01", "slates": 34, "own": 30, "imported": 4, "people": 102, "cards": 204,
                 "raters": 2, "without_choice": 3, "withdrawn": 2, "not_ranked": 1, "decision_ids": []},
        "gates": [asdict(gate) for gate in gate_results],
        "drift": {"warnings": [], "halves": {"warns": False, "sentence": "Much the same."}, "lately": {"warns": False, "sentence": "No worse."},
                  "leniency": {"warns": False, "sentence": "As before.", "periods": []}},
    } | (figures or {})  # fmt: skip
    made = ModelRun(
        name=name, active=active, artefact=json.dumps(body), artefact_hash=body["sha256"], input_digest="0" * 64,
        n_decisions=body["n_decisions"], verdict="Probably better than <plain>.", figures=run_figures, fitted_at=now, **more,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def prediction(session, requisition, now):
    """A logged ranking of two people by the declared weights."""
    cards = tuple(
        Card(item, rater, "overall", score) for item, score in (("1", 4.0), ("2", 3.0)) for rater in ("x", "y")
    )
    inputs = Inputs(("1", "2"), cards, {}, 0.5, 3.0, (), 0, requisition.id)
    output = answer(inputs, None)
    made = Prediction(
        requisition_id=requisition.id, model_hash="", input_digest=digest_of(inputs.as_dict()), inputs=inputs.as_dict(),
        output=output, output_digest=digest_of(output), made_with="recruiter 0.1.0, numpy 2", made_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
