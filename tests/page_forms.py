"""The forms of a page that are sent by post, as a browser knows them: where to, which fields, which values each field offers."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSENT = {"submit", "button", "image", "reset"}


@dataclass
class PageForm:
    """One form: its address, what it holds as it stands, and what may be chosen."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.forms, self.by_id, self.select, self.textarea = path, [], {}, None, None

    def handle_starttag(self, tag, attrs):  # noqa: C901, PLR0912  # one branch a kind of element
        given = dict(attrs)
        if tag == "form":
            form = PageForm(given.get("action") or self.path)
            if (given.get("method") or "").lower() == "post":
                self.forms.append(form)
            else:
                self.forms.append(None)
            self.by_id[given.get("id")] = form
            return
        form = self.by_id.get(given["form"]) if "form" in given else self.forms[-1] if self.forms else None
        name = given.get("name")
        if tag == "option" and self.select is not None:
            self.select[0].choices.setdefault(self.select[1], []).append(given.get("value") or "")
            if "selected" in given:
                self.select[0].values[self.select[1]] = [given.get("value") or ""]
        if form is None or name is None or "disabled" in given:
            return
        kind = (given.get("type") or "text").lower()
        if tag == "select":
            self.select = form, name
            form.values.setdefault(name, [])
        elif tag == "textarea":
            self.textarea = form, name
            form.values.setdefault(name, [""])
        elif tag == "button" or (tag == "input" and kind in UNSENT):
            form.choices.setdefault(name, []).append(given.get("value") or "")
            form.values.setdefault(name, [])
        elif tag == "input" and kind == "file":
            form.files.add(name)
        elif tag == "input" and kind in {"checkbox", "radio"}:
            form.choices.setdefault(name, []).append(given.get("value") or "on")
            form.values.setdefault(name, [])
            if "checked" in given:
                form.values[name].append(given.get("value") or "on")
        elif tag == "input":
            form.values.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data):
        if self.textarea is not None:
            form, name = self.textarea
            form.values[name] = [form.values[name][0] + data]

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None
        elif tag == "form" and self.forms:
            self.forms.append(None)


def forms_of(markup, path):
    """Every form of a page that is sent by post; one without an address is sent to `path`."""
    reader = _Reader(path)
    reader.feed(markup)
    return [form for form in reader.forms if form is not None]
