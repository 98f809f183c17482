"""Which letters the fonts of the printed case have; a letter that none has is printed as its number.

Typst tells of a letter without a font only by failing, and no library among our dependencies reads a font: so we read the one
table of it that lists its letters.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from recruiter.documents.model import with_each_text

FOLDER = Path(__file__).with_name("fonts")
NOTE = "No font of this file has some letters that people wrote. They are printed as their Unicode number: {}."
SHOWN = 12  # numbers in the note
# Marks that steer and draw nothing; a typesetter passes them on.
STEERING = frozenset(
    point
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E),
        (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE01FF),
    )
    for point in range(first, last + 1)
)  # fmt: skip
# A mark of byte order has no place inside text, and PDF/UA refuses it: the same without a break.
BYTE_ORDER, JOINER = "\ufeff", "\u2060"


def _segments(table: bytes) -> Iterator[int]:
    """Code points of a character map of format 4."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    read = [struct.unpack_from(f">{count}H", table, 14 + part * 2 * count + (2 if part else 0)) for part in range(4)]
    ends, starts, deltas, offsets = read
    place = 16 + 6 * count
    for index in range(count):
        for point in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = point
            if offsets[index]:
                at = place + 2 * index + offsets[index] + 2 * (point - starts[index])
                glyph = struct.unpack_from(">H", table, at)[0]
                if not glyph:
                    continue
            if (glyph + deltas[index]) & 0xFFFF:
                yield point


def _groups(table: bytes) -> Iterator[int]:
    """Code points of a character map of format 12."""
    (count,) = struct.unpack_from(">I", table, 12)
    for index in range(count):
        start, end, glyph = struct.unpack_from(">III", table, 16 + 12 * index)
        yield from range(start if glyph else start + 1, end + 1)


READERS = {4: _segments, 12: _groups}


def _points_of(font: Path) -> set[int]:
    with font.open("rb") as file:
        (count,) = struct.unpack(">4xH6x", file.read(12))
        tables = {tag: (at, size) for tag, _, at, size in struct.iter_unpack(">4sIII", file.read(16 * count))}
        at, size = tables[b"cmap"]
        file.seek(at)
        table = file.read(size)
    points: set[int] = set()
    for index in range(struct.unpack_from(">H", table, 2)[0]):
        (start,) = struct.unpack_from(">4xI", table, 4 + 8 * index)
        reader = READERS.get(struct.unpack_from(">H", table, start)[0])
        points.update(reader(table[start:]) if reader else ())
    return points


@cache
def letters() -> frozenset[int]:
    """The code points that the fonts have."""
    return frozenset().union(*(_points_of(font) for font in sorted(FOLDER.glob("*.ttf")))) | STEERING


@cache
def plain() -> frozenset[int]:
    """The code points that every font of the running text and of the tables has."""
    fonts = [*FOLDER.glob("SourceSerif4_*.ttf"), *FOLDER.glob("Inter_*.ttf")]
    return frozenset.intersection(*(frozenset(_points_of(font)) for font in fonts))


def with_numbers_for_unknown(values: Any, known_points: frozenset[int]) -> tuple[Any, frozenset[str]]:
    """Nested plain values with every letter that is not `known` written as “[U+20BB7]”, and which those were. ASCII is known."""
    missing: set[str] = set()

    def fit(text: str) -> str:
        unknown = {letter for letter in text if not letter.isascii() and ord(letter) not in known_points}
        missing.update(unknown)
        numbers = {ord(letter): f"[U+{ord(letter):04X}]" for letter in unknown}
        return text.translate(numbers).replace(BYTE_ORDER, JOINER)

    return with_each_text(values, fit), frozenset(missing)


def note(missing: frozenset[str]) -> str:
    """What the document says about letters without a font; nothing where there are none."""
    if not missing:
        return ""
    numbers = [f"U+{ord(letter):04X}" for letter in sorted(missing)]
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    return NOTE.format(", ".join(numbers[:SHOWN]) + more)
