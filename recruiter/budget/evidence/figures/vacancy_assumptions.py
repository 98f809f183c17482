"""The assumptions about an empty seat that a writer may change: what they are by default, and how large they may become."""

from __future__ import annotations

PREFIX = "assumption:"
DEFAULTS: dict[str, int] = {
    "days_low": 30,
    "days_middle": 60,
    "days_high": 90,
    "empty_seat_low": 50,
    "empty_seat_middle": 100,
    "empty_seat_high": 150,
    "search_low": 5,
    "search_middle": 10,
    "search_high": 20,
    "repeat_low": 50,
    "repeat_middle": 100,
    "repeat_high": 100,
}
LARGEST: dict[str, int] = {"days": 3650, "empty": 1000, "search": 500, "repeat": 300}


def largest_value(name: str) -> int:
    """The largest value that an assumption may take: days, or percent."""
    return LARGEST[name.partition("_")[0]]
