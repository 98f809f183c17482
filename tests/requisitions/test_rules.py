"""What makes a requisition whole: every refusal at its field, each limit on both sides."""

import dataclasses

import pytest

from recruiter.foundation.errors import RuleBroken
from recruiter.requisitions import rules
from recruiter.requisitions.models import RequisitionStatus, StageKind
from recruiter.requisitions.rules import AttributeTerms, BandTerms, RequisitionTerms, StageTerms
from tests.refusals import at, refusal

BAND = BandTerms(min=60, mid=70, max=80, currency="EUR")
NAMES = "Give each stage a name of its own."
ENDS = "The stages begin with the one of kind applied and end with offer and hired."


def stages(*kinds):
    return [StageTerms(f"{kind.value} {place}", kind) for place, kind in enumerate(kinds)]


APPLIED, SCREEN, TALK, FINAL, OFFER, HIRED = StageKind
USUAL = stages(APPLIED, SCREEN, TALK, FINAL, OFFER, HIRED)


def test_names_are_stored_on_one_line_and_all_else_as_it_was_asked_for():
    split, joined = " a\n  b ", "a b"
    lines = ("title", "department", "location", "level")
    given = RequisitionTerms(
        **dict.fromkeys(lines, split),
        openings=3,
        confidential=True,
        bar=3.5,
        stages=[StageTerms(split, APPLIED, ["Too far"]), StageTerms("Hired", HIRED)],
        attributes=[AttributeTerms(split, " two\nlines ", 2.5), AttributeTerms("B")],
        band=BAND,
    )
    assert rules.cleaned(given) == RequisitionTerms(
        **dict.fromkeys(lines, joined),
        openings=3,
        confidential=True,
        bar=3.5,
        stages=[StageTerms(joined, APPLIED, ["Too far"]), StageTerms("Hired", HIRED)],
        attributes=[AttributeTerms(joined, "two\nlines", 2.5), AttributeTerms("B")],
        band=BAND,
    )


def test_openings():
    rules.check_openings(1)
    rules.check_openings(100)
    for count in (0, 101, -1):
        assert refusal(rules.check_openings, count) == at("openings", "Give between 1 and 100 openings.")


def test_the_bar():
    for bar in (None, 1, 3.5, 5):
        rules.check_bar(bar)
    for bar in (0.9, 5.1):
        assert refusal(rules.check_bar, bar) == at("bar", "The bar lies between 1 and 5.")


def test_titles():
    rules.check_title("x" * 200)
    empty = "Give the requisition a title, like Senior Backend Engineer."
    assert refusal(rules.check_title, "") == at("title", empty)
    assert refusal(rules.check_title, "x" * 201) == at("title", "Use at most 200 characters for the title.")


def test_stages_that_go_well():
    rules.check_stages(USUAL)
    rules.check_stages(rules.DEFAULT_STAGES)
    rules.check_stages(stages(APPLIED, *[SCREEN] * 16, FINAL, OFFER, HIRED))  # twenty
    rules.check_stages(stages(APPLIED, FINAL, FINAL, OFFER, HIRED))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (stages(APPLIED, *[SCREEN] * 17, FINAL, OFFER, HIRED), "Name at most 20 stages."),
        ([StageTerms("", APPLIED), *USUAL[1:]], NAMES),
        ([StageTerms("Café", APPLIED), StageTerms("CAFE", SCREEN), *USUAL[2:]], NAMES),
        (USUAL[1:], "There is exactly one stage of kind applied."),
        (stages(APPLIED, APPLIED, FINAL, OFFER, HIRED), "There is exactly one stage of kind applied."),
        (stages(APPLIED, FINAL, HIRED), "There is exactly one stage of kind offer."),
        (stages(APPLIED, FINAL, OFFER), "There is exactly one stage of kind hired."),
        (stages(SCREEN, APPLIED, FINAL, OFFER, HIRED), ENDS),
        (stages(APPLIED, FINAL, HIRED, OFFER), ENDS),
        (stages(APPLIED, OFFER, FINAL, HIRED), ENDS),
        (stages(APPLIED, TALK, OFFER, HIRED), "There is at least one stage of kind final."),
    ],
)
def test_stages_that_do_not(wrong, sentence):
    assert refusal(rules.check_stages, wrong) == at("stages", sentence)


def test_attributes():
    rules.check_attributes(rules.DEFAULT_ATTRIBUTES)
    rules.check_attributes([AttributeTerms("A", weight=0), AttributeTerms("B", weight=1000)])
    own = "Give each attribute a name of its own."
    for names in (["A", ""], ["Café", "CAFE"]):
        assert refusal(rules.check_attributes, [AttributeTerms(name) for name in names]) == at("attributes", own)
    overall = "“Overall” is the recommendation on every scorecard. Give the attribute another name."
    assert refusal(rules.check_attributes, [AttributeTerms("OVERALL")]) == at("attributes", overall)
    weights = "Weights lie between 0 and 1000, and at least one is above 0."
    for wrong in ([0, 0], [-1, 2], [1001]):
        terms = [AttributeTerms(f"A{place}", weight=weight) for place, weight in enumerate(wrong)]
        assert refusal(rules.check_attributes, terms) == at("attributes", weights)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"mid": None},
        {"mid": 60},
        {"mid": 80},
        {"min": 0},
        {"min": 80, "mid": 80},
        {"min": 0, "mid": 0},
        {"min": 0, "mid": 1, "max": 1},
    ],
)
def test_bands_that_go_up(changed):
    rules.check_band(dataclasses.replace(BAND, **changed))


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"currency": "XXQ"}, "band", "Give a currency code of ISO 4217, like EUR."),
        ({"min": -1}, "band.max", "Enter a band that goes up: where it ends is at least where it begins, and above 0."),
        ({"min": 0, "mid": 0, "max": 0}, "band.max",
         "Enter a band that goes up: where it ends is at least where it begins, and above 0."),
        ({"min": 81}, "band.max", "Enter a band that goes up: where it ends is at least where it begins, and above 0."),
        ({"mid": 59}, "band.mid", "Enter a midpoint between the two ends of the band, or leave it empty."),
        ({"mid": 81}, "band.mid", "Enter a midpoint between the two ends of the band, or leave it empty."),
    ],
)  # fmt: skip
def test_bands_that_do_not(changed, field, sentence):
    assert refusal(rules.check_band, dataclasses.replace(BAND, **changed)) == at(field, sentence)


def test_all_that_is_wrong_is_said_at_once():
    rules.check(RequisitionTerms("Engineer", bar=3, stages=USUAL, attributes=[AttributeTerms("A")], band=BAND))
    rules.check(RequisitionTerms("Engineer"))
    wrong = RequisitionTerms(
        "", openings=0, bar=9, stages=USUAL[1:], attributes=[AttributeTerms("")], band=BandTerms(1, 2, "XXQ")
    )
    kind, errors, message = refusal(rules.check, wrong)
    assert kind is RuleBroken
    assert list(errors) == ["title", "openings", "bar", "stages", "attributes", "band"]
    assert errors["bar"] == ["The bar lies between 1 and 5."]
    assert message == errors["title"][0]


@pytest.mark.parametrize(
    ("department", "title", "prefix"),
    [
        ("Engineering", "Cook", "ENG"),
        ("", "Cook", "COO"),
        ("Ü", "", "UXX"),
        ("4 D", "", "DXX"),
        ("漢字", "Cook", "REQ"),
        ("", "", "REQ"),
    ],
)
def test_the_letters_of_a_key(department, title, prefix):
    assert rules.prefix_of(department, title) == prefix


@pytest.mark.parametrize("status", list(RequisitionStatus))
def test_seats_fill_and_open_a_search(status):
    def after(seats_open, seats_filled):
        return rules.status_after(status, seats_open=seats_open, seats_filled=seats_filled)

    filled, opened = RequisitionStatus.FILLED, RequisitionStatus.OPEN
    assert after(0, 1) == (filled if status == opened else status)
    assert after(1, 1) == (opened if status == filled else status)
    assert after(0, 0) == status
