"""A date that is none, or of another century, in any column of any file that comes in: told with row and column, never an error of ours."""

import io
import zipfile

import pytest

from recruiter.foundation.calendar import is_in_calendar
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.contacts import inbound_mail_parser
from recruiter.learning.history import folder_writer
from recruiter.learning.history.history_folder import read_history
from recruiter.ranking.bias_audit import answer_file

BAD = [
    "0001-01-01",
    "9999-12-31",
    "2026-02-31",
    "2026-11-30T10:00:00+25:00",
    "1999-12-31",
    "2100-01-01",
    "infinity",
    "0001-01-01T00:00:00+14:00",
    "30/11/2026",
    "2026-11-30 and so on",
]
ROWS = 300
OF_HISTORY = {
    (file, column) for file, columns in folder_writer.COLUMNS.items() for column in columns if column.endswith("_on")
}


def test_the_columns_of_dates_are_known():
    """Whoever adds one adds it to the tests below."""
    assert {("decisions", "decided_on"), ("ratings", "rated_on")} == OF_HISTORY
    assert [name for name in answer_file.OPTIONAL_COLUMNS if name.endswith("_on")] == ["answered_on"]


def files(file, day):
    """A sound folder, with one bad date."""
    decided = [f"S{n},a,{'2024-03-05'},1" for n in range(ROWS)]
    rated = [f"S{n},a,kim,Depth,{1 + n % 5},2024-03-01" for n in range(ROWS)]
    if file == "decisions":
        decided[7] = f"S7,a,{day},1"
    else:
        rated[7] = f"S7,a,kim,Depth,3,{day}"
    return {
        "decisions": "slate,item,decided_on,grade\n" + "\n".join(decided),
        "ratings": "slate,item,rater,attribute,score,rated_on\n" + "\n".join(rated),
    }


@pytest.mark.parametrize("day", BAD)
@pytest.mark.parametrize(("file", "column"), sorted(OF_HISTORY))
def test_a_folder_tells_the_row_and_the_column(folder, file, column, day):
    history = read_history(folder(**files(file, day)))
    problems_there = [problem for problem in history.problems if problem.column == column]
    assert [(problem.file, problem.line) for problem in problems_there] == [(f"{file}.csv", 9)]
    assert "date" in problems_there[0].why
    assert len(history.decisions.slate) == ROWS - (file == "decisions")
    assert len(history.ratings.score) == ROWS - (file == "decisions")  # a refused decision takes its ratings along


def test_many_bad_dates_are_told_once_each_up_to_a_number(folder):
    rows = "".join(f"S,a,kim,Depth {n},3,soon\n" for n in range(50))
    decisions = "slate,item,decided_on,grade\nS,a,2024-03-05,1\n"
    history = read_history(folder(decisions=decisions, ratings=f"slate,item,rater,attribute,score,rated_on\n{rows}"))
    assert len(history.problems) == 21
    assert history.problems[-1].why.startswith("30 more of its entries are no dates")


@pytest.mark.parametrize("day", BAD)
def test_answers_tell_the_row_and_the_column(tmp_path, day):
    path = tmp_path / "answers.csv"
    path.write_text(f"candidate_id,{next(iter(answer_file.QUESTIONS))},answered_on\n1,a,2026-11-30\n2,a,{day}\n")
    with pytest.raises(RuleBroken, match="answered_on is not a date") as refused:
        answer_file.read(path)
    assert "3" in str(refused.value)


@pytest.mark.parametrize("door", ["page", "api"])
def test_no_door_of_an_import_breaks(api, browse, door):
    for day in BAD[:4]:
        for file in ("decisions", "ratings"):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for name, content in files(file, day).items():
                    archive.writestr(f"{name}.csv", content)
            packed.seek(0)
            if door == "api":
                data = {"file": (packed, "past.zip"), "dry_run": "true"}
                answer = api.anja.post("/imports", data=data, content_type="multipart/form-data")
                assert answer.status_code == 201
                assert [problem["line"] for problem in answer.json["problems"] + answer.json["dropped_columns"]] == [9]
            else:
                answer = browse("anja").post("/import", data={"file": (packed, "past.zip")}, follow_redirects=True)
                assert answer.status_code == 200


@pytest.mark.parametrize(
    "date",
    ["Mon, 01 Jan 0001 00:00:00 +1400", "Fri, 31 Dec 9999 23:59:59 -1200", "Mon, 30 Nov 2026 10:00:00 +2500",
     "Sat, 31 Feb 2026 10:00:00 +0000", "soon"],
)  # fmt: skip
def test_a_mail_with_an_odd_date_is_read_without_it(date):
    raw = f"From: ada@example.com\nTo: ruth@example.com\nDate: {date}\nSubject: Hello\n\nHello".encode()
    at = inbound_mail_parser.read(raw).at
    assert at is None or is_in_calendar(at)
