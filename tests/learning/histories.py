"""Small history folders for tests: made by a rule, so that every row is known."""

from __future__ import annotations

import numpy as np

DECISIONS = "slate,item,decided_on,grade"
RATINGS = "slate,item,rater,attribute,score"
FEATURES = "slate,item,feature,value"


def rows_of(n_slates=24, *, items=4, raters=5, seed=1, moment=str):
    """Rows of decisions and ratings: better marks get further, by and large."""
    rng = np.random.default_rng(seed)
    decided, rated = [], []
    for k in range(n_slates):
        level = rng.normal(0, 1, items)
        grade = np.argsort(np.argsort(level + rng.normal(0, 0.7, items)))
        for i in range(items):
            decided.append([f"s{k:03d}", f"c{i}", moment(k), str(int(grade[i]))])
            for r in rng.choice(raters, 2, replace=False):
                for name in ("overall", "craft", "drive"):
                    score = np.clip(3 + level[i] + 0.3 * (r - 2) + rng.normal(0, 0.5), 1, 5)
                    rated.append([f"s{k:03d}", f"c{i}", f"r{r}", name, f"{score:.2f}"])
    return decided, rated


def table(head, rows):
    return head + "\n" + "".join(",".join(row) + "\n" for row in rows)


def folder(path, **files):
    """A folder of `name`.csv files, from text or bytes."""
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.csv").write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def plain(path, n_slates=24, **files):
    """A sound folder of that many slates; named files replace or add."""
    decided, rated = rows_of(n_slates)
    return folder(path, **({"decisions": table(DECISIONS, decided), "ratings": table(RATINGS, rated)} | files))
