"""What would change the order of two finalists: every statement is checked by asking for the suggestion again."""

import dataclasses
import random

import numpy as np
import pytest

from recruiter.learning.fit import fit_model
from recruiter.learning.fitted_model import load_model
from recruiter.learning.suggestion.counterfactuals import (
    NEWCOMER,
    Slate,
    missing_rating,
    one_more_interview,
    shift_weight,
    weight_shift,
    what_would_change,
    without_rater,
)
from recruiter.learning.suggestion.slate_scores import column_map, estimates, weights_in_use
from recruiter.learning.suggestion.suggest import scores_of, suggest
from recruiter.learning.types import Card, PastSlate

NAMES = ("Delivery", "Mentoring", "System design")
WEIGHTS = {"Delivery": 1.0, "Mentoring": 1.0, "System design": 2.0}


def card(item, rater, attribute, score):
    return Card(item, rater, attribute, float(score), 1.0, 4.0 if attribute == "overall" else 5.0)


def panel(seed, *, items=4, raters=4, missing=0.0):
    """A slate with chance ratings; the same seed gives the same one."""
    chance = random.Random(seed)
    cards = [
        card(f"person {k}", f"rater {j}", name, chance.choice([1, 2, 3, 4] if name == "overall" else [2, 3, 4, 5]))
        for k in range(items)
        for j in range(raters)
        for name in ("overall", *NAMES)
        if chance.random() >= missing
    ]
    return Slate([f"person {k}" for k in range(items)], cards, WEIGHTS, seed=seed)


@pytest.fixture(scope="module")
def learnt():
    """A model that has learnt from 30 decisions in which design counted most."""
    chance = random.Random(5)
    past = []
    for k in range(30):
        cards, grades = [], {}
        for i in range(4):
            truth = [chance.gauss(3, 0.8) for _ in NAMES]
            grades[f"{k}-{i}"] = 0.2 * truth[0] + 0.2 * truth[1] + truth[2]
            for rater in ("rater 0", "rater 1", "rater 2"):
                marks = [
                    min(max(round(value + chance.gauss(-0.5 * (rater == "rater 1"), 0.5)), 1), 5) for value in truth
                ]
                cards += [card(f"{k}-{i}", rater, name, mark) for name, mark in zip(NAMES, marks, strict=True)]
                cards.append(card(f"{k}-{i}", rater, "overall", min(max(round(np.mean(marks)) - 1, 1), 4)))
        best = max(grades, key=grades.get)
        past.append(
            PastSlate(f"past {k}", cards, {name: 3.0 if name == best else 1.0 for name in grades}, float(k), WEIGHTS)
        )
    return load_model(fit_model(past))


def ask(slate):
    """The suggestion that the product would show."""
    return suggest(
        slate.items, slate.cards, weights=slate.weights, overall_weight=slate.overall_weight, model=slate.model,
        n_decisions=30, seed=slate.seed,
    )  # fmt: skip


def score_of(suggestion):
    return {row.item: row.score for row in suggestion.ranking}


def pair_of(suggestion, first, second):
    return next(pair for pair in suggestion.pairs if {pair.a, pair.b} == {first, second})


def pairs(slate):
    order = [row.item for row in ask(slate).ranking]
    return [(a, b) for k, a in enumerate(order) for b in order[k + 1 :]]


def declared_after(slate, shift, share):
    """The suggestion under declared weights with a share moved."""
    cards = slate.gathered
    names = cards.columns
    changed = shift_weight(cards.weights, names.index(shift.source), names.index(shift.target), share)
    weights = dict(zip(names[1:], changed[1:].tolist(), strict=True))
    return score_of(ask(dataclasses.replace(slate, weights=weights, overall_weight=float(changed[0]))))


@pytest.mark.parametrize("missing", [0.0, 0.25])
def test_a_declared_weight_moves_just_far_enough_to_flip_a_pair(missing):
    flipped = 0
    for seed in range(12):
        slate = panel(seed, missing=missing)
        for leads, trails in pairs(slate):
            shift = weight_shift(slate, leads, trails)
            before = score_of(ask(slate))
            if shift is None or before[leads] - before[trails] < 1e-6:
                continue
            after = declared_after(slate, shift, shift.share)
            assert shift.ahead == trails
            assert after[trails] > after[leads]
            short = declared_after(slate, shift, shift.share - 0.01)
            assert short[trails] <= short[leads] + 1e-9
            flipped += 1
    assert flipped > 20


def test_where_no_weight_can_flip_a_pair_nothing_is_said():
    cards = [card(item, "r", name, mark) for item, mark in (("a", 4), ("b", 2)) for name in ("overall", *NAMES)]
    slate = Slate(["a", "b"], cards, WEIGHTS)
    assert weight_shift(slate, "a", "b") is None
    before = slate.gathered
    for source in range(4):
        for target in range(4):
            changed = shift_weight(before.weights, source, target, float(before.weights[source]))
            score = score_of(ask(dataclasses.replace(slate, weights=dict(zip(before.columns[1:], changed[1:], strict=True)), overall_weight=float(changed[0]))))  # fmt: skip
            assert score["a"] > score["b"]


def test_equal_scores_part_at_the_first_hundredth_and_equal_ratings_never():
    marks = {"a": (3, 5), "b": (5, 3)}
    cards = [
        card(item, "r", name, mark)
        for item, given in marks.items()
        for name, mark in zip(NAMES[:2], given, strict=True)
    ]
    slate = Slate(["a", "b"], cards, {"Delivery": 1.0, "Mentoring": 1.0})
    shift = weight_shift(slate, "a", "b")
    after = declared_after(slate, shift, shift.share)
    assert shift.share == 0.01
    assert after[shift.ahead] == max(after.values()) > min(after.values())
    alike = Slate(["a", "b"], [card(item, "r", name, 3) for item in "ab" for name in NAMES], WEIGHTS)
    assert weight_shift(alike, "a", "b") is None


def test_a_learnt_weight_moves_just_far_enough_to_flip_a_pair(learnt):
    flipped = 0
    for seed in range(10):
        slate = dataclasses.replace(panel(seed), model=learnt)
        cards = slate.gathered
        weights = weights_in_use(cards, learnt)
        maps = (
            column_map(cards.columns, cards.weights, learnt.columns)
            * (learnt.slopes[0] / learnt.sd * learnt.spread)[:, None]
        )
        for leads, trails in pairs(slate):
            shift = weight_shift(slate, leads, trails)
            if shift is None:
                continue
            source, target = cards.columns.index(shift.source), cards.columns.index(shift.target)
            shifts = []
            for share in (shift.share, shift.share - 0.01):
                wanted = shift_weight(weights, source, target, share)
                move = np.linalg.lstsq(maps.T, wanted - weights, rcond=None)[0]
                straight = np.concatenate([move, np.zeros(learnt.posterior.means.shape[1] - len(move))])
                posterior = dataclasses.replace(learnt.posterior, means=learnt.posterior.means + straight)
                other = dataclasses.replace(learnt, posterior=posterior)
                assert weights_in_use(cards, other) == pytest.approx(wanted)
                shifts.append(scores_of(slate.items, slate.cards, weights=WEIGHTS, model=other))
            assert shifts[0][trails] > shifts[0][leads]
            assert shifts[1][trails] <= shifts[1][leads] + 1e-9
            flipped += 1
    assert flipped > 10


@pytest.mark.parametrize("model", [False, True])
def test_a_missing_rating_flips_from_the_mildest_on(model, learnt):
    count = 0
    for seed in range(20):
        slate = panel(seed, raters=2, missing=0.45)
        slate = dataclasses.replace(slate, model=learnt if model else None)
        for leads, trails in pairs(slate):
            missing = missing_rating(slate, leads, trails)
            if missing is None:
                continue
            assert not [
                rating
                for rating in slate.cards
                if rating.item == missing.item and rating.attribute == missing.attribute
            ]
            count += 1
            up = missing.item == trails
            for rating in (1, 2, 3, 4, 5):
                given = [*slate.cards, Card(missing.item, NEWCOMER, missing.attribute, float(rating))]
                score = score_of(ask(dataclasses.replace(slate, cards=given)))
                flips = score[leads] < score[trails] - 1e-9
                if missing.rating is None:
                    assert not flips
                elif rating == missing.rating:
                    assert flips
                elif (rating < missing.rating) == up:
                    assert not flips
    assert count > 10


@pytest.mark.parametrize("model", [False, True])
def test_the_interview_that_is_named_narrows_more_than_any_other(model, learnt):
    for seed in range(4):
        slate = dataclasses.replace(panel(seed), model=learnt if model else None)
        leads, trails = pairs(slate)[0]
        interview = one_more_interview(slate, leads, trails)
        cards = slate.gathered
        level = estimates(cards, learnt)[0] if model else cards.mean

        def width(more, *, slate=slate, cards=cards, leads=leads, trails=trails):
            points = dataclasses.replace(slate, cards=[*slate.cards, *more]).points
            gap = points.drawn[cards.items.index(leads)] - points.drawn[cards.items.index(trails)]
            return float(np.percentile(gap, 95) - np.percentile(gap, 5)) / 2

        widths = {
            (item, name): width(
                [Card(item, NEWCOMER, each, float(level[cards.items.index(item), cards.columns.index(each)])) for each in ("overall", name)]
            )
            for item in (leads, trails)
            for name in NAMES
        }  # fmt: skip
        assert interview.before == pytest.approx(width([]))
        assert (
            interview.after
            == pytest.approx(min(widths.values()))
            == pytest.approx(widths[interview.item, interview.attribute])
        )
        assert interview.after < interview.before


@pytest.mark.parametrize("model", [False, True])
def test_leaving_an_interviewer_out_is_what_the_suggestion_says_without_him(model, learnt):
    seen = set()
    for seed in range(12):
        slate = dataclasses.replace(panel(seed, raters=3), model=learnt if model else None)
        for leads, trails in pairs(slate):
            now = pair_of(ask(slate), leads, trails)
            without = without_rater(slate, leads, trails)
            after = {}
            for rater in {rating.rater for rating in slate.cards}:
                fewer = dataclasses.replace(slate, cards=[rating for rating in slate.cards if rating.rater != rater])
                after[rater] = pair_of(ask(fewer), leads, trails)
            if without.rater is None:
                assert {pair.verdict for pair in after.values()} == {now.verdict}
                assert now.verdict == "tied" or {pair.a for pair in after.values()} == {leads}
            else:
                assert (after[without.rater].verdict, after[without.rater].a) == (without.verdict, without.item)
                assert (without.verdict, without.item) != (now.verdict, leads)
            seen.add((without.rater is None, without.verdict))
    assert len(seen) >= 2


def test_somebody_whom_one_interviewer_alone_has_met_is_named():
    cards = [card("a", "kim", "overall", 4), card("a", "lee", "overall", 3), card("b", "kim", "overall", 2)]
    without = without_rater(Slate(["a", "b"], cards, {"Delivery": 1.0}), "a", "b")
    assert (without.rater, without.verdict, without.item) == ("kim", "unrated", "b")


def test_thin_and_empty_slates_get_an_answer():
    nobody = what_would_change(Slate(["a", "b"], [], WEIGHTS), "a", "b")
    assert (nobody.verdict, nobody.weight, nobody.rater) == ("tied", None, None)
    assert nobody.evidence.attribute == "System design"
    changes = what_would_change(Slate(["a", "b"], [card("a", "kim", "overall", 4)], {}), "b", "a")
    assert (changes.leads, changes.trails) == ("a", "b") or changes.verdict == "tied"
    odd = [
        card("a", "kim", "overall", float("nan")),
        card("b", "kim", "overall", 4),
        card("ghost", "kim", "overall", 4),
    ]
    assert what_would_change(Slate(["a", "b"], odd, WEIGHTS), "a", "b").verdict in {"ahead", "tied"}


def test_the_order_of_cards_and_items_changes_nothing():
    slate = panel(7)
    mixed = dataclasses.replace(slate, items=slate.items[::-1], cards=slate.cards[::-1])
    leads, trails = pairs(slate)[0]
    assert what_would_change(slate, leads, trails) == what_would_change(mixed, trails, leads)
