"""Exceptions per band as a report: recounted by hand, only for who sees pay, in the period, in a fixed number of statements."""

import csv
import datetime as dt
import io

import pytest

from recruiter.budget.models import CaseVerdict
from recruiter.offers.models import OfferStatus
from recruiter.policy import scopes
from recruiter.reports import catalogue, export, scope
from tests.acts import moment
from tests.budget.test_register import exception

DAY = dt.timedelta(days=1)


@pytest.fixture
def report(session, people, clock):
    def made(viewer="ruth", period="12-months"):
        actor = getattr(people, viewer)
        request = scope.request_for(
            session, viewer=actor, within=scopes.searches(actor), moment=moment(clock.at),
            period=scope.period_named(period),
        )  # fmt: skip
        return catalogue.report_named("exceptions-per-band", request)

    return made


def _rows(report):
    return {(row[0], row[1]): row[2:] for row in report.rows}


def test_cases_are_counted_by_band_role_and_manager(session, people, now, report):
    exception(session, people, now - 3 * DAY, status=OfferStatus.ACCEPTED)
    exception(session, people, now - 2 * DAY, title="Data Engineer", status=OfferStatus.DECLINED)
    exception(session, people, now - DAY, verdict=CaseVerdict.REFUSED)
    exception(session, people, now - DAY, level="L6")
    result = report()
    rows = _rows(result)
    excess = 100 * (9_200_000 - 8_500_000) / 8_500_000  # every case asks for the same, above the same top
    assert rows["Band", "L5, Engineering"] == (3, 2, 1, round(excess, 1), "1 declined anyway, 1 accepted")
    assert rows["Band", "L6, Engineering"] == (1, 1, 0, round(excess, 1), "1 not decided yet")
    assert rows["Role", "Data Engineer"][:3] == (1, 1, 0)
    assert rows["Hiring manager", "Hana"][:3] == (4, 3, 1)
    assert sum(row[0] for key, row in rows.items() if key[0] == "Role") == result.n == 4
    assert [(bar.label, bar.count) for bar in result.bars] == [
        ("Not decided yet", 1), ("Refused", 1), ("Declined anyway", 1), ("Accepted", 1)
    ]  # fmt: skip
    assert {figure.label: figure.value for figure in result.figures} == {
        "Cases above the band that were approved": "3 of 4",
        "Asked above the top of the band, half at most": f"{excess:.1f}%",
        "Bands to review": "0",
    }
    assert "Only 4 cases decided" in result.sample.caution


def test_only_the_period_counts_and_the_third_in_twelve_months_is_named(session, people, now, report):
    for days in (400, 40, 35, 2):
        exception(session, people, now - days * DAY)
    assert (report(period="30-days").n, report().n, report(period="all").n) == (1, 3, 4)
    figure = report(period="30-days").figures[2]
    assert (figure.value, figure.note) == ("1", "L5, Engineering")


def test_who_does_not_see_pay_is_told_nothing_of_it(session, people, now, report):
    exception(session, people, now)
    assert report().n == 1
    hidden = report(viewer="rolf")
    assert (hidden.n, hidden.rows, hidden.bars) == (0, (), ())
    assert "tells of pay" in hidden.finding


def test_statements_are_as_many_for_one_case_as_for_many(session, people, now, report, count_statements):
    counts = []
    for times in (1, 4):
        for _ in range(times):
            exception(session, people, now)
        session.commit()
        with count_statements() as seen:
            report()
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 3


def test_the_table_goes_out_as_csv_and_as_a_workbook(browse, session, people, now, report):
    exception(session, people, now, title="=1+1")
    ruth = browse("ruth")
    read = list(
        csv.DictReader(
            io.StringIO(
                ruth.get("/reports/exceptions-per-band/table.csv").get_data(as_text=True).removeprefix("\ufeff")
            )
        )
    )
    assert [(row["by"], row["name"]) for row in read] == [
        ("Band", "L5, Engineering"), ("Role", "'=1+1"), ("Hiring manager", "Hana")
    ]  # fmt: skip
    assert "Ada Ferreira" not in export.as_csv(report())
    assert ruth.get("/reports/exceptions-per-band/table.xlsx").data[:2] == b"PK"
    assert "Exceptions per band" in ruth.get("/reports/exceptions-per-band").get_data(as_text=True)
