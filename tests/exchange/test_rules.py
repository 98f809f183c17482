"""What an import counts, whom a rater becomes, and how a past candidate's way ended."""

import datetime as dt
import hashlib

import pytest

from recruiter.exchange import rules
from recruiter.learning.history.csv_table import Problem
from recruiter.pipeline.models import ApplicationStatus, EndedBy
from recruiter.requisitions.models import StageKind
from tests.doubles import machine_in


def test_imported_instants_stand_in_utc():
    at = dt.datetime(2026, 11, 19, 1, tzinfo=dt.timezone(dt.timedelta(hours=13)))
    assert rules.imported_day(at) == dt.date(2026, 11, 18)


def test_the_zone_of_the_machine_moves_no_imported_day():
    with machine_in("Pacific/Auckland"):
        assert rules.imported_day(dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)) == dt.date(2026, 11, 18)


@pytest.mark.parametrize("rater", ["r1", "rater-7", "a" * 60])
def test_a_plain_rater_keeps_the_name(rater):
    assert rules.rater_address(rater) == f"rater.{rater}@imported.invalid"


@pytest.mark.parametrize(
    ("rater", "slug"),
    [("Ada Ferreira", "ada-ferreira"), (" é! ", "e"), ("漢", "rater"), ("a" * 61, "a" * 60), ("--x--", "x")],
)
def test_another_name_gets_a_mark_of_its_own(rater, slug):
    mark = hashlib.sha256(rater.encode()).hexdigest()[:10]
    assert rules.rater_address(rater) == f"rater.{slug}-{mark}@imported.invalid"


@pytest.mark.parametrize(
    ("outcome", "status", "by"),
    [
        ("Hired", ApplicationStatus.HIRED, None),
        ("withdrawn", ApplicationStatus.WITHDRAWN, EndedBy.CANDIDATE),
        ("DECLINED", ApplicationStatus.WITHDRAWN, EndedBy.CANDIDATE),
        ("reneged", ApplicationStatus.WITHDRAWN, EndedBy.CANDIDATE),
        ("rejected", ApplicationStatus.REJECTED, EndedBy.COMPANY),
        ("", ApplicationStatus.REJECTED, EndedBy.COMPANY),
    ],
)
def test_endings(outcome, status, by):
    assert rules.ending(outcome) == (status, by)


@pytest.mark.parametrize(
    ("grade", "outcome", "usual", "kind"),
    [
        (0, "HIRED", True, StageKind.HIRED),
        (0, "declined", True, StageKind.OFFER),
        (0, "Reneged", False, StageKind.OFFER),
        (2, "", True, StageKind.OFFER),
        (3, "", True, StageKind.OFFER),
        (3, "", False, StageKind.INTERVIEW),
        (1, "", True, StageKind.FINAL),
        (1.9, "", True, StageKind.FINAL),
        (1, "", False, StageKind.INTERVIEW),
        (0.9, "", True, StageKind.INTERVIEW),
    ],
)
def test_the_furthest_stage(grade, outcome, usual, kind):
    assert rules.stage_kind(grade=grade, outcome=outcome, usual_grades=usual) == kind


def test_bad_rows_count_once_under_what_they_would_have_made():
    counts = rules.refused_counts([])
    assert set(counts) == set(rules.KINDS)
    assert all(fates == {"created": 0, "matched": 0, "skipped": 0, "refused": 0} for fates in counts.values())
    places = [("decisions.csv", 2), ("decisions.csv", 2), ("decisions.csv", 3), ("ratings.csv", 2), ("other.csv", 1)]
    counts = rules.refused_counts([Problem(file=file, line=line, column="", why="bad") for file, line in places])
    refused = {kind: fates["refused"] for kind, fates in counts.items() if fates["refused"]}
    assert refused == {"candidates": 2, "applications": 2, "scorecards": 1}


def test_a_column_that_was_left_out_is_a_note():
    assert rules.is_note(Problem(file="f", line=1, column="c", why="ignored"))
    assert not rules.is_note(Problem(file="f", line=1, column="c", why="ignored by nobody"))
