import itertools
import re
from html.parser import HTMLParser

import pytest

from recruiter.documents import html_printer

from .conftest import SEAL, STRANGE


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def parsed(page):
    tags = Tags()
    tags.feed(page)
    return tags


def test_it_carries_number_version_and_seal(frozen):
    page = html_printer.render(frozen)
    assert "Budget case BC-2026-031" in page
    assert "Version 3" in page
    assert SEAL in page
    assert "doc-draft" not in page.split("</style>")[1]


def test_a_draft_is_marked(draft):
    page = html_printer.render(draft)
    assert '<div class="doc-draft"' in page
    assert "Draft, not submitted" in page


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_it_loads_nothing_and_runs_nothing(strange, text):
    tags = parsed(html_printer.render(strange(text)))
    names = {name for name, _ in tags.seen}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "base", "form"}
    for _, attributes in tags.seen:
        assert not {"src", "href", "style", "onload", "onclick"} & set(attributes)
    style = "".join(tags.text).split("}")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert text.replace("\x07", "").replace("\ud800", "").replace("\ufffe", "").strip() in "".join(tags.text)


def test_headings_are_in_order_and_tables_are_named(frozen):
    page = html_printer.render(frozen)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.count("<table") == page.count("<caption")
    scopes = [given.get("scope") for name, given in parsed(page).seen if name == "th"]
    assert scopes
    assert set(scopes) <= {"col", "row"}


def test_the_article_stands_alone(frozen):
    part = html_printer.article(frozen)
    assert part.lstrip().startswith("<article")
    assert "<style" not in part
    assert html_printer.render(frozen) == html_printer.render(frozen)
