"""The style sheets: formatted, in layers, colours under their names, buttons in one place, and nothing that no page uses."""

import re

import pytest

from recruiter.foundation.templates import PACKAGE
from recruiter.web.layout.stylesheets import SHEETS

FOLDER = PACKAGE / "static" / "css"
PATHS = sorted(FOLDER.glob("*.css"))
LAYERS = ("tokens", "base", "components", "pages")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(")
STRING = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
each_sheet = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def _rules(path):
    """(selectors, declarations) of a sheet, whatever they stand inside."""
    return re.findall(r"([^{}@;]+)\{([^{}]*)\}", COMMENT.sub("", path.read_text(encoding="utf-8")))


def _layer(path):
    return re.search(r"^@layer (\w+) \{", path.read_text(encoding="utf-8"), re.MULTILINE)[1]


@each_sheet
def test_a_sheet_stands_as_cssbeautifier_writes_it(path):
    import cssbeautifier

    options = cssbeautifier.default_options()
    options.indent_size, options.end_with_newline = 2, True
    source = path.read_text(encoding="utf-8")
    assert cssbeautifier.beautify(source, options) == source, f"run: css-beautify -s 2 -n -r {path.name}"


@each_sheet
def test_everything_but_the_size_of_paper_stands_in_a_layer(path):
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    outside, depth = "", 0
    for part in re.split(r"([{}])", source):
        depth += {"{": 1, "}": -1}.get(part, 0)
        outside += part if depth == 0 and part != "}" else ""
    assert re.findall(r"@\w+", outside.replace("@page", "")) in (["@layer"], ["@layer", "@layer"])
    assert _layer(path) in LAYERS


def test_the_sheets_are_served_layer_after_layer():
    placed = [LAYERS.index(_layer(FOLDER / f"{sheet}.css")) for sheet in SHEETS]
    assert placed == sorted(placed)
    assert "@layer tokens, base, components, pages;" in (FOLDER / "tokens.css").read_text(encoding="utf-8")


@each_sheet
def test_colours_have_names(path):
    if path.stem == "tokens":
        return
    assert not [body for _, body in _rules(path) if COLOUR.search(STRING.sub("", body))]


def test_buttons_are_drawn_in_one_sheet():
    button = re.compile(r"\.btn(?:-\w+)?(?![\w-])(?:\[[^]]*\]|:[\w-]+(?:\([^)]*\))?|\.[\w-]+)*\s*$")
    for path in PATHS:
        if path.stem != "buttons":
            styled = [part for rule, _ in _rules(path) for part in rule.split(",") if button.search(part.strip())]
            assert not styled, path.stem


def test_every_class_that_is_styled_is_used():
    sources = [
        *(PACKAGE.parent / "templates").rglob("*.*"),
        *(PACKAGE / "static" / "js").rglob("*.js"),
        *PACKAGE.rglob("*.py"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    class_names, values = set(re.findall(r"[A-Za-z][\w-]*", text)), set(re.findall(r"['\"]([\w-]+)['\"]", text))
    styled = {
        name for path in PATHS for selectors, _ in _rules(path) for name in re.findall(r"\.([a-zA-Z][\w-]*)", selectors)
    }
    begun = {word for word in class_names if word.endswith("-")}  # `badge-{{ tone }}`

    def used(name):
        ends = ((name[: place + 1], name[place + 1 :]) for place, letter in enumerate(name) if letter == "-")
        return name in class_names or any(start in begun and (end in values or end.isdigit()) for start, end in ends)

    assert not sorted(name for name in styled if not used(name))
