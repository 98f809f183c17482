"""Which files are taken: each refusal with its sentence, each limit on both sides."""

import contextlib
import io
import struct
import zipfile

import pytest

from recruiter.candidates.records import file_rules as rules
from tests.candidates.test_files import PDF, docx, jpeg, png
from tests.refusals import at, refusal

TAKEN = "PDF, DOCX, TXT, PNG and JPEG files are taken."
DOCX = "This is not a DOCX document that can be taken. Save it as DOCX without macros, then try again."
PDF_BROKEN = "This is not a whole PDF file. Save it as PDF again, then try again."
PNG_BROKEN = "This is not a whole PNG picture. Save it again, then try again."
JPEG_BROKEN = "This is not a whole JPEG picture. Save it again, then try again."
NOT_UTF8 = "This text is not in UTF-8. Save it in UTF-8, then try again."
NOT_PLAIN = "This is not plain text. Save it as plain text, then try again."
WIDE = "This picture has more than 12,000 pixels on a side. Make it smaller, then try again."


def refused(name, content, sentence):
    assert refusal(rules.media_type, name, content) == at("file", sentence)


@pytest.mark.parametrize(
    ("name", "extension"),
    [("cv.pdf", "pdf"), ("CV.JPEG", "jpeg"), ("a.b.Docx", "docx"), ("cv.txt ", "txt"), ("X.pdf", "pdf")],
)
def test_extensions(name, extension):
    assert rules.extension_of(name) == extension


@pytest.mark.parametrize("name", ["", "pdf", ".pdf", " .pdf", "..pdf"])
def test_a_file_has_a_name_with_an_extension(name):
    sentence = f"This file has no name with an extension. {TAKEN}"
    assert refusal(rules.extension_of, name) == at("file", sentence)


def test_other_kinds_are_named_and_cut():
    assert refusal(rules.extension_of, "cv.EXE") == at("file", f"{TAKEN} This one ends in “.exe”.")
    assert refusal(rules.extension_of, "cv." + "x" * 30) == at("file", f"{TAKEN} This one ends in “.{'x' * 20}”.")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", b"%PDF-2.0\n%%EOF", "application/pdf"),
        ("a.pdf", PDF + b" " * 2_000, "application/pdf"),
        ("a.pdf", b"%PDF-2.0\n%%EOF" + b" " * 2_043, "application/pdf"),
        ("a.txt", b"\xef\xbb\xbfa\tb\r\n\f", "text/plain; charset=utf-8"),
        ("a.txt", b"1 < 2 and # 3!", "text/plain; charset=utf-8"),
        ("a.png", png(12_000, 1), "image/png"),
        ("a.png", png()[:24] + b"\x00" * 13 + png()[-8:], "image/png"),  # the shortest
        ("a.png", png() + b" " * 8, "image/png"),
        ("a.jpg", jpeg() + b" " * 4_094, "image/jpeg"),
        ("a.png", png(1, 12_000), "image/png"),
        ("a.jpg", jpeg(12_000, 1), "image/jpeg"),
        ("a.jpg", jpeg(1, 12_000), "image/jpeg"),
        ("a.docx", docx(), rules.DOCX),
        ("a.docx", docx(**{"word/media/a..b.png": b"x"}), rules.DOCX),
    ],
)
def test_taken_to_the_limit(name, content, media_type):
    assert rules.media_type(name, content) == media_type


def test_the_largest_file():
    content = PDF.replace(b"%%EOF\n", b"") + b" " * (rules.LARGEST - len(PDF)) + b"%%EOF\n"
    assert len(content) == 10 * 1024 * 1024
    assert rules.media_type("a.pdf", content) == "application/pdf"
    refused("a.pdf", content + b" ", "This file is larger than 10 MB. Make it smaller, then try again.")
    refused("a.pdf", b"", "This file is empty. Choose another.")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-3.0\n%%EOF", PDF_BROKEN),
        ("a.pdf", b"%PDF-1.7\n", PDF_BROKEN),
        ("a.pdf", b"%PDF-2.0\n%%EOF" + b" " * 2_044, PDF_BROKEN),
        ("a.txt", "Grüße".encode("latin-1"), NOT_UTF8),
        ("a.txt", b"a\x07b", NOT_PLAIN),
        ("a.txt", b"\n <HTML>", NOT_PLAIN),
        ("a.txt", b"#!/bin/sh", NOT_PLAIN),
        ("a.png", png()[:44], PNG_BROKEN),
        ("a.png", b"\x89PNG" + b"\x00" * 60, PNG_BROKEN),
        ("a.png", b"\x88" + png()[1:], PNG_BROKEN),
        ("a.png", png() + b" " * 9, PNG_BROKEN),
        ("a.png", png(12_001, 1), WIDE),
        ("a.png", png(1, 12_001), WIDE),
        ("a.png", png(0, 1), WIDE),
        ("a.png", png(1, 0), WIDE),
        ("a.jpg", jpeg(12_001, 1), WIDE),
        ("a.jpg", jpeg(1, 12_001), WIDE),
        ("a.jpg", jpeg()[:-2], JPEG_BROKEN),
        ("a.jpg", jpeg() + b" " * 4_095, JPEG_BROKEN),
        ("a.jpg", b"\x00" + jpeg(), JPEG_BROKEN),
        ("a.jpg", b"\xff\xd8\xff\xd9", JPEG_BROKEN),
        ("a.docx", b"PK", DOCX),
    ],
)
def test_refused_with_what_to_do(name, content, sentence):
    refused(name, content, sentence)


def segment(marker, content=b"\x00\x00"):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def frame(marker=0xC0, width=3, height=4):
    return segment(marker, b"\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x00" * 9)


@pytest.mark.parametrize("marker", sorted({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}))
def test_every_frame_of_a_jpeg_has_its_size(marker):
    assert rules._jpeg_size(b"\xff\xd8" + frame(marker) + b"\xff\xd9") == (3, 4)


@pytest.mark.parametrize(
    ("parts", "size"),
    [
        ([segment(0xE0), frame()], (3, 4)),
        ([segment(0xC4), segment(0xC8), segment(0xCC), frame()], (3, 4)),  # tables, no frames
        ([b"\xff", frame()], (3, 4)),  # filling
        ([b"\xff\x01", b"\xff\xd0", b"\xff\xd7", frame()], (3, 4)),  # markers without a length
        ([b"\xff\xe1\x00\x00", frame()], (3, 4)),  # a length of nothing still goes forward
        ([segment(0xE0), b"\x00", frame()], None),  # no marker where one must begin
        ([segment(0xE0)], None),
        ([segment(0xE0, b"\x00" * 300), frame()], (3, 4)),
        ([frame(width=5, height=6), frame()], (5, 6)),
        ([frame(width=40_000, height=50_000)], (40_000, 50_000)),
    ],
)
def test_the_way_to_the_frame(parts, size):
    assert rules._jpeg_size(b"\xff\xd8" + b"".join(parts) + b"\xff\xd9") == size


@pytest.mark.parametrize(("length", "size"), [(9, None), (10, (3, 4))])
def test_a_frame_that_is_cut_off_has_a_size_as_long_as_that_is_in_it(length, size):
    ended_before = segment(0xFE, b"\xff\xd9")
    assert rules._jpeg_size(b"\xff\xd8" + ended_before + frame()[:length]) == size


def packed(*parts, **options):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in parts:
            part = zipfile.ZipInfo("x")
            part.filename = name
            for option, value in options.items():
                setattr(part, option, value)
            archive.writestr(part, content)
    return made.getvalue()


@pytest.mark.parametrize("ending", ["bin", "zip", "docx", "docm", "exe", "js", "vbs", "html", "svg", "EXE"])
def test_nothing_active_is_inside(ending):
    refused("a.docx", packed((f"word/a.{ending}", b"x")), DOCX)
    assert rules.media_type("a.docx", packed((f"word/a.{ending}.png", b"x"))) == rules.DOCX


@pytest.mark.parametrize("name", ["/etc/a", "word\\a", "../a", "word/../a", "word/.."])
def test_nothing_lies_outside(name):
    refused("a.docx", packed((name, b"x")), DOCX)


def test_links_and_locked_parts_are_refused():
    refused("a.docx", packed(("word/a", b"x"), external_attr=0o120777 << 16), DOCX)
    assert rules.media_type("a.docx", packed(("word/a", b"x"), external_attr=0o100777 << 16)) == rules.DOCX
    part = zipfile.ZipInfo("word/a")
    part.flag_bits = 1
    assert rules._is_unsafe(part)
    part.flag_bits = 2
    assert not rules._is_unsafe(part)
    part.filename = "word/a\x00.xml"
    assert rules._is_unsafe(part)


class Pieces:
    """An archive whose parts come in these pieces, whatever their headers say."""

    def __init__(self, *pieces):
        self.pieces = list(pieces)

    def open(self, part):
        return contextlib.nullcontext(self)

    def read(self, size):
        assert size == 64 * 1024
        return self.pieces.pop(0) if self.pieces else b""


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        ([], 10),
        ([b"1234", b"56"], 4),
        ([b"1234", b"567890"], 0),
        ([b"1234", b"5678901"], -1),
        ([b"<!E", b"NTITY"], -1),
        ([b"ENTITY", b"<!"], 2),
    ],
)
def test_a_part_is_read_in_pieces_and_takes_its_bytes_from_the_allowance(pieces, left):
    assert rules._read_xml(Pieces(*pieces), None, 10) == left


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "word/document.xml"])
def test_both_parts_that_make_a_document_are_there(missing):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in {"[Content_Types].xml", "word/document.xml"} - {missing}:
            archive.writestr(name, "<x/>")
    refused("a.docx", made.getvalue(), DOCX)


@pytest.mark.parametrize("name", ["word/a.xml", "word/a.XML", "word/_rels/a.rels"])
@pytest.mark.parametrize("text", [b"<!DOCTYPE x>", b"<!ENTITY x>", b"<\x00!\x00D\x00O\x00C\x00T\x00Y\x00P\x00E\x00"])
@pytest.mark.parametrize("before", [0, rules.PIECE - 5])
def test_no_part_declares_anything(name, text, before):
    refused("a.docx", packed((name, b" " * before + text)), DOCX)
    assert rules.media_type("a.docx", packed(("word/a.png", text))) == rules.DOCX


def test_two_thousand_parts_and_no_more():
    assert rules.media_type("a.docx", packed(*((f"word/{n}.png", b"") for n in range(1_998)))) == rules.DOCX
    refused("a.docx", packed(*((f"word/{n}.png", b"") for n in range(1_999))), DOCX)


def test_what_it_unpacks_to_has_an_end():
    def document(size):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "")
            archive.writestr("word/document.xml", b" " * size)
        return made.getvalue()

    assert rules.media_type("a.docx", document(50 * 1024 * 1024)) == rules.DOCX
    refused("a.docx", document(50 * 1024 * 1024 + 1), DOCX)


def test_a_person_has_fifty_files_of_a_hundred_megabytes():
    megabyte = 1024 * 1024
    rules.check_quota(files=49, size=99 * megabyte, added_bytes=megabyte)
    many = "This person has 50 files already. Remove one first."
    large = "The files of this person take more than 100 MB together. Remove one first."
    assert refusal(rules.check_quota, files=50, size=0, added_bytes=1) == at("file", many)
    assert refusal(rules.check_quota, files=0, size=100 * megabyte, added_bytes=1) == at("file", large)


def test_names_are_shown_without_folders_and_cut_before_the_extension():
    assert rules.display_name("a/b\\ c\td\ne.pdf ") == "c d e.pdf"
    assert rules.display_name("x" * 196 + ".pdf") == "x" * 196 + ".pdf"
    assert rules.display_name("x" * 197 + ".pdf") == "x" * 196 + ".pdf"
    assert rules.display_name("x" * 300) == "x" * 300
    assert rules.display_name("a." + "x" * 197 + ".pdf") == "a." + "x" * 194 + ".pdf"
    assert rules.display_name("\u200ea\u2066b\u202e.pdf") == "ab.pdf"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("cv.pdf", "attachment; filename=\"cv.pdf\"; filename*=UTF-8''cv.pdf"),
        ("Grüße 1.pdf", "attachment; filename=\"Grue 1.pdf\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%201.pdf"),
        ("简.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E7%AE%80.pdf"),
        ('a"b;c.p-f', "attachment; filename=\"a_b_c.pf\"; filename*=UTF-8''a%22b%3Bc.p-f"),
        ("a.简", "attachment; filename=\"a.bin\"; filename*=UTF-8''a.%E7%AE%80"),
        (" ._.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%20._.pdf"),
        ("a.b.pdf", "attachment; filename=\"a.b.pdf\"; filename*=UTF-8''a.b.pdf"),
        ("_XLX_.PDF", "attachment; filename=\"XLX.PDF\"; filename*=UTF-8''_XLX_.PDF"),
        ("a(b)+c~!.txt", "attachment; filename=\"a(b)+c.txt\"; filename*=UTF-8''a%28b%29+c~!.txt"),
    ],
)
def test_the_header_of_a_download(name, header):
    assert rules.disposition(name) == header
