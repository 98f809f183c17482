"""What was brought in can be taken out again and reads back equal."""

import csv
import datetime as dt
import hashlib
import json
import math
from zoneinfo import ZoneInfo

import pytest

from recruiter.exchange import export_services, services
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import services as interviews
from recruiter.learning.history.history_folder import read_history
from recruiter.requisitions import services as requisitions
from recruiter.requisitions.models import RequisitionStatus
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, moment

LATER = dt.timedelta(hours=1)


def brought_in(session, folder, now):
    services.apply(session, planned=services.plan(session, folder=folder), act=act_by(None, now=now))
    session.commit()


def _plain(value):
    if isinstance(value, str):
        return value
    return None if math.isnan(value) else float(value)


def lines(part):
    columns = [getattr(part, name) for name in part.__slots__]
    return sorted((tuple(map(_plain, row)) for row in zip(*columns, strict=True)), key=str)


def test_skating_reads_back_equal(session, now, skating, tmp_path):
    brought_in(session, skating, now)
    export_services.export(session, path=tmp_path / "out", kind="decisions", moment=moment(now))
    first, second = read_history(skating), read_history(tmp_path / "out")
    assert second.problems == ()
    for part in ("decisions", "ratings", "features"):
        assert lines(getattr(first, part)) == lines(getattr(second, part))
    assert second.weights == first.weights == {}


def test_a_folder_with_every_kind_of_scale_reads_back_equal(session, now, small, tmp_path):
    brought_in(session, small, now)
    export_services.export(session, path=tmp_path / "out", kind="decisions", moment=moment(now))
    first, second = read_history(small), read_history(tmp_path / "out")
    assert second.problems == ()
    for part in ("decisions", "ratings", "features"):
        assert lines(getattr(first, part)) == lines(getattr(second, part))
    assert second.weights == first.weights


def test_declared_weights_with_an_overall_read_back(session, now, folder, tmp_path):
    weights = "name,weight\nDepth,2\noverall,6\n"
    decisions = "slate,item,decided_on,grade\ns,a,1,1\ns,b,1,0\n"
    ratings = "slate,item,rater,attribute,score\ns,a,kim,Depth,4\ns,a,kim,overall,3\n"
    brought_in(session, folder(decisions=decisions, ratings=ratings, weights=weights), now)
    export_services.export(session, path=tmp_path / "out", kind="decisions", moment=moment(now))
    assert read_history(tmp_path / "out").weights == pytest.approx({"Depth": 2.0, "overall": 6.0})


def decided_here(session, people, now):
    """A requisition that was closed with one candidate, whose card is in."""
    opened = factories.requisition(session, people, now)
    application = factories.application(session, people, now, opened, "Ada Ferreira")
    held_at = now - dt.timedelta(days=2)
    talk = interviews.plan(
        session,
        application=application,
        name="Panel",
        stage=opened.stages[2],
        starts_at=held_at,
        ends_at=held_at + LATER,
        panel=[interviews.Seat(people.ines)],
        act=act_by(people.ruth, now=held_at),
    )
    marks = [Mark(opened.attributes[0].name, 4, "Took the system apart")]
    scorecards.submit(session, interview=talk, content=CardContent(marks, overall=3), act=act_by(people.ines, now=now))
    requisitions.change(
        session,
        requisition=opened,
        changes={"status": RequisitionStatus.CLOSED},
        act=act_by(people.ruth, now=now + LATER),
    )
    session.commit()
    return opened


def test_own_decisions_go_out_without_names(session, now, people, tmp_path):
    opened = decided_here(session, people, now)
    export_services.export(session, path=tmp_path / "out", kind="decisions", moment=moment(now + LATER))
    rated = read_history(tmp_path / "out").ratings
    assert sorted(zip(rated.attribute, rated.score, rated.scale_min, rated.scale_max, strict=True)) == [
        (opened.attributes[0].name, 4.0, 1.0, 5.0),
        ("overall", 3.0, 1.0, 4.0),
    ]
    text = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "Ada" not in text
    assert "Ines" not in text


@pytest.mark.parametrize(
    ("zone", "hour", "day"), [("UTC", 22, 24), ("Pacific/Auckland", 22, 25), ("Pacific/Honolulu", 7, 23)]
)
def test_own_decisions_carry_the_day_of_the_company(session, now, people, tmp_path, zone, hour, day):
    instant = now.replace(day=24, hour=hour, minute=30)
    decided_here(session, people, instant - LATER)
    company = moment(instant, zone=ZoneInfo(zone))
    export_services.export(session, path=tmp_path / "out", kind="decisions", moment=company)
    past = read_history(tmp_path / "out")
    assert {date[-2:] for date in [*past.decisions.decided_on, *past.ratings.rated_on]} == {str(day)}


def test_all_is_a_folder_with_a_manifest(session, now, small, people, tmp_path):
    brought_in(session, small, now)
    factories.application(session, people, now, factories.requisition(session, people, now), "=cmd()")
    out = tmp_path / "all"
    export_services.export(session, path=out, kind="all", moment=moment(now))
    manifest = json.loads((out / "manifest.json").read_text())
    for entry in manifest["files"]:
        content = (out / entry["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        with (out / entry["name"]).open(newline="") as stream:
            assert len(list(csv.reader(stream))) - 1 == entry["rows"]
    rows = {entry["name"]: entry["rows"] for entry in manifest["files"]}
    assert rows["candidates.csv"] == rows["applications.csv"] == 6
    assert rows["decisions.csv"] == 5
    assert "'=cmd()" in (out / "candidates.csv").read_text()
    planned = services.plan(session, folder=out)
    assert planned.batch.counts["decisions"]["matched"] == 2


def test_drafts_are_not_in_an_export(session, now, small, people, tmp_path):
    from recruiter.scorecards.models import CardState, Scorecard

    brought_in(session, small, now)
    session.query(Scorecard).first().state = CardState.DRAFT
    session.commit()
    sent = session.query(Scorecard).filter(Scorecard.state != CardState.DRAFT).count()
    export_services.export(session, path=tmp_path / "cards.csv", kind="scorecards", moment=moment(now))
    with (tmp_path / "cards.csv").open(newline="", encoding="utf-8-sig") as stream:
        assert len({row["id"] for row in csv.DictReader(stream)}) == sent


def test_nothing_is_written_over(session, now, small, tmp_path):
    brought_in(session, small, now)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "notes.txt").write_text("mine")
    with pytest.raises(Conflict, match="not empty"):
        export_services.export(session, path=tmp_path / "there", kind="decisions", moment=moment(now))
    with pytest.raises(Conflict, match="exists already"):
        export_services.export(session, path=tmp_path / "there" / "notes.txt", kind="candidates", moment=moment(now))


def test_without_decisions_there_is_no_folder(session, now, tmp_path):
    with pytest.raises(RuleBroken, match="no past decisions"):
        export_services.export(session, path=tmp_path / "out", kind="decisions", moment=moment(now))
    assert not (tmp_path / "out").exists()


def test_what_goes_out_and_comes_in_again_goes_out_the_same(session, now, folder, tmp_path):
    items = [
        "=1+1",
        "\uff1dA1",
        "-ada",
        "@b",
        "+49 30",
        "'=c",
        "O\u2019Brien",
        "\u5c71\u7530\u3000\u592a\u90ce",
        'a;"=d"',
    ]
    quoted = ['"' + item.replace('"', '""') + '"' for item in items]
    small = folder(
        decisions="slate,item,decided_on,grade\n"
        + "".join(f"=S,{item},2024-03-05,{place}\n" for place, item in enumerate(quoted)),
        ratings="slate,item,rater,attribute,score\n"
        + "".join(f"=S,{item},-Kim,+Depth,{3 - place}\n" for place, item in enumerate(quoted)),
    )
    planned = services.plan(session, folder=small)
    batch = services.apply(session, planned=planned, act=act_by(None, now=now))
    export_services.export(session, path=tmp_path / "out", kind="decisions", moment=moment(now))
    services.undo(session, batch=batch, act=act_by(None, now=now))
    brought_in(session, tmp_path / "out", now)
    export_services.export(session, path=tmp_path / "again", kind="decisions", moment=moment(now))
    assert sorted(read_history(tmp_path / "again").decisions.item) == sorted(read_history(small).decisions.item)
    for path in sorted((tmp_path / "out").iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_row_whose_name_shows_nothing_is_a_bad_row(folder):
    rows = "".join(f"S{place},a,{place},1\n" for place in range(200))
    history = read_history(folder(decisions=f"slate,item,decided_on,grade\n{rows}S1,\u200b,1,1\n\u3164,b,1,1\n"))
    assert sorted((problem.line, problem.column, problem.why) for problem in history.problems) == [
        (202, "item", "empty"),
        (203, "slate", "empty"),
    ]
