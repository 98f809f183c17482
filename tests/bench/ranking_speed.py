"""How long do a large fit and one ranking take? Run by hand: python -m tests.bench.ranking_speed [--rows 500000]

One thread. Prints seconds, the peak of memory over what the made data take, and the ratio to each bar
(15 s, 1 GiB, 20 ms): below 1 is within it.
"""

from __future__ import annotations

import argparse
import os
import resource
import time

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np

from recruiter.learning.choice.posterior import CARD_STRENGTH
from recruiter.learning.choice.ranker import GradedChoiceRanker
from recruiter.learning.fit import fit_model
from recruiter.learning.fitted_model import load_model
from recruiter.learning.history.candidate_table import build_table, prior_directions
from recruiter.learning.scores.declared_score import OVERALL
from recruiter.learning.scores.scorecard_model import ScorecardModel
from recruiter.learning.suggestion.suggest import suggest
from recruiter.learning.types import Card, PastSlate
from tests.learning.known_truth import ATTRIBUTES, make_truth

PER_SLATE = 104
SECONDS, GIB, MILLISECONDS = 15.0, 1.0, 20.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=500_000)
    history = make_truth(max(parser.parse_args().rows // PER_SLATE, 20), 0).history
    table = build_table(history)
    print(f"{len(history.ratings):,} rating rows, {len(table.slates):,} slates, {len(table.code):,} finalists")
    began = time.perf_counter()
    model = ScorecardModel().fit(table.ratings)
    fitted = time.perf_counter()
    cards = model.transform(table.ratings, table.pairs)
    transformed = time.perf_counter()
    X = np.stack([cards.column(name)[0] for name in table.attributes], axis=1)
    ranker = GradedChoiceRanker(directions=prior_directions(table, {}), nonlinear=True, strength=CARD_STRENGTH)
    ranker.fit(X, table.grade, table.code)
    ended = time.perf_counter()
    total = ended - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"scorecard fit {fitted - began:.1f} s, transform {transformed - fitted:.1f} s, choice fit "
        f"{ended - transformed:.1f} s: {total:.1f} s, ratio {total / SECONDS:.2f}"
    )
    print(f"peak memory with the data {peak:.2f} GiB, ratio {peak / GIB:.2f}")
    one_slate()


def one_slate():
    weights = dict.fromkeys(ATTRIBUTES, 1.0)
    rng = np.random.default_rng(0)

    def cards(n):
        return [
            Card(f"c{i}", f"r{int(r):02d}", name, float(np.clip(rng.normal(3, 1), 1, 5)))
            for i in range(n)
            for r in rng.choice(12, 4, replace=False)
            for name in (*ATTRIBUTES, OVERALL)
        ]

    past = [PastSlate(f"s{k}", cards(6), {f"c{i}": 3.0 * (i == 0) for i in range(6)}, k, weights) for k in range(60)]
    model = load_model(fit_model(past))
    slate = cards(10)
    times = []
    for _ in range(40):
        began = time.process_time()
        suggest([f"c{i}" for i in range(10)], slate, weights=weights, model=model, n_decisions=60, draws=1000)
        times.append(1000 * (time.process_time() - began))
    middle = float(np.median(times))
    print(f"one slate of 10 with 1,000 draws: {middle:.1f} ms, ratio {middle / MILLISECONDS:.2f}")


if __name__ == "__main__":
    main()
