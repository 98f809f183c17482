"""`recruiter backtest` as somebody types it: outputs, options, and every kind of odd or broken folder."""

import csv
import json
import math

import pytest

from recruiter import cli
from tests.learning.histories import DECISIONS, FEATURES, RATINGS, folder, plain, rows_of, table

LONE = rows_of(20)[1][0][:3]  # slate, candidate and rater of the first card
FAST = ("--train-sizes", "0,all", "--draws", "1")


@pytest.fixture
def run(capsys):
    """`run(folder, "--json")`: exit code, stdout, stderr."""

    def ran(*arguments):
        code = 0
        try:
            cli.main(["backtest", *(str(argument) for argument in arguments)])
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return ran


@pytest.fixture
def run_json(run):
    """`run_json(folder)`: the JSON of a run that must succeed without a word on stderr."""

    def ran(*arguments):
        code, out, err = run(*arguments, *FAST, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return ran


@pytest.fixture
def refused(run):
    """`refused(folder)`: the one sentence of a run that must be refused with exit 1."""

    def ran(*arguments):
        code, out, err = run(*arguments, *FAST)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "Traceback" not in err
        return err.strip()

    return ran


@pytest.fixture
def plainly(monkeypatch):
    """Only the methods that need no training beside the suggestion: for what does not depend on the others."""
    from recruiter.learning.backtest import backtest

    everything = backtest.methods_for
    quick = ("suggestion", "mean_overall", "declared_index")
    monkeypatch.setattr(backtest, "methods_for", lambda task: {k: v for k, v in everything(task).items() if k in quick})


# What is printed and written


def test_json_page_and_predictions_in_one_run(run, tmp_path):
    out = tmp_path / "p.csv", tmp_path / "page.html"
    place = plain(tmp_path / "history")
    code, text, err = run(place, *FAST, "--json", "--predictions", out[0], "--html", out[1])
    assert (code, err) == (0, "")
    assert list(json.loads(text)) == ["set", "slates", "pool", "test", "results", "leniency", "verdict", "problems"]
    rows = list(csv.DictReader(out[0].open(encoding="utf-8-sig")))
    assert {row["train_size"] for row in rows} == {"0", "all"}
    assert len(rows) == 2 * 10 * 4
    assert out[1].read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_text_tells_verdict_table_curve_and_limits(run, tmp_path):
    code, text, err = run(plain(tmp_path / "history"), *FAST)
    assert (code, err) == (0, "")
    for piece in ("24 past slates, 14 to learn from, 10 later", "scorecard", "mean_overall", "####", "cannot tell"):
        assert piece in text


@pytest.mark.usefixtures("plainly")
def test_the_same_seed_gives_the_same_words(run, tmp_path):
    place = plain(tmp_path / "history")
    first, second, other = (run(place, "--train-sizes", "5", "--draws", "2", "--seed", s)[1] for s in (1, 1, 2))
    assert first == second
    assert first != other


@pytest.mark.usefixtures("plainly")
def test_progress_goes_to_a_terminal_only_and_never_into_the_json(run, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    code, out, err = run(plain(tmp_path / "history"), *FAST, "--json")
    assert code == 0
    assert json.loads(out)["slates"] == 24
    assert "train size all, draw 1 of 1" in err
    assert err.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    "options",
    [
        ("--split", "1.5"),
        ("--split", "-0.1"),
        ("--split", "nan"),
        ("--split", "half"),
        ("--draws", "0"),
        ("--draws", "two"),
        ("--seed", "-1"),
        ("--train-sizes", ""),
        ("--train-sizes", "5,-1"),
        ("--train-sizes", "5;10"),
        ("--train-sizes", "1.5"),
        ("--train-sizes", "every"),
        ("--train-sizes", "9" * 30),
        ("--nonsense",),
    ],
)
def test_wrong_usage_is_told_with_exit_2(run, tmp_path, options):
    code, out, err = run(plain(tmp_path / "history"), *options)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


@pytest.mark.parametrize("option", ["--predictions", "--html"])
def test_a_path_that_cannot_be_written_is_refused_before_the_work(refused, tmp_path, option):
    place = plain(tmp_path / "history")
    assert "no folder" in refused(place, option, tmp_path / "nowhere" / "file")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    assert "cannot be written" in refused(place, option, blocked / "file")


# Few decisions are an answer


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize("split", ["0", "0.6", "1"])
def test_any_share_of_slates_may_be_the_pool(run, tmp_path, split):
    code, out, err = run(plain(tmp_path / "history", 10), *FAST, "--split", split, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["pool"] == round(10 * float(split))


@pytest.mark.parametrize("n_slates", [1, 2, 3, 5])
def test_few_slates_are_an_answer(run_json, run, tmp_path, n_slates):
    place = plain(tmp_path / "history", n_slates)
    report = run_json(place)
    assert report["slates"] == n_slates
    assert ("Too few decisions" in report["verdict"]) == (report["test"] == 0)
    assert run(place)[0] == 0


@pytest.mark.usefixtures("plainly")
def test_a_small_history_says_what_carries_it(run_json, tmp_path):
    report = run_json(plain(tmp_path / "history", 18))
    assert "18 slates." in report["verdict"]
    assert "fewer than 20 past slates the scorecard weights carry it" in report["verdict"]


@pytest.mark.usefixtures("plainly")
def test_slates_of_one_and_tied_slates_are_foreseen_and_not_counted(run, tmp_path):
    decided, rated = rows_of(20)
    decided = [[*row[:3], "1"] if row[0] == "s018" else row for row in decided]
    decided = [row for row in decided if row[0] != "s019" or row[1] == "c0"]
    rated = [row for row in rated if row[0] != "s019" or row[1] == "c0"]
    out = tmp_path / "p.csv"
    place = folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated))
    code, text, _ = run(place, *FAST, "--predictions", out)
    assert code == 0
    assert "(6 with a choice)" in text
    assert "2 slates of the later ones held one candidate or one grade" in text
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    alone = [row for row in rows if row["slate"] == "s019"]
    assert [(float(row["probability"]), row["rank_low"], row["rank_high"]) for row in alone] == [(1.0, "1", "1")] * 2
    assert sum(float(row["probability"]) for row in rows if row["slate"] == "s018") == pytest.approx(2, abs=1e-6)


@pytest.mark.parametrize("items", [["c0"], ["c0", "c1", "c2", "c3"]])
def test_nothing_but_slates_without_a_choice(run_json, tmp_path, items):
    decided, rated = rows_of(10)
    decided = [[*row[:3], "1"] for row in decided if row[1] in items]
    rated = [row for row in rated if row[1] in items]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    assert "nothing can be said" in report["verdict"]
    assert (report["results"], report["test"]) == ([], 4)


@pytest.mark.usefixtures("plainly")
def test_no_signal_is_said(run_json, tmp_path):
    decided, rated = rows_of(60, seed=3)
    decided = [[*row[:3], str((place * 7919 + k) % 4)] for k, row in enumerate(decided) for place in [k // 4]]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    assert report["verdict"].startswith(("No signal", "No better", "Worse"))


# Odd cards


def test_without_ratings_everybody_is_as_likely(run_json, tmp_path):
    decided, _ = rows_of(20)
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided)))
    assert report["leniency"] == {}
    assert all(result["skill"] == pytest.approx(0) for result in report["results"])


@pytest.mark.usefixtures("plainly")
def test_ratings_without_overall_have_no_plain_mean(run_json, tmp_path):
    decided, rated = rows_of(20)
    rated = [row for row in rated if row[3] != "overall"]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    assert "mean_overall" not in {result["method"] for result in report["results"]}


def test_cards_only_in_the_test_part(run_json, tmp_path):
    decided, rated = rows_of(20)
    rated = [row for row in rated if row[0] >= "s015"]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    assert report["leniency"] == {}


def test_cards_only_in_the_pool(run_json, tmp_path):
    decided, rated = rows_of(20)
    rated = [row for row in rated if row[0] < "s010"]
    assert (
        run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))["test"]
        == 8
    )


@pytest.mark.parametrize(
    ("rater", "apart"),
    [
        (lambda row: "kim", False),  # one rater
        (lambda row: "once" if row[:3] == LONE else row[2], False),
        (lambda row: f"{row[2]}-{int(row[0][1:]) % 2}", True),  # two groups that never meet
        (lambda row: f"{row[0]}-{row[2]}", True),  # nobody ever again
        (lambda row: f"Zoë 李 {row[2]} 🙂", False),
    ],
    ids=["one rater", "a rater with one card", "two groups", "nobody twice", "any script"],
)
def test_odd_panels(run_json, run, tmp_path, rater, apart):
    decided, rated = rows_of(20)
    rated = list({(row[0], row[1], rater(row), row[3]): [*row[:2], rater(row), *row[3:]] for row in rated}.values())
    place = folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated))
    report = run_json(place)
    assert all(math.isfinite(value) for value in report["leniency"].values())
    assert set(report["leniency"]) == {row[2] for row in rated if row[0] < "s012"}
    assert ("never saw the same candidate" in run(place, *FAST)[1]) == apart


@pytest.mark.parametrize("name", ["overall", "craft", None])
def test_constant_attributes(run_json, tmp_path, name):
    decided, rated = rows_of(20)
    rated = [[*row[:4], "3"] if name in {None, row[3]} else row for row in rated]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    assert all(math.isfinite(result["skill"]) for result in report["results"])


def test_one_attribute_of_one_card_alone(run_json, tmp_path):
    decided, _ = rows_of(20)
    ratings = f"{RATINGS}\ns000,c0,kim,craft,3\n"
    assert run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=ratings))["slates"] == 20


@pytest.mark.parametrize("value", ["1e11", "-1e11", "1e-300", "0"])
def test_large_and_small_features_are_borne(run_json, tmp_path, value):
    decided, _ = rows_of(20)
    rows = [[row[0], row[1], "size", value if k % 3 else "1"] for k, row in enumerate(decided)]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), features=table(FEATURES, rows)))
    assert all(math.isfinite(result["skill"]) for result in report["results"])


def test_grades_and_moments_of_any_size(run_json, tmp_path):
    decided, rated = rows_of(20, moment=lambda k: f"{k}e300")
    decided = [[*row[:3], f"{row[3]}e307"] for row in decided]
    report = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    assert len(report["results"]) >= 10


# Bad rows


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize(
    ("score", "why"),
    [
        ("high", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("-inf", "not a number"),
        ("1e400", "not a number"),
        ("1e300", "too large"),
        ("1_0", "not a number"),
        ("", "empty"),
        ("999", "out of all proportion"),
        ("4,5", "6 cells"),
        ('"4', "never closed"),
    ],
)
def test_one_bad_score_in_200_is_reported_and_skipped(run_json, tmp_path, score, why):
    decided, rated = rows_of(24)
    rated[7][4] = score
    place = folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated))
    (problem,) = run_json(place)["problems"]
    assert (problem["file"], problem["line"]) == ("ratings.csv", 9)
    assert why in problem["why"]


@pytest.mark.usefixtures("plainly")
def test_half_a_percent_is_skipped_and_five_percent_are_refused(run_json, refused, run, tmp_path):
    decided, rated = rows_of(50)
    for k in range(0, len(rated), 200):
        rated[k][4] = "broken"
    place = folder(tmp_path / "some", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated))
    assert len(run_json(place)["problems"]) == 6
    assert "6 rows or columns were left out" in run(place, *FAST)[1]
    for k in range(0, len(rated), 20):
        rated[k][4] = "broken"
    place = folder(tmp_path / "many", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated))
    message = refused(place)
    assert "60 of 1400 rows in the folder many are bad, more than 1 in 100" in message
    assert "ratings.csv, line 2, score: 'broken' is not a number" in message


@pytest.mark.usefixtures("plainly")
def test_a_row_given_twice_is_told_and_changes_nothing(run_json, tmp_path):
    decided, rated = rows_of(24)
    once = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    twice = run_json(folder(tmp_path / "h", ratings=table(RATINGS, rated + rated[:3])))
    assert twice["results"] == once["results"]
    assert [problem["why"] for problem in twice["problems"]] == ["the same row again, counted once"] * 3


@pytest.mark.usefixtures("plainly")
def test_unknown_weights_are_told(run_json, tmp_path):
    place = plain(tmp_path / "h", weights="name,weight\ncraft,2\nkindness,1\nage,5\n")
    problems = run_json(place)["problems"]
    assert [(problem["column"], problem["line"]) for problem in problems] == [("kindness", 3), ("age", 4)]


@pytest.mark.usefixtures("plainly")
def test_names_of_every_script_and_shape(run_json, run, tmp_path):
    decided, rated = rows_of(20)

    def with_odd_names(row):
        return [f'"Müller, {row[0]}\nBüro 東京"', f"=李{row[1]} 🙂", *row[2:]]

    place = folder(
        tmp_path / "Sätze 2024",
        decisions=table(DECISIONS, map(with_odd_names, decided)),
        ratings=table(RATINGS, map(with_odd_names, rated)),
    )
    report = run_json(place)
    assert (report["set"], report["slates"], report["problems"]) == ("Sätze 2024", 20, [])
    out, page = tmp_path / "p.csv", tmp_path / "p.html"
    assert run(place, *FAST, "--predictions", out, "--html", page)[0] == 0
    slates = {row["slate"] for row in csv.DictReader(out.open(encoding="utf-8-sig", newline=""))}
    assert "Müller, s019 Büro 東京" in slates  # a name is one line
    assert "Backtest of Sätze 2024" in page.read_text(encoding="utf-8")


@pytest.mark.usefixtures("plainly")
def test_tables_as_spreadsheets_save_them(run_json, tmp_path):
    decided, rated = rows_of(20)
    want = run_json(folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))

    def european(head, rows):
        lines = [head.replace(",", ";"), *(";".join(cell.replace(".", ",") for cell in row) for row in rows)]
        return "\ufeff" + "\r\n".join(lines) + "\r\n"

    files = {"decisions": european(DECISIONS, decided), "ratings": european(RATINGS, rated)}
    assert run_json(folder(tmp_path / "h", **files))["results"] == want["results"]


# Refused as a whole


@pytest.mark.parametrize("name", ["decisions", "ratings", "features", "weights"])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"a\0b", b"one,two\n1,2\n", b'"slate,item'])
def test_files_that_are_no_tables(refused, tmp_path, name, content):
    assert f"{name}.csv" in refused(plain(tmp_path / "h", **{name: content}))


def test_folders_that_hold_nothing(refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty") == "The folder empty has no decisions.csv."
    assert refused(tmp_path / "gone") == "There is no folder gone."
    assert "no decisions" in refused(folder(tmp_path / "h", decisions=f"{DECISIONS}\n"))
    file = tmp_path / "file.csv"
    file.write_text("x")
    assert "no folder" in refused(file)


def test_two_weights_for_one_name(refused, tmp_path):
    assert "two different weights" in refused(plain(tmp_path / "h", weights="name,weight\ncraft,2\ncraft,3\n"))


def test_half_dates_half_numbers(refused, tmp_path):
    decided, rated = rows_of(20, moment=lambda k: str(k) if k % 2 else f"2024-01-{k + 1:02d}")
    place = folder(tmp_path / "h", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated))
    assert "neither a date nor a number" in refused(place)
