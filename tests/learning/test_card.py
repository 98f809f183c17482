"""The card of a model: made from the artefact, and complete or it says what is missing."""

import json

import pytest

from recruiter.learning.fitted_model import ModelRefused, digest_of
from recruiter.learning.governance import model_card as cards
from tests.ranking import small_model

RECORD = {
    "data": {"slates": 34, "first": "2025-05-01"},
    "backtest": small_model.BACKTEST,
    "components": [2],
    "verdict": "Better.",
}


@pytest.fixture(scope="module")
def artefact():
    return json.loads(small_model.artefact())


def test_its_checksum_is_that_of_the_model_that_is_served(artefact):
    made = cards.card_of(artefact, RECORD)
    assert (made.sha256, made.version) == (artefact["sha256"], artefact["version"])
    assert cards.card_of(json.dumps(artefact), RECORD) == made


def test_weights_stand_with_their_ranges_and_how_far_they_moved(artefact):
    made = cards.card_of(artefact, RECORD)
    assert {weight.name for weight in made.weights} == set(artefact["columns"])
    for weight in made.weights:
        assert weight.low < weight.learnt < weight.high
        assert weight.learnt == pytest.approx(artefact["learnt"][weight.name])
    assert sum(abs(weight.learnt_share) for weight in made.weights) == pytest.approx(100)
    shift = sum(abs(weight.learnt_share - weight.declared_share) for weight in made.weights) / 2
    assert made.moved == pytest.approx(shift)
    assert made.moved_words.startswith(f"{shift:.0f} of 100")


def test_features_are_entries_of_the_allow_list(artefact):
    made = cards.card_of(artefact, RECORD)
    assert [feature.name for feature in made.features] == artefact["columns"]
    assert {feature.kind for feature in made.features} == {"overall", "index", "attribute"}


def signed(body):
    body = {name: value for name, value in body.items() if name not in {"sha256", "version"}}
    digest = digest_of(body)
    return {**body, "sha256": digest, "version": digest[:12]}


def test_a_model_that_looks_at_something_else_has_no_card(artefact):
    foreign = signed({**artefact, "columns": [*artefact["columns"][:-1], "Zip code"]})
    with pytest.raises(ValueError, match="may not look at Zip code"):
        cards.card_of(foreign, RECORD)


def test_an_altered_model_has_no_card(artefact):
    with pytest.raises(ModelRefused):
        cards.card_of({**artefact, "halo": 0.9}, RECORD)


def test_raters_are_counted_and_never_named(artefact):
    made = cards.card_of(artefact, RECORD)
    assert made.raters["n"] == 2
    assert made.raters["strictest"] <= made.raters["mildest"]
    assert "person-" not in json.dumps(made.as_dict())


def test_what_is_missing_is_named(artefact):
    assert cards.missing(cards.card_of(artefact, RECORD)) == ()
    assert cards.missing(cards.card_of(artefact, {})) == ("data", "verdict")


def test_limits_and_calibration_are_said(artefact):
    made = cards.card_of(artefact, RECORD)
    assert any("real interviews with offers" in limit for limit in made.limits)
    assert any("cut from larger pools" in limit for limit in made.limits)
    assert "3 of 100" in made.calibration
    assert cards.card_of(artefact, {}).calibration == "Not measured: too few decisions."
