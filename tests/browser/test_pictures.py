import json

from PIL import Image

from tests.browser.pictures import addresses, comparing


def _picture(folder, name, size=(40, 30), spots=()):
    folder.mkdir(exist_ok=True)
    picture = Image.new("RGB", size, "white")
    for place in spots:
        picture.putpixel(place, (0, 0, 0))
    picture.save(folder / name)


def test_two_sets_are_compared_picture_by_picture(tmp_path):
    before, after, differences = tmp_path / "before", tmp_path / "after", tmp_path / "differences"
    differences.mkdir()
    for folder in (before, after):
        _picture(folder, "same.png")
    _picture(before, "spot.png")
    _picture(after, "spot.png", spots=[(10, 5), (12, 9)])
    _picture(before, "grown.png")
    _picture(after, "grown.png", size=(40, 60))
    _picture(before, "away.png")
    _picture(after, "new.png")
    verdicts = {verdict.name: verdict for verdict in comparing.compare_sets(before, after, differences)}
    assert {name: verdict.state for name, verdict in verdicts.items()} == {
        "same.png": "equal",
        "spot.png": "differs",
        "grown.png": "differs",
        "away.png": "only before",
        "new.png": "only after",
    }
    assert verdicts["spot.png"].box == (10, 5, 13, 10)
    assert verdicts["spot.png"].share == 2 / (40 * 30)
    assert verdicts["grown.png"].box == (0, 30, 40, 60)
    assert verdicts["grown.png"].sizes == ((40, 30), (40, 60))
    assert Image.open(differences / "spot.png").getpixel((10, 5)) == (220, 0, 60)
    assert sorted(path.name for path in differences.iterdir()) == ["grown.png", "spot.png"]


def test_the_report_has_what_differs_and_pages_that_answer_otherwise(tmp_path):
    before, after, report = tmp_path / "before", tmp_path / "after", tmp_path / "report.html"
    for folder, status in ((before, 200), (after, 404)):
        _picture(folder, "recruiter-start-1-1440-light.png", spots=[(1, 1)] if status == 404 else [])
        page = {"role": "recruiter", "address": "/", "status": status, "file": "recruiter-start-1"}
        (folder / "pages.json").write_text(json.dumps([page]))
    verdicts, statuses = comparing.compare_sets(before, after), comparing.status_changes(before, after)
    comparing.write_report(report, before, after, verdicts, statuses, tmp_path)
    assert statuses == ["status 200 -> 404  recruiter /"]
    assert report.with_suffix(".txt").read_text().splitlines()[:3] == [
        "1 pages: 0 equal, 1 not",
        "1 pictures: 0 equal, 1 differs, 0 only before, 0 only after",
        statuses[0],
    ]
    assert '<img loading="lazy" src="before/recruiter-start-1-1440-light.png"' in report.read_text()


class _Answer:
    def __init__(self, status, content_type="text/html", body=""):
        self.status, self.headers, self._body = status, {"content-type": content_type}, body

    def text(self):
        return self._body


def test_pages_are_taken_and_neither_downloads_nor_ways_elsewhere(tmp_path):
    site = {
        "/": _Answer(200, body='<a href="/list?due=late"></a><a href="/list?cursor=abc"></a><a href="/kind/a"></a>'),
        "/list": _Answer(200),
        "/list?due=late": _Answer(200),
        "/list.csv": _Answer(200, "text/csv"),
        "/elsewhere": _Answer(303),
        "/kind/a": _Answer(200),
        "/closed": _Answer(403),
        "/closed-too": _Answer(403),
        "/no-such-page": _Answer(404),
    }
    rules = [(rule, []) for rule in site if "?" not in rule and not rule.startswith(("/kind", "/no-such"))]
    rules.append(("/kind/<kind>", ["kind"]))
    database = tmp_path / "empty.db"
    database.touch()
    pages = addresses.pages_of("recruiter", "", site.__getitem__, rules, database, set())
    assert {page["address"]: page["status"] for page in pages} == {
        "/": 200,
        "/closed": 403,
        "/list": 200,
        "/kind/a": 200,
        "/no-such-page": 404,
        "/list?due=late": 200,
    }
