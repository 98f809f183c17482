"""Which files are taken: the extension says what a file claims to be, its bytes must be that. Nothing is ever run or shown."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
from urllib.parse import quote

from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files import zip_errors

LARGEST = 10 * 1024 * 1024
MOST_FILES = 50
MOST_BYTES = 100 * 1024 * 1024
LONGEST_NAME = 200
WIDEST = 12_000
MOST_PIXELS = 40_000_000
MOST_PARTS = 2_000
MOST_SEGMENTS = 10_000  # of a picture, before its frame
MOST_UNPACKED = 50 * 1024 * 1024
PIECE = 64 * 1024
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
TAKEN = "PDF, DOCX, TXT, PNG and JPEG files are taken."
OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
MARKUP = re.compile(r"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)|#!", re.IGNORECASE)
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
FILL = re.compile(b"\xff+")
MARKERS_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def _refusal(message: str) -> RuleBroken:
    return RuleBroken.at("file", message)


def display_name(file_name: str) -> str:
    """The name of a file as its owner called it, for showing: no folders, no control or direction characters, at most 200 characters."""
    name = text.one_line(re.split(r"[/\\]", file_name)[-1].translate(OVERRIDES))
    stem, dot, extension = name.rpartition(".")
    return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension


def extension_of(name: str) -> str:
    """The extension of a name, in small letters. Raises RuleBroken where it has none or is not one that is taken."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not text.is_visible(stem.strip(" .")):
        raise _refusal(f"This file has no name with an extension. {TAKEN}")
    lowered = extension.strip().lower()
    if lowered not in TYPES:
        raise _refusal(f"{TAKEN} This one ends in “.{lowered[:20]}”.")
    return lowered


def media_type(name: str, content: bytes) -> str:
    """What a file is, when its bytes are what its name says. Raises RuleBroken at `file` with what to do."""
    extension = extension_of(name)
    if not content:
        raise _refusal("This file is empty. Choose another.")
    if len(content) > LARGEST:
        raise _refusal("This file is larger than 10 MB. Make it smaller, then try again.")
    check = {"pdf": _check_pdf, "docx": _check_docx, "txt": _check_txt, "png": _check_png}.get(extension, _check_jpeg)
    check(content)
    return TYPES[extension]


def check_quota(*, files: int, size: int, added_bytes: int) -> None:
    """A person has at most 50 files of 100 MB together. Raises RuleBroken."""
    if files >= MOST_FILES:
        raise _refusal(f"This person has {MOST_FILES} files already. Remove one first.")
    if size + added_bytes > MOST_BYTES:
        raise _refusal("The files of this person take more than 100 MB together. Remove one first.")


def disposition(name: str) -> str:
    """The Content-Disposition of a download (RFC 6266): never shown in the page, under the name it was given."""
    stem, _, extension = name.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", plain).strip(" ._") or "file"
    plain = f"{plain}.{re.sub(r'[^A-Za-z0-9]', '', extension) or 'bin'}"
    unescaped = "!#$&+^`|"  # what RFC 5987 lets stand beside letters, digits and -._~
    quoted = quote(name, safe=unescaped)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quoted}"


def _check_pdf(content: bytes) -> None:
    if not re.match(rb"%PDF-[12]\.\d", content) or b"%%EOF" not in content[-2048:]:
        raise _refusal("This is not a whole PDF file. Save it as PDF again, then try again.")


def _check_txt(content: bytes) -> None:
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal("This text is not in UTF-8. Save it in UTF-8, then try again.") from None
    if CONTROLS.search(decoded) or MARKUP.match(decoded.lstrip()):
        raise _refusal("This is not plain text. Save it as plain text, then try again.")


def _check_side(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise _refusal(f"This picture has more than {WIDEST:,} pixels on a side. Make it smaller, then try again.")
    if width * height > MOST_PIXELS:
        raise _refusal("This picture has more than 40 megapixels. Make it smaller, then try again.")


def _check_png(content: bytes) -> None:
    if content[:16] != b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" or len(content) < 45 or b"IEND" not in content[-16:]:  # noqa: PLR2004  # the shortest PNG
        raise _refusal("This is not a whole PNG picture. Save it again, then try again.")
    _check_side(*struct.unpack(">II", content[16:24]))


def _check_jpeg(content: bytes) -> None:
    size = _jpeg_size(content)
    if size is None:
        raise _refusal("This is not a whole JPEG picture. Save it again, then try again.")
    _check_side(*size)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame of a JPEG, None where it has none; each step goes forward, so it ends."""
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-4096:]:
        return None
    at, segments = 2, 0
    while segments < MOST_SEGMENTS and at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004  # every marker begins so
        marker = content[at + 1]
        if marker == 0xFF:  # noqa: PLR2004  # fill bytes, of which there may be millions
            at = FILL.match(content, at).end() - 1  # type: ignore[union-attr]  # it begins with one
            continue
        if marker in MARKERS_WITHOUT_LENGTH:
            segments += 1
            at += 2
            continue
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        segments += 1
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4]))
    return None


def _check_docx(content: bytes) -> None:
    """A word document without macros, other archives, outside paths or entities, that does not unpack to more than 50 MB."""
    refusal = _refusal("This is not a DOCX document that can be taken. Save it as DOCX without macros, then try again.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise refusal
            if any(_is_unsafe(part) for part in parts) or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise refusal
            allowance = MOST_UNPACKED
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    allowance = _read_xml(archive, part, allowance)
                    if allowance < 0:
                        raise refusal
    except zip_errors.DAMAGED:
        raise refusal from None


def _is_unsafe(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    link = stat.S_ISLNK(part.external_attr >> 16)
    outside = name.startswith("/") or "\\" in name or ".." in name.split("/") or "\x00" in name
    active = name.lower().endswith((".bin", ".zip", ".docx", ".docm", ".exe", ".js", ".vbs", ".html", ".svg"))
    return link or outside or active or bool(part.flag_bits & 1)


def _read_xml(packed: zipfile.ZipFile, part: zipfile.ZipInfo, allowance: int) -> int:
    """What is left of the allowance after one part; -1 where it holds a document type, which no word document needs."""
    tail = b""
    with packed.open(part) as handle:
        while piece := handle.read(PIECE):
            allowance -= len(piece)
            window = (tail + piece).replace(b"\x00", b"")
            if allowance < 0 or b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                return -1
            tail = piece[-40:]
    return allowance
