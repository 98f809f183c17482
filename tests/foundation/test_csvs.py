"""One writer and one reader of CSV: the mark, the ends of lines, no formula, and the same again when it is read."""

import ast
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation.files import csvs

PACKAGE = Path(csvs.__file__).parents[2]
UNSEEN = ["", "\ufeff", "\u200b", "\u2060", "\u00ad", "\u3164", "\u2800", "\u00a0", "\u3000", " ", "\u202e", "\u0301"]
SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\ufe62", "\ufe63", "\ufe6b"]
TEXTS = st.text(st.sampled_from([*SIGNS, *UNSEEN[1:], *"'\"ab1,;\t\n|é山"]), max_size=8)


def opened(path, delimiter=","):
    """The cells as a spreadsheet takes them."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def is_formula(cell):
    """Whether a spreadsheet could take a cell for a formula, told here without the rule of the writer."""
    return cell.lstrip("".join(UNSEEN) + "\t\r\n ")[:1] in SIGNS


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("unseen", [*UNSEEN, "\t", "\r", "\n", "\u200b \ufeff"])
def test_no_cell_and_no_header_begins_as_a_formula(tmp_path, sign, unseen):
    cell = f"{unseen}{sign}HYPERLINK(1)"
    csvs.write(tmp_path / "a.csv", [cell, "b"], [[cell, -5], ["x", f"Ada;{cell}"], ["x", f"Ada\t{cell}"]])
    assert not any(is_formula(read) for line in opened(tmp_path / "a.csv") for read in line if read != "-5")
    for delimiter in ";\t" if unseen not in {"\r", "\n"} else "":
        assert not any(is_formula(read) for line in opened(tmp_path / "a.csv", delimiter) for read in line)


def test_a_file_has_its_mark_and_the_ends_of_lines_of_the_standard(tmp_path):
    csvs.write(tmp_path / "a.csv", ["name", "note"], [["Zoë", "two\nlines"], ["O'Brien", 3.5]])
    content = (tmp_path / "a.csv").read_bytes()
    assert content == '\ufeffname,note\r\nZoë,"two\nlines"\r\nO\'Brien,3.5\r\n'.encode()


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_what_is_written_and_read_again_is_the_same(tmp_path_factory, lines):
    path = tmp_path_factory.getbasetemp() / "round.csv"
    header = ("name", "=note")
    csvs.write(path, header, lines)
    read = [tuple(cells) for _, cells in csvs.read(path).records()]
    assert read == [header, *lines]
    again = path.with_name("again.csv")
    csvs.write(again, read[0], read[1:])
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("end", "delimiter", "first"), [("\n", ",", ""), ("\r\n", ";", ""), ("\n", "\t", ""), ("\r\n", "|", "sep=|\r\n")]
)
def test_a_reader_takes_files_as_people_save_them(tmp_path, mark, end, delimiter, first):
    lines = [["name", "note"], ["Zoë", "a"], ["\u200b", " '=1 "]]
    path = tmp_path / "a.csv"
    path.write_bytes((mark + first + "".join(delimiter.join(line) + end for line in lines)).encode())
    rows = [row for _, row in csvs.rows(path)]
    assert rows == [{"name": "Zoë", "note": "a"}, {"name": "", "note": "'=1"}]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a\0b", "not a text table"),
        (b"\xef\xbb\xbf \r\n", "empty"),
    ],
)
def test_what_is_no_csv_says_why(tmp_path, content, why):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(csvs.UnreadableCsv, match=why):
        list(csvs.rows(tmp_path / "a.csv"))


def test_nothing_else_writes_or_reads_csv():
    importing = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(name.name == "csv" for name in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "csv")
    ]
    assert importing == ["foundation/files/csvs.py"]
