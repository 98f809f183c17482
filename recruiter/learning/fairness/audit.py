"""The whole audit: history and model side by side, for each question of self-identification and both together."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from recruiter.learning.fairness import self_identification as said
from recruiter.learning.fairness.auditor_rows import cells_of
from recruiter.learning.fairness.bootstrap import with_ranges
from recruiter.learning.fairness.design_matrix import (
    Design,
    design_of,
    firsts,
    model_scores,
    plain_means,
    shared_attributes,
    without,
)
from recruiter.learning.fairness.group_effects import group_effects
from recruiter.learning.fairness.proxies import proxies
from recruiter.learning.fairness.rates import above_median, counts_of, rate_table
from recruiter.learning.fairness.types import Audit, LeftOut, Question, Step, Table
from recruiter.learning.fairness.verdicts import verdict
from recruiter.learning.fitted_model import load_model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recruiter.learning.fitted_model import FittedModel
    from recruiter.learning.types import PastSlate

FIRST, MEDIAN = "first", "median"
FEW = 20  # slates under which a model without one feature would only be noise
NO_ANSWERS = "Nobody of those assessed has told this, so there is nothing to compare."


def examine(
    slates: Sequence[PastSlate],
    answers: Mapping[str, Mapping[str, str]],
    *,
    model: Mapping[str, Any] | None = None,
    carried_by: str = "scorecard weights",
    steps: Sequence[Step] = (),
    slate_of: Mapping[str, str] | None = None,
    person_of: Mapping[str, str] | None = None,
    withdrawn: int = 0,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Audit:
    """Audit past slates: `answers` maps question -> item -> category, items being unlike across slates.

    `steps` are further things that happened on the way, over items that need not stand on a slate; `slate_of` tells
    where each of those belongs; `withdrawn` counts whom the caller took off the slates for having withdrawn. Without a model the declared weights are audited. Too few data are an answer.

    Raises:
        ValueError: an item stands on two slates.
        ModelRefused: the stored model was altered.
    """
    say = progress or (lambda _: None)
    own = {item: slate.name for slate in slates for item in slate.grades}
    if len(own) != sum(len(slate.grades) for slate in slates):
        raise ValueError("An item stands on two slates: each assessment needs a name of its own.")
    fitted = load_model(model) if model is not None else None
    homes = {**(slate_of or {}), **own}
    known = {question: said.told(given) for question, given in answers.items()}
    if said.SEX in known and said.RACE in known:
        known[said.BOTH] = said.intersection(known[said.SEX], known[said.RACE])
    every = [*steps, *_own_steps(slates, fitted, withdrawn)]
    design = design_of(slates, fitted)
    say("scores without each feature")
    hidden = _hidden(slates, fitted, say) if any(known.values()) else {}
    questions = []
    for name, given in known.items():
        say(f"audit of {said.title_of(name).lower()}")
        questions.append(_question(name, given, every, homes, design, hidden, seed))
    people = [(person_of or {}).get(item, item) for item in own]
    choices = sum(1 for slate in slates if len(set(slate.grades.values())) > 1)
    repeated = len(people) - len(set(people))
    return Audit(
        carried_by,
        len(slates),
        choices,
        len(own),
        len(set(people)),
        repeated,
        seed,
        tuple(questions),
        cells_of(every, known),
    )


def as_dict(audit: Audit) -> dict[str, Any]:
    """The audit as plain values, ready to be stored as JSON."""
    return _plain(asdict(audit))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _own_steps(slates: Sequence[PastSlate], model: FittedModel | None, withdrawn: int) -> list[Step]:
    """What the slates themselves tell: who was chosen first, whose marks lay above the median; by people, by the model."""
    scores, plain = model_scores(slates, model), plain_means(slates)
    middle, above = above_median(scores)
    plain_middle, plain_above = above_median(plain)
    first, put_first = firsts(slates), firsts(slates, scores)
    return [
        Step("first_choice", "First choice", first, pair=FIRST, left_out=withdrawn),
        Step("model_first", "Put first by the model", put_first, "model", pair=FIRST, left_out=withdrawn),
        Step(
            "marks_above", "Recommendations above the median", plain_above, "history", "scoring", MEDIAN, withdrawn,
            plain_middle,
        ),
        Step("score_above", "Score above the median", above, "model", "scoring", MEDIAN, withdrawn, middle),
    ]  # fmt: skip


def _hidden(slates: Sequence[PastSlate], model: FittedModel | None, say: Callable[[str], None]) -> dict[str, Step]:
    """Whom the model would put first had it never seen one attribute, per attribute that enough slates share."""
    names = shared_attributes(slates, by=FEW)
    if len(names) < 2:  # noqa: PLR2004 - with one attribute nothing would be left
        return {}
    found = {}
    for name in names:
        say(f"without {name}")
        kept = without(slates, name)
        refit = None if model is None else _refit(kept)
        found[name] = Step(name, name, firsts(kept, model_scores(kept, refit)), "model", pair=FIRST)
    return found


def _refit(slates: Sequence[PastSlate]) -> FittedModel | None:
    from recruiter.learning.fit import fit_model  # scikit-learn, which only a fit needs

    return load_model(fit_model(slates))


def _question(
    name: str,
    given: Mapping[str, str],
    steps: Sequence[Step],
    homes: Mapping[str, str],
    design: Design,
    hidden: Mapping[str, Step],
    seed: int,
) -> Question:
    title = said.title_of(name)
    asked = {item for step in steps for item in step.outcome}
    answered = sum(1 for item in asked if item in given)
    if not answered:
        return Question(name, title, "no_answers", NO_ANSWERS, 0, len(asked))
    tables = [
        with_ranges(rate_table(step, counts_of(step, given)), step, given, homes, seed=seed)
        for step in steps
        if step.outcome
    ]
    rated = sorted(
        {row.category for table in tables if table.name == "first_choice" for row in table.rows if row.rated}
    )
    choice = group_effects(design, given, rated) if len(rated) > 1 else None
    told = proxies(design, given, rated, seed=seed) if len(rated) > 1 and name != said.BOTH else ()
    words = verdict([asdict(table) for table in tables], asdict(choice) if choice else None)
    state = "ready" if any(table.reference for table in tables) else "too_few"
    return Question(
        name, title, state, words, answered, len(asked) - answered, tuple(tables), choice, told,
        () if name == said.BOTH else tuple(_ratios(feature, step, given) for feature, step in hidden.items()),
    )  # fmt: skip


def _ratios(feature: str, step: Step, given: Mapping[str, str]) -> LeftOut:
    table: Table = rate_table(step, counts_of(step, given))
    return LeftOut(feature, {row.category: row.ratio for row in table.rows if row.ratio is not None})
