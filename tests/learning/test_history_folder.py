import math

import pytest

from recruiter.learning.history.csv_table import HistoryRefused
from recruiter.learning.history.folder_writer import write_history
from recruiter.learning.history.history_folder import read_history

DECISIONS = "slate,item,decided_on,grade\n" + "".join(
    f"s{k},{c},{k},{g}\n" for k in range(60) for c, g in (("a", 1), ("b", 0))
)


def folder(path, **files):
    for name, text in files.items():
        (path / f"{name}.csv").write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_a_plain_folder_is_read_into_columns(tmp_path):
    ratings = "slate,item,rater,attribute,score\ns0,a,kim,overall,3.5\n"
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings, weights="name,weight\noverall,2\n"))
    assert len(history.decisions.slate) == 120
    assert history.ratings.score.tolist() == [3.5]
    assert math.isnan(history.ratings.scale_min[0])
    assert history.weights == {"overall": 2.0}
    assert history.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_byte_order_mark_and_separators_are_understood(tmp_path, separator):
    text = ("\ufeff" + DECISIONS.replace("\n", "\r\n")).replace(",", separator)
    assert len(read_history(folder(tmp_path, decisions=text)).decisions.slate) == 120


def test_a_bad_row_is_named_with_file_line_column_and_reason(tmp_path):
    history = read_history(folder(tmp_path, decisions=DECISIONS + "s9,z,9,high\n"))
    (problem,) = history.problems
    assert (problem.file, problem.line, problem.column) == ("decisions.csv", 122, "grade")
    assert "high" in problem.why
    assert ("z" in history.decisions.item) is False


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("s0,a,kim,overall,x", "score"),
        ("s0,a,kim,overall,nan", "score"),
        ("s0,zz,kim,overall,3", "item"),
        ("s0,a,,overall,3", "rater"),
        ("s0,a,kim,overall", ""),
    ],
)
def test_every_kind_of_bad_rating_is_reported(tmp_path, row, column):
    ratings = f"slate,item,rater,attribute,score\ns0,a,kim,overall,3\n{row}\n"
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings))
    assert [(p.file, p.line, p.column) for p in history.problems] == [("ratings.csv", 3, column)]
    assert len(history.ratings) == 1


def test_a_score_outside_its_scale_is_bad(tmp_path):
    ratings = "slate,item,rater,attribute,score,scale_min,scale_max\ns0,a,kim,overall,5,1,4\n"
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings))
    assert history.problems[0].column == "score"


def test_more_than_one_in_a_hundred_bad_rows_refuses_the_folder(tmp_path):
    with pytest.raises(HistoryRefused, match="3 of 123 rows"):
        read_history(folder(tmp_path, decisions=DECISIONS + "s9,z,9,high\n" * 3))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("slate,item,when,grade\ns,a,1,1\n", "no column decided_on"),
        ("slate,item,decided_on,grade\n", "no decisions"),
        ("", "is empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path, text, says):
    with pytest.raises(HistoryRefused, match=says) as refused:
        read_history(folder(tmp_path, decisions=text))
    assert "\n" not in str(refused.value)


def test_no_folder_and_no_decisions_file_are_refused(tmp_path):
    with pytest.raises(HistoryRefused, match="no folder"):
        read_history(tmp_path / "nowhere")
    with pytest.raises(HistoryRefused, match=r"no decisions\.csv"):
        read_history(tmp_path)


def test_protected_columns_and_features_never_enter(tmp_path):
    text = "slate,item,decided_on,grade,sex\ns,a,2024-01-05,1,f\ns,b,2024-01-05,0,m\n"
    features = "slate,item,feature,value\ns,a,Age,50\ns,a,salary_expected,9\ns,a,test,7\n"
    history = read_history(folder(tmp_path, decisions=text, features=features))
    assert set(history.features.feature) == {"test"}
    assert {problem.column for problem in history.problems} == {"sex", "Age", "salary_expected"}


def test_what_is_written_is_read_back_the_same(tmp_path, skating):
    write_history(tmp_path / "again", skating)
    again = read_history(tmp_path / "again")
    assert again.decisions.grade.tolist() == skating.decisions.grade.tolist()
    assert again.ratings.score.tolist() == skating.ratings.score.tolist()
    assert again.features.value.tolist() == skating.features.value.tolist()


RATED = "slate,item,rater,attribute,score\n"


def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path):
    cards = "".join(f's{k},{c},"Kim, L.",overall,3\n' for k in range(60) for c in "ab")
    ratings = f'{RATED}"s0,a,kim,overall,3\n{cards}s1,b,"x\n'
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings))
    assert [(p.line, p.why) for p in history.problems] == [
        (2, "a quote is opened and never closed"),
        (123, "3 cells where the header has 5"),
    ]
    assert len(history.ratings) == 120


def test_lines_are_counted_past_quoted_line_breaks(tmp_path):
    ratings = RATED + 's0,a,"Kim\nLee",overall,3\ns1,a,kim,overall,x\n'
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings))
    assert history.ratings.rater.tolist() == ["Kim Lee"]  # a name is one line
    assert [problem.line for problem in history.problems] == [4]


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_grades_of_one_candidate_neither_is_believed_in_any_order(tmp_path, turn):
    extra = "\n".join(["s7,z,7,1", "s7,z,7,2"][::turn])
    rows = "".join(f"s{k},{c},{k},1\n" for k in range(60) for c in "abcd")
    history = read_history(folder(tmp_path, decisions=f"slate,item,decided_on,grade\n{extra}\n{rows}"))
    assert "z" not in history.decisions.item
    assert len(history.decisions.item) == 240
    assert [problem.line for problem in history.problems] == [2, 3]


def test_a_moment_unlike_the_others_of_its_slate_is_bad_wherever_it_stands(tmp_path):
    rows = DECISIONS.split("\n", 1)[1] + "s5,c,5,0\n"
    late = "s5,d,6,0\n"
    for text in (late + rows, rows + late):
        history = read_history(folder(tmp_path, decisions="slate,item,decided_on,grade\n" + text))
        (problem,) = history.problems
        assert (problem.column, problem.why) == ("decided_on", "differs from the other rows of its slate")


@pytest.mark.parametrize(
    ("text", "fine"),
    [("2024-02-30", False), ("2024-02-29", True), ("2024-02-28x", False), ("2024-02-28T23:59:59", True), ("", False)],
)
def test_dates_are_dates(tmp_path, text, fine):
    rows = "".join(f"s{k},{c},2024-01-01,1\n" for k in range(60) for c in "ab")
    history = read_history(folder(tmp_path, decisions=f"slate,item,decided_on,grade\n{rows}t,a,{text},1\n"))
    assert ("t" in history.decisions.slate) == fine


def test_a_second_card_of_the_same_rater_counts_and_a_repeated_row_does_not(tmp_path):
    ratings = RATED + "s0,a,kim,overall,3\ns0,a,kim,overall,4\ns0,a,kim,overall,3\n"
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings))
    assert sorted(history.ratings.score) == [3, 4]
    assert [problem.line for problem in history.problems] == [4]


def test_marks_far_off_are_slips_only_where_the_scale_is_known_by_many(tmp_path):
    few = RATED + "".join(f"s{k},a,kim,overall,{k % 5}\n" for k in range(10)) + "s0,b,kim,overall,999\n"
    assert read_history(folder(tmp_path, decisions=DECISIONS, ratings=few)).problems == ()
    many = RATED + "".join(f"s{k},a,kim,overall,{k % 5}\n" for k in range(60)) + "s0,b,kim,overall,999\n"
    assert [p.line for p in read_history(folder(tmp_path, decisions=DECISIONS, ratings=many)).problems] == [62]


def test_decimal_commas_are_read_where_commas_do_not_part_the_cells(tmp_path):
    ratings = "slate;item;rater;attribute;score\ns0;a;kim;overall;3,5\ns1;a;kim;overall;1.234,5\n"
    history = read_history(folder(tmp_path, decisions=DECISIONS, ratings=ratings))
    assert history.ratings.score.tolist() == [3.5]
    assert "1.234,5" in history.problems[0].why
