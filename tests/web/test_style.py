"""The style sheets as one file."""

import re
from pathlib import Path

from recruiter.foundation.templates import PACKAGE
from recruiter.web.layout import stylesheets

FOLDER = PACKAGE / "static" / "css"


def test_a_page_asks_for_one_sheet_and_may_keep_it(app):
    client = app.test_client()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/sign-in").get_data(as_text=True))
    assert len(sheets) == 1
    answer = client.get(sheets[0])
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    script = re.findall(r'src="(/static/[^"]+)"', client.get("/sign-in").get_data(as_text=True))[0]
    assert "immutable" in client.get(script).headers["Cache-Control"]
    for address in (sheets[0], script):  # a page of a newer server asks an older one
        assert client.get(address + "0").headers["Cache-Control"] == "no-store"


def test_every_sheet_of_the_folder_is_in_it_in_order():
    assert sorted(stylesheets.SHEETS) == sorted(path.stem for path in FOLDER.glob("*.css"))
    whole = stylesheets.joined(FOLDER)
    places = [whole.index((FOLDER / f"{sheet}.css").read_text(encoding="utf-8")) for sheet in stylesheets.SHEETS]
    assert places == sorted(places)


def test_a_changed_sheet_has_another_address(tmp_path: Path):
    for sheet in stylesheets.SHEETS:
        (tmp_path / f"{sheet}.css").write_text("a{}")
    before = stylesheets.joined(tmp_path)
    (tmp_path / "board.css").write_text("b{}")
    assert stylesheets.joined(tmp_path) != before
