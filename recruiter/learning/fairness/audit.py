"""The whole audit: history and model side by side, for each question of self-identification and both together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from recruiter.learning.arrays import plain_values
from recruiter.learning.fairness import self_identification
from recruiter.learning.fairness.auditor_rows import cells_of
from recruiter.learning.fairness.bootstrap import with_ranges
from recruiter.learning.fairness.design_matrix import (
    Design,
    design_of,
    first_ranked,
    model_scores,
    plain_means,
    shared_attributes,
    without_attribute,
)
from recruiter.learning.fairness.group_effects import group_effects
from recruiter.learning.fairness.proxies import proxies
from recruiter.learning.fairness.rates import above_median, counts_of, rate_table
from recruiter.learning.fairness.types import Audit, LeftOut, Question, Step
from recruiter.learning.fairness.verdicts import verdict
from recruiter.learning.fitted_model import FittedModel, load_model
from recruiter.learning.types import JsonObject, JsonView, PastSlate

FIRST, MEDIAN = "first", "median"
FEW = 20  # slates under which a model without one feature would only be noise
NO_ANSWERS = "Nobody of those assessed has told this, so there is nothing to compare."


def audit_slates(
    slates: Sequence[PastSlate],
    answers: Mapping[str, Mapping[str, str]],
    *,
    model: JsonView | None = None,
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
    report_progress = progress or (lambda _: None)
    own_slates = {item: slate.name for slate in slates for item in slate.grades}
    if len(own_slates) != sum(len(slate.grades) for slate in slates):
        raise ValueError("An item stands on two slates: each assessment needs a name of its own.")
    fitted = load_model(model) if model is not None else None
    slate_by_item = {**(slate_of or {}), **own_slates}
    known = self_identification.known_answers(answers)
    all_steps = [*steps, *_slate_steps(slates, fitted, withdrawn)]
    design = design_of(slates, fitted)
    report_progress("scores without each feature")
    reduced_steps = _steps_without_feature(slates, fitted, report_progress) if any(known.values()) else []
    questions = []
    for name, categories in known.items():
        report_progress(f"audit of {self_identification.title_of(name).lower()}")
        questions.append(_question(name, categories, all_steps, slate_by_item, design, reduced_steps, seed))
    people = [(person_of or {}).get(item, item) for item in own_slates]
    choices = sum(1 for slate in slates if len(set(slate.grades.values())) > 1)
    repeated = len(people) - len(set(people))
    return Audit(
        carried_by,
        len(slates),
        choices,
        len(own_slates),
        len(set(people)),
        repeated,
        seed,
        tuple(questions),
        cells_of(all_steps, known),
    )


def as_dict(audit: Audit) -> JsonObject:
    """The audit as plain values, ready to be stored as JSON."""
    return plain_values(asdict(audit))  # type: ignore[no-any-return]


def _slate_steps(slates: Sequence[PastSlate], model: FittedModel | None, withdrawn: int) -> list[Step]:
    """What the slates themselves tell: who was chosen first, whose marks lay above the median; by people, by the model."""
    scores, plain = model_scores(slates, model), plain_means(slates)
    middle, above = above_median(scores)
    plain_middle, plain_above = above_median(plain)
    first, put_first = first_ranked(slates), first_ranked(slates, scores)
    return [
        Step("first_choice", "First choice", first, pair=FIRST, left_out=withdrawn),
        Step("model_first", "Put first by the model", put_first, "model", pair=FIRST, left_out=withdrawn),
        Step(
            "marks_above", "Recommendations above the median", plain_above, "history", "scoring", MEDIAN, withdrawn,
            plain_middle,
        ),
        Step("score_above", "Score above the median", above, "model", "scoring", MEDIAN, withdrawn, middle),
    ]  # fmt: skip


def _steps_without_feature(
    slates: Sequence[PastSlate], model: FittedModel | None, report_progress: Callable[[str], None]
) -> list[Step]:
    """Whom the model would put first had it never seen one attribute, per attribute that enough slates share."""
    from recruiter.learning.fit import fit_model  # scikit-learn, which only a fit needs

    names = shared_attributes(slates, by=FEW)
    if len(names) < 2:  # noqa: PLR2004 - with one attribute nothing would be left
        return []
    steps = []
    for name in names:
        report_progress(f"without {name}")
        reduced = without_attribute(slates, name)
        refit = None if model is None else load_model(fit_model(reduced))
        steps.append(Step(name, name, first_ranked(reduced, model_scores(reduced, refit)), "model", pair=FIRST))
    return steps


def _question(
    name: str,
    categories: Mapping[str, str],
    steps: Sequence[Step],
    slate_by_item: Mapping[str, str],
    design: Design,
    reduced_steps: Sequence[Step],
    seed: int,
) -> Question:
    title, crossed = self_identification.title_of(name), name == self_identification.BOTH
    assessed = {item for step in steps for item in step.outcome}
    answered = sum(1 for item in assessed if item in categories)
    if not answered:
        return Question(name, title, "no_answers", NO_ANSWERS, 0, len(assessed))
    tables = [
        with_ranges(rate_table(step, counts_of(step, categories)), step, categories, slate_by_item, seed=seed)
        for step in steps
        if step.outcome
    ]
    rated = sorted(
        {row.category for table in tables if table.name == "first_choice" for row in table.rows if row.rated}
    )
    choice = group_effects(design, categories, rated) if len(rated) > 1 else None
    proxy_rows = proxies(design, categories, rated, seed=seed) if len(rated) > 1 and not crossed else ()
    sentence = verdict([asdict(table) for table in tables], asdict(choice) if choice else None)
    state = "ready" if any(table.reference for table in tables) else "too_few"
    unknown = len(assessed) - answered
    left_out = [] if crossed else [_without(step, categories) for step in reduced_steps]
    return Question(name, title, state, sentence, answered, unknown, tuple(tables), choice, proxy_rows, tuple(left_out))


def _without(step: Step, categories: Mapping[str, str]) -> LeftOut:
    """The ratios of a step in which the model had not seen the feature that names it."""
    rows = rate_table(step, counts_of(step, categories)).rows
    return LeftOut(step.name, {row.category: row.ratio for row in rows if row.ratio is not None})
