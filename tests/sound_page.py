"""Whether a page is whole for those who hear it: one heading, ids that are met once, labels for every control."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Ids, what points to ids, and controls without a name, of one page."""

    def __init__(self):
        super().__init__()
        self.ids, self.points, self.controls, self.labelled, self.inside, self.h1 = [], [], [], set(), 0, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.h1 += tag == "h1"
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("aria-describedby", "aria-labelledby"):
            self.points += (given.get(name) or "").split()
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.points.append(given["href"][1:])
        if tag == "label":
            self.inside += 1
            self.labelled.add(given.get("for"))
        has_label = self.inside or "aria-label" in given
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden" and not has_label:
            self.controls.append(given.get("id"))

    def handle_endtag(self, tag):
        self.inside -= tag == "label"


def sound(answer):
    """The text of a page that is whole, without styles in its markup and without markup that somebody typed."""
    return sound_text(answer.get_data(as_text=True))


def sound_text(text):
    """The same of a page whose text is at hand."""
    page = Page()
    page.feed(text)
    assert page.h1 == 1
    assert len(page.ids) == len(set(page.ids)), sorted(page.ids)
    assert set(page.points) <= set(page.ids), set(page.points) - set(page.ids)
    assert set(page.controls) <= page.labelled, page.controls
    assert "style=" not in text
    assert "<b>&" not in text
    return text
