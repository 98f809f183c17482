"""Pictures as numbers: an 8-bit PNG without interlacing, decoded by hand, and how far two of them lie apart."""

import struct
import zlib

import numpy as np

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
BLOCK = 8


def decoded(data):
    """A PNG as height by width by channels."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, packed, head = 8, b"", None
    while place < len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + size]
        head = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        place += size + 12
    width, height, depth, colour, _, _, interlaced = head
    assert (depth, interlaced) == (8, 0)
    count = CHANNELS[colour]
    raw = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * count)
    lines = np.zeros((height + 1, width + 1, count), np.int32)  # a line above and a pixel before, both of nothing
    for y in range(height):
        way, line = raw[y, 0], raw[y, 1:].reshape(width, count).astype(np.int32)
        if way in {0, 2}:
            lines[y + 1, 1:] = (line + (lines[y, 1:] if way == 2 else 0)) & 255
            continue
        for x in range(width):
            left, up, corner = lines[y + 1, x], lines[y, x + 1], lines[y, x]
            if way == 1:
                guess = left
            elif way == 3:
                guess = (left + up) // 2
            else:
                far = [np.abs(up - corner), np.abs(left - corner), np.abs(left + up - 2 * corner)]
                guess = np.where((far[0] <= far[1]) & (far[0] <= far[2]), left, np.where(far[1] <= far[2], up, corner))
            lines[y + 1, x + 1] = (line[x] + guess) & 255
    return lines[1:, 1:]


def apart(first, other):
    """The largest mean difference of any block of 8 by 8 pixels, from 0 to 255; 255 where the sizes differ."""
    if first.shape != other.shape:
        return 255.0
    height, width = (size // BLOCK * BLOCK for size in first.shape[:2])
    far = np.abs(first - other).max(axis=2)[:height, :width]
    return float(far.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK).mean(axis=(1, 3)).max())
