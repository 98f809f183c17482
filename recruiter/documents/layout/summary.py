"""A case in brief: what stands on the first two pages, so much of each section as there is room for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

ROOM = 3400  # letters of Latin width on two pages, beside the request and what it costs
LINE, LINES = 80, 8  # what a line of the table of costs takes of it, and how many lines are counted on
PLOT, MARK = 560, 125  # what the plot of the finalists takes: its frame, and each row
LEAST_ROOM = 1200
ASK_ROOM = 400
LEAST = 60
SENTENCE = re.compile(r"(?<=[.!?]) +")
ENDS = re.compile("[.!?…。\uff01\uff1f](?=\\s|$)")


@dataclass(frozen=True)
class Brief:
    """One section in brief; `more` where its annex says more than this."""

    number: int
    name: str
    title: str
    text: str
    more: bool


def width(text: str) -> int:
    """How much room a text takes, in letters of Latin width."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Who asks for little gets it; the others share the rest evenly."""
    given = [0] * len(wanted)
    left = room
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    for place, index in enumerate(order):
        given[index] = min(wanted[index], left // (len(order) - place))
        left -= given[index]
    return given


def clipped(text: str, room: int) -> str:
    """The beginning of a text: whole sentences where they fill half of the room, else whole words and an ellipsis."""
    if width(text) <= room:
        return text
    widths = accumulate(width(letter) for letter in text)
    taken = next(place for place, used in enumerate(widths) if used > room - 1)
    start = text[:taken]
    ends = [one.end() for one in ENDS.finditer(start)]
    if ends and ends[-1] >= taken // 2:
        return start[: ends[-1]]
    return (start.rsplit(" ", 1)[0] if " " in start[taken // 2 :] else start).rstrip(" ,;:") + "…"


def room_beside(lines: int, marks: int = 0) -> int:
    """The room that a table of costs with so many lines, and a plot of so many finalists, leave."""
    taken = LINE * max(lines - LINES, 0) + (PLOT + MARK * marks if marks else 0)
    return max(ROOM - taken, LEAST_ROOM)


def in_brief(chapters: Sequence[tuple[int, str, str, Sequence[str]]], *, room: int = ROOM) -> tuple[Brief, ...]:
    """The sections (number, name, title, paragraphs) in brief; a section without words is left out."""
    spoken = [(number, name, title, " ".join(lines)) for number, name, title, lines in chapters if lines]
    given = shares([width(text) for *_, text in spoken], room)
    found = []
    for (number, name, title, text), share in zip(spoken, given, strict=True):
        short = clipped(text, max(share, LEAST))
        found.append(Brief(number, name, title, short, more=short != text))
    return tuple(found)


def _plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def left_to_say(line: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """What the request says beyond its first line (“Approve a base of …”), as far as there is room for it."""
    lead = _plain(line.split(" a ", 2)[1])
    said = [one for words in paragraphs for one in SENTENCE.split(words)]
    left = [one for one in said if lead not in _plain(one)]
    return tuple(one.text for one in in_brief([(1, "ask", "", left)], room=ASK_ROOM))
