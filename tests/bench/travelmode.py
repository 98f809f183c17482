"""The choice model against a published fit: 210 travellers, four modes (Greene; the file is not part of this project).

    python -m tests.bench.travelmode PATH/TO/travelmode.csv

An unpenalised conditional logit on constants for air, train and bus, general cost, waiting time and income x air must
reach a log-likelihood of -199.1284 (Greene, Econometric Analysis). Exit 1 when it does not.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

from recruiter.learning.choice.likelihood import build_stages, fit_coefficients

NAMES = ("air", "train", "bus", "gcost", "wait", "income x air")
PUBLISHED = (5.2074, 3.8690, 3.1632, -0.0155, -0.0961, 0.0133)
LOG_LIKELIHOOD = -199.1284
CLOSE = 0.001


def fitted(path: Path) -> tuple[np.ndarray, float]:
    """Coefficients and log-likelihood on the file."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    mode = np.array([row["mode"] for row in rows])
    number = {name: np.array([float(row[name]) for row in rows]) for name in ("gcost", "wait", "income")}
    X = np.column_stack(
        [
            *(mode == name for name in NAMES[:3]),
            number["gcost"],
            number["wait"],
            number["income"] * (mode == "air"),
        ]
    ).astype(float)
    chosen = np.array([row["choice"] == "yes" for row in rows], dtype=float)
    stages = build_stages(chosen, np.array([int(row["individual"]) for row in rows]))
    beta, _, loss = fit_coefficients(X, stages, np.zeros(len(NAMES)), np.zeros((len(NAMES), len(NAMES))))
    return beta, -loss


def main(arguments: list[str]) -> int:
    """Print both fits side by side."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    beta, loss = fitted(Path(arguments[0]))
    print(f"{'':<14}{'found':>12}{'published':>12}")
    for name, own, published in zip(NAMES, beta, PUBLISHED, strict=True):
        print(f"{name:<14}{own:>12.4f}{published:>12.4f}")
    print(f"{'log-likelihood':<14}{loss:>12.4f}{LOG_LIKELIHOOD:>12.4f}")
    right = abs(loss - LOG_LIKELIHOOD) <= CLOSE and np.allclose(beta, PUBLISHED, atol=1e-4)
    print("as published" if right else "NOT as published")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
