"""The fairness audit on made slates whose bias is known, a few seeds of what tests/bench/bias_audit_truth.py measures at length."""

import json
from dataclasses import replace

import numpy as np
import pytest

from recruiter.learning.fairness.audit import NO_ANSWERS, as_dict, audit_slates
from recruiter.learning.fairness.auditor_rows import as_rows
from recruiter.learning.fairness.design_matrix import design_of, first_ranked, model_scores, without_attribute
from recruiter.learning.fairness.group_effects import group_effects
from recruiter.learning.fairness.proxies import auc
from recruiter.learning.fairness.suppression import MIN_PEOPLE, suppressed
from recruiter.learning.fairness.types import Step
from recruiter.learning.fairness.verdicts import TOO_FEW, choice_words
from recruiter.learning.fit import fit_model
from recruiter.learning.fitted_model import load_model
from tests.learning.biased_truth import make_biased

SEEDS = range(6)


def effect_of(made):
    model = load_model(fit_model(made.slates))
    effects = group_effects(design_of(made.slates, model), made.answers["sex"], ["A", "B"])
    effect = effects.effects[0]
    return effect, (1.0 if effect.category == "B" else -1.0) * effect.effect


@pytest.fixture(scope="module")
def fair():
    return make_biased(60, 3, unknown=0.1)


@pytest.fixture(scope="module")
def audited(fair):
    return audit_slates(fair.slates, fair.answers, model=fit_model(fair.slates), carried_by="made")


def test_a_bias_of_one_logit_is_seen_at_fifty_slates_and_none_is_not():
    seen = [effect_of(make_biased(50, seed, choice_bias=1.0)) for seed in SEEDS]
    assert sum(effect.p < 0.05 for effect, _ in seen) >= 5
    assert -1.3 < np.mean([effect for _, effect in seen]) < -0.6
    false = [effect_of(make_biased(50, seed)) for seed in SEEDS]
    assert sum(effect.p < 0.05 for effect, _ in false) <= 1
    assert abs(np.mean([effect for _, effect in false])) < 0.3


def test_biased_scorecards_show_in_the_models_own_ratio():
    made = make_biased(80, 5, card_bias=0.6)
    audit = as_dict(audit_slates(made.slates, made.answers, model=fit_model(made.slates)))
    tables = {table["name"]: table for table in audit["questions"][0]["tables"]}
    ratio = {name: next(row["ratio"] for row in tables[name]["rows"] if row["category"] == "B") for name in tables}
    assert ratio["model_first"] < 0.8
    assert ratio["score_above"] < 0.8
    assert ratio["first_choice"] > 0.8
    assert audit["questions"][0]["proxies"][0]["auc"] > 0.6
    assert {feature["feature"] for feature in audit["questions"][0]["left_out"]} >= {"overall", "craft", "talk"}


def test_an_audit_holds_history_and_model_side_by_side(audited):
    question = audited.questions[0]
    assert {(table.pair, table.of) for table in question.tables} == {
        ("first", "history"), ("first", "model"), ("median", "history"), ("median", "model")
    }  # fmt: skip
    assert question.state == "ready"
    assert question.unknown == audited.assessed - question.answered > 0
    for table in question.tables:
        assert sum(row.assessed for row in table.rows) == table.denominator
        for row in table.rows:
            if row.category != table.reference:
                assert row.range[0] <= row.ratio <= row.range[1]
    first = next(table for table in question.tables if table.name == "first_choice")
    assert sum(row.selected for row in first.rows) <= audited.choices
    assert question.proxies[0].range[0] < 0.6
    assert question.choice.enough
    assert "could have gone unseen" in question.verdict
    json.dumps(as_dict(audited), allow_nan=False)


def test_order_of_slates_items_and_cards_changes_nothing(fair, audited):
    turned = [
        replace(slate, cards=list(reversed(slate.cards)), grades=dict(reversed(slate.grades.items())))
        for slate in reversed(fair.slates)
    ]
    again = audit_slates(turned, fair.answers, model=fit_model(turned), carried_by="made")
    ours, before = again.questions[0], audited.questions[0]
    assert ours.verdict == before.verdict
    assert ours.choice.effects[0].effect == pytest.approx(before.choice.effects[0].effect, abs=1e-6)
    assert [feature.ratios for feature in ours.left_out] == [feature.ratios for feature in before.left_out]
    for mine, theirs in zip(again.questions[0].tables, audited.questions[0].tables, strict=True):
        assert [(r.category, r.assessed, r.selected) for r in mine.rows] == [
            (r.category, r.assessed, r.selected) for r in theirs.rows
        ]


def test_below_fifty_slates_it_says_so_with_the_smallest_bias_it_could_find():
    made = make_biased(12, 1)
    audit = audit_slates(made.slates, made.answers, model=fit_model(made.slates))
    choice = audit.questions[0].choice
    assert not choice.enough
    assert choice.effects[0].detectable > 1.0
    assert "Not enough data to find a bias of this size" in audit.questions[0].verdict
    assert f"{choice.effects[0].detectable:.1f} logits" in audit.questions[0].verdict


def test_nobody_answered_one_category_and_no_slates_are_answers(fair):
    assert audit_slates([], {"sex": {}}).questions[0].state == "no_answers"
    assert audit_slates([], {}).questions == ()
    silent = audit_slates(fair.slates, {"sex": {"nobody": "A"}}).questions[0]
    assert (silent.state, silent.verdict) == ("no_answers", NO_ANSWERS)
    question = audit_slates(fair.slates, {"sex": dict.fromkeys(fair.answers["sex"], "A")}).questions[0]
    assert (question.state, question.verdict, question.choice) == ("too_few", TOO_FEW, None)
    declined = audit_slates(fair.slates, {"sex": dict.fromkeys(fair.answers["sex"], "declined")}).questions[0]
    assert declined.state == "no_answers"
    assert choice_words(None).startswith("No slate compares groups")


def test_slates_of_one_tied_slates_and_bare_candidates_do_not_break_it(fair):
    odd = [
        replace(fair.slates[0], name="one", grades={"x1": 3.0}, cards=[]),
        replace(fair.slates[1], name="tied", grades={"x2": 1.0, "x3": 1.0}, cards=[]),
    ]
    audit = audit_slates([*fair.slates, *odd], fair.answers, model=fit_model(fair.slates))
    assert audit.slates == audit.choices + 2
    assert audit.questions[0].state == "ready"


def test_an_item_on_two_slates_is_refused(fair):
    with pytest.raises(ValueError, match="two slates"):
        audit_slates([fair.slates[0], replace(fair.slates[0], name="again")], fair.answers)


def test_people_assessed_twice_are_counted_and_both_answers_cross(fair):
    items = [item for slate in fair.slates for item in slate.grades]
    race = {item: ("Asian", "White", "Black")[k % 3] for k, item in enumerate(items)}
    audit = audit_slates(
        fair.slates,
        {**fair.answers, "race_ethnicity": race},
        person_of={items[0]: "p", items[-1]: "p"},
        steps=[Step("screen", "Screened", {f"y{k}": k % 2 == 0 for k in range(30)}, left_out=3)],
        slate_of={f"y{k}": f"s{k % 4}" for k in range(30)},
    )
    assert (audit.people, audit.repeated) == (audit.assessed - 1, 1)
    assert audit.carried_by == "scorecard weights"
    both = audit.questions[-1]
    assert both.name == "sex_by_race_ethnicity"
    assert {row.category for row in both.tables[-1].rows} == {
        f"{s}, {r}" for s in "AB" for r in ("Asian", "White", "Black")
    }
    screen = audit.questions[0].tables[0]
    assert (screen.left_out, screen.unknown, screen.problem != "") == (3, 30, True)


def test_hiding_an_attribute_hides_it_from_scores(fair):
    reduced = without_attribute(fair.slates, "overall")
    assert not any(card.attribute == "overall" for slate in reduced for card in slate.cards)
    assert model_scores(reduced, None) != model_scores(fair.slates, None)
    assert sum(first_ranked(reduced, model_scores(reduced, None)).values()) >= sum(
        1 for slate in reduced if len(slate.grades) > 1
    )


def test_what_others_see_holds_no_small_cell(fair):
    few = {**fair.answers["sex"]}
    for item in list(few)[:3]:
        few[item] = "C"
    stored = as_dict(audit_slates(fair.slates, {"sex": few}, model=fit_model(fair.slates)))["questions"][0]
    seen = suppressed(json.loads(json.dumps(stored)))
    for table in seen["tables"]:
        assessed = {row["category"]: row["assessed"] for row in table["rows"]}
        assert assessed["C"] is None
        assert list(assessed.values()).count(None) == 2
    assert all("C" not in feature["ratios"] for feature in seen["left_out"])


def test_area_under_the_curve():
    belongs = np.array([True, True, False, False])
    assert auc(np.array([3.0, 2.0, 1.0, 0.0]), belongs) == 1.0
    assert auc(np.zeros(4), belongs) == 0.5
    assert auc(np.array([0.0, 3.0, 1.0, 2.0]), belongs) == 0.5


def test_the_auditors_rows_add_up_to_the_tables_and_name_nobody(fair):
    audit = as_dict(audit_slates(fair.slates, fair.answers, withdrawn=4))
    header, lines = as_rows(audit["cells"])
    assert header == ["row", "sex", "first_choice", "model_first", "marks_above", "score_above"]
    assert [line[0] for line in lines] == list(range(1, audit["assessed"] + 1))
    for table in audit["questions"][0]["tables"]:
        assert table["left_out"] == 4
        place = header.index(table["name"])
        for row in table["rows"]:
            here = [line[place] for line in lines if line[1] == row["category"] and line[place]]
            for counted, total in ((len(here), row["assessed"]), (here.count("yes"), row["selected"])):
                assert counted == total or total - counted >= MIN_PEOPLE
    assert not any(str(cell).startswith("s0") for line in lines for cell in line)
    assert as_rows(()) == (["row"], [])
