"""The keys that save a way with the mouse, and where `g` leads."""

from __future__ import annotations

from dataclasses import dataclass

# endpoint: the letter after g
GO: dict[str, str] = {
    "today.index": "t",
    "keepwarm.index": "k",
    "scorecards.index": "s",
    "requisitions.index": "r",
    "candidates.index": "c",
    "budget.index": "b",
    "model.show": "m",
    "reports.index": "p",
    "exchange.index": "i",
    "accounts.account": "a",
}


@dataclass(frozen=True)
class Shortcut:
    """Keys that are pressed one after the other (or held together), and what they do."""

    keys: tuple[str, ...]
    does: str


ALWAYS = (Shortcut(("Ctrl", "K"), "Find or do (⌘ K on a Mac)"), Shortcut(("Esc",), "Close a menu or a dialog"))
SINGLE = (
    Shortcut(("?",), "This list"),
    Shortcut(("/",), "Find on this page, or anywhere"),
    Shortcut(("j",), "Next person or line"),
    Shortcut(("k",), "The one before"),
    Shortcut(("l",), "Write down what was said, on a candidate\u2019s page"),
    Shortcut(("Enter",), "Open it"),
    Shortcut(("m",), "Move it to another stage"),
    Shortcut(("x",), "Select it"),
    Shortcut(("]",), "Next column of the board"),
    Shortcut(("[",), "The column before"),
)


def going(places: list[tuple[str, str]]) -> list[Shortcut]:
    """The ways of `g` for the pages that somebody has: pairs of a letter and a label."""
    return [Shortcut(("g", letter), f"Go to {label}") for letter, label in places if letter]
