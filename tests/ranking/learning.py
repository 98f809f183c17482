"""An active model for tests, fitted on made-up decisions."""

import json

from recruiter.learning.fit import fit_model
from recruiter.learning.types import Card, PastSlate
from recruiter.ranking.models import ModelRun


def learnt(session, people, now, *, decisions=24):
    """An active fit on made-up decisions in which Ines marks one point lower than Igor."""
    given = [(f"person-{people.ines.id}", -1.0), (f"person-{people.igor.id}", 0.0)]
    past = [
        PastSlate(
            f"past {k}",
            [Card(f"{k}-{i}", who, called, 2.0 + i + less + 0.1 * (k % 3)) for i in range(3) for who, less in given for called in ("overall", "System design")],
            {f"{k}-{i}": float(i + (k % 7 == i)) for i in range(3)},
            float(k),
            {"System design": 1.0},
        )
        for k in range(decisions)
    ]  # fmt: skip
    model = fit_model(past)
    run = ModelRun(
        name=f"20261101-{model['version']}", active=True, artefact=json.dumps(model), artefact_hash=model["sha256"], input_digest="0" * 64,
        n_decisions=model["n_decisions"], figures={"past_scores": [2.8, 3.1, 3.4, 3.9]}, fitted_at=now,
    )  # fmt: skip
    session.add(run)
    session.commit()
    return run
