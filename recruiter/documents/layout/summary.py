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
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def room_shares(needs: Sequence[int], room: int) -> list[int]:
    """Who asks for little gets it; the others share the rest evenly."""
    shares_given = [0] * len(needs)
    remaining = room
    order = sorted(range(len(needs)), key=lambda index: needs[index])
    for place, index in enumerate(order):
        shares_given[index] = min(needs[index], remaining // (len(order) - place))
        remaining -= shares_given[index]
    return shares_given


def clipped(text: str, room: int) -> str:
    """The beginning of a text: whole sentences where they fill half of the room, else whole words and an ellipsis."""
    if width(text) <= room:
        return text
    widths = accumulate(width(letter) for letter in text)
    cut = next(index for index, used in enumerate(widths) if used > room - 1)
    start = text[:cut]
    ends = [match.end() for match in ENDS.finditer(start)]
    if ends and ends[-1] >= cut // 2:
        return start[: ends[-1]]
    return (start.rsplit(" ", 1)[0] if " " in start[cut // 2 :] else start).rstrip(" ,;:") + "…"


def room_beside(lines: int, marks: int = 0) -> int:
    """The room that a table of costs with so many lines, and a plot of so many finalists, leave."""
    taken = LINE * max(lines - LINES, 0) + (PLOT + MARK * marks if marks else 0)
    return max(ROOM - taken, LEAST_ROOM)


def briefs_of(chapters: Sequence[tuple[int, str, str, Sequence[str]]], *, room: int = ROOM) -> tuple[Brief, ...]:
    """The sections (number, name, title, paragraphs) in brief; a section without words is left out."""
    with_text = [(number, name, title, " ".join(lines)) for number, name, title, lines in chapters if any(lines)]
    rooms = room_shares([width(text) for *_, text in with_text], room)
    briefs = []
    for (number, name, title, text), room_share in zip(with_text, rooms, strict=True):
        short = clipped(text, max(room_share, LEAST))
        briefs.append(Brief(number, name, title, short, more=short != text))
    return tuple(briefs)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def remaining_request_text(line: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """What the request says beyond its first line (“Approve a base of …”), as far as there is room for it."""
    lead = _plain(line.split(" a ", 2)[1])
    sentences = [sentence for paragraph in paragraphs for sentence in SENTENCE.split(paragraph)]
    remaining = " ".join(sentence for sentence in sentences if lead not in _plain(sentence))
    return (clipped(remaining, ASK_ROOM),) if remaining else ()
