"""Which files are taken, under which name they go out, and what becomes of their bytes."""

import datetime as dt
import io
import struct
import zipfile

import pytest

from recruiter.candidates.models import FileKind
from recruiter.candidates.records import file_rules, file_services
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.foundation.files.s3_bucket import S3Bucket
from recruiter.foundation.files.s3_store import S3Store
from recruiter.keepwarm.undo import undo_services
from tests import factories
from tests.acts import act_by

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
TYPES = '<?xml version="1.0"?><Types/>'


def png(width=10, height=10):
    return (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00" + b"\x00" * 8
        + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    )  # fmt: skip


def jpeg(width=10, height=10):
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
         b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x00" * 9 + b"\xff\xd9"
    )  # fmt: skip


def docx(document="<w:document/>", **more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("word/document.xml", document)
        for name, content in more.items():
            packed.writestr(name, content)
    return made.getvalue()


def symlinked():
    made = io.BytesIO(docx())
    with zipfile.ZipFile(made, "a") as packed:
        link = zipfile.ZipInfo("word/media/link.png")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/hostname")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("cv.pdf", PDF, "application/pdf"),
        ("CV.PDF", PDF, "application/pdf"),
        ("简历.docx", docx(), file_rules.DOCX),
        ("letter.txt", "Grüße, שלום\n".encode(), "text/plain; charset=utf-8"),
        ("scan.png", png(), "image/png"),
        ("scan.jpeg", jpeg(), "image/jpeg"),
        ("two.dots.pdf", PDF, "application/pdf"),
    ],
)
def test_what_is_taken(name, content, media_type):
    assert file_rules.media_type(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((f"cv.{bad}", PDF) for bad in ("svg", "html", "xml", "js", "php", "exe", "docm", "zip", "gif", "doc", "pdf.exe")),
        ("cv.pdf", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("cv.pdf", b"GIF89a<?php system($_GET['c']); ?>"),
        ("cv.pdf", b"MZ\x90\x00"),
        ("cv.pdf", b"%PDF-1.7\nbroken off"),
        ("cv.pdf", b"<html>" + PDF),
        ("cv.txt", b"<script>alert(1)</script>"),
        ("cv.txt", b"  \n<!DOCTYPE html><p>x"),
        ("cv.txt", b"#!/bin/sh\nrm -rf /"),
        ("cv.txt", b"text with \x00 in it"),
        ("cv.txt", "Grüße".encode("latin-1")),
        ("cv.png", PDF),
        ("cv.png", png(30_000, 30_000)),
        ("cv.jpg", jpeg(30_000, 30_000)),
        ("cv.jpg", b"\xff\xd8\xff" + b"\xff" * 5000 + b"\xff\xd9"),
        ("cv.docx", PDF),
        ("cv.docx", b"PK\x03\x04broken"),
        ("cv.docx", docx(**{"word/vbaProject.bin": b"macro"})),
        ("cv.docx", docx(**{"../outside.xml": "x"})),
        ("cv.docx", docx(**{"word/inner.zip": b"PK"})),
        ("cv.docx", docx('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w:document>&y;</w:document>')),
        ("cv.docx", docx("a" * (file_rules.PIECE - 4) + "<!DOCTYPE x>")),
        ("cv.docx", docx(" " * (51 * 1024 * 1024))),
        ("cv.docx", symlinked()),
        ("cv.docx", docx(**{f"word/p{place}.xml": "x" for place in range(2_001)})),
        ("cv.pdf", b""),
        ("cv.pdf", PDF + b" " * file_rules.LARGEST + b"%%EOF"),
        ("noextension", PDF),
        (".pdf", PDF),
        ("", PDF),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_at_the_file(name, content):
    with pytest.raises(RuleBroken) as refusal:
        file_rules.media_type(file_rules.display_name(name), content)
    assert list(refusal.value.errors) == ["file"]
    assert refusal.value.message.endswith(".") or "“" in refusal.value.message


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    import time

    bomb = docx(**{f"word/b{place}.xml": " " * (20 * 1024 * 1024) for place in range(5)})
    assert len(bomb) < 200_000
    start = time.process_time()
    with pytest.raises(RuleBroken):
        file_rules.media_type("cv.docx", bomb)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("简历.pdf", "简历.pdf"),
        ("سيرة ذاتية.docx", "سيرة ذاتية.docx"),
        ("..", ".."),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("CON.pdf", "CON.pdf"),
        ("a/NUL.txt", "NUL.txt"),
        ("bad\x00name\r\n.pdf", "badname .pdf"),
        ("evil\u202efdp.exe.pdf", "evilfdp.exe.pdf"),
        ("🎻.pdf", "🎻.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_the_name_that_is_shown(given, expected):
    assert file_rules.display_name(given) == expected


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("cv.pdf", "attachment; filename=\"cv.pdf\"; filename*=UTF-8''cv.pdf"),
        ('a"b;c.pdf', "attachment; filename=\"a_b_c.pdf\"; filename*=UTF-8''a%22b%3Bc.pdf"),
        ("简历.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E7%AE%80%E5%8E%86.pdf"),
        ("Zoë.pdf", "attachment; filename=\"Zoe.pdf\"; filename*=UTF-8''Zo%C3%AB.pdf"),
    ],
)
def test_the_name_under_which_it_goes_out(name, header):
    assert file_rules.disposition(name) == header


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    """Both stores of files keep the same promises."""
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    return S3Store(request.getfixturevalue("bucket"))


@pytest.fixture
def folder(tmp_path):
    return FolderStore(tmp_path / "files")


@pytest.fixture
def person(session, people, now):
    return factories.candidate(session, people, now, "Ada Ferreira")


def keep(session, store, person, people, now, name="cv.pdf", content=PDF):
    upload = file_services.Upload(name, content, FileKind.RESUME, for_panel=True)
    return file_services.add(session, store=store, subject=person, upload=upload, act=act_by(people.ruth, now=now))


def test_bytes_lie_under_a_key_that_tells_nothing_and_are_for_this_installation_alone(
    session, folder, person, people, now
):
    made = keep(session, folder, person, people, now, "../../very secret.pdf")
    paths = [path for path in folder.folder.rglob("*") if path.is_file()]
    assert [path.name for path in paths] == [made.storage_key]
    assert "secret" not in str(paths[0].relative_to(folder.folder))
    assert paths[0].stat().st_mode & 0o777 == 0o600


def test_only_a_key_names_a_file(session, store, person, people, now):
    made = keep(session, store, person, people, now, "../../very secret.pdf")
    assert list(store.all_keys()) == [made.storage_key]
    assert store.get(made.storage_key) == PDF
    assert store.has(made.storage_key)
    assert not store.has("0" * 32)
    for bad in ("../x", "", "a" * 31, "A" * 32, "a" * 32 + "\n"):
        with pytest.raises(ValueError, match="no key"):
            store.get(bad)


def test_the_same_file_twice_is_two_and_removing_one_keeps_the_other(session, store, person, people, now):
    attachment = keep(session, store, person, people, now)
    other = keep(session, store, factories.candidate(session, people, now), people, now)
    assert attachment.sha256 == other.sha256
    assert attachment.storage_key != other.storage_key
    file_services.remove(session, file=attachment, act=act_by(people.ruth, now=now))
    with pytest.raises(Conflict):
        file_services.remove(session, file=attachment, act=act_by(people.ruth, now=now))
    two_days = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    assert file_services.sweep(session, store=store, held_people={person.id}, now=two_days) == 0
    assert store.get(attachment.storage_key) == PDF
    assert file_services.sweep(session, store=store, held_people=(), now=two_days) == 1
    assert store.get(attachment.storage_key) is None
    assert store.get(other.storage_key) == PDF


def test_a_removed_file_comes_back_while_its_bytes_are_there(session, store, person, people, now):
    attachment = keep(session, store, person, people, now)
    secret = file_services.remove(session, file=attachment, act=act_by(people.ruth, now=now))
    assert file_services.sweep(session, store=store, held_people=(), now=now + dt.timedelta(minutes=30)) == 0
    assert undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now)).candidate.id == person.id
    assert attachment.removed_at is None


def test_what_a_broken_upload_left_is_swept(session, folder, person, people, now):
    folder.put(b"nobody speaks for this")
    half = folder.folder / "ab" / ("ab" + "0" * 30 + ".part")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    assert file_services.sweep(session, store=folder, held_people=(), now=later) == 1
    assert [path for path in folder.folder.rglob("*") if path.is_file()] == []


def test_nothing_of_a_removed_file_is_left_in_a_bucket_that_keeps_versions(bucket):
    store = S3Store(bucket)
    key = store.put(b"first")
    store.write(key, b"second")
    store.remove(key)
    store.remove(key)  # no error
    assert store.get(key) is None
    left = bucket._client.list_object_versions(Bucket=bucket.name)
    assert (left.get("Versions", []), left.get("DeleteMarkers", [])) == ([], [])


def test_a_store_that_refuses_is_an_error_of_the_system_which_names_no_file(bucket):
    store = S3Store(S3Bucket("s3://there-is-no-such-bucket", endpoint=bucket.endpoint))
    for use in (lambda: store.put(b"PDF"), lambda: store.get("0" * 32), lambda: list(store.all_keys())):
        with pytest.raises(OSError, match=r"NoSuchBucket"):
            use()


def test_a_person_has_so_many_files_and_no_more(session, store, person, people, now, monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_FILES", 2)
    for _ in range(2):
        keep(session, store, person, people, now)
    with pytest.raises(RuleBroken, match="2 files already"):
        keep(session, store, person, people, now)
    monkeypatch.setattr(file_rules, "MOST_FILES", 50)
    monkeypatch.setattr(file_rules, "MOST_BYTES", 3 * len(PDF) - 1)
    with pytest.raises(RuleBroken, match="100 MB"):
        keep(session, store, person, people, now)
    assert len(list(store.all_keys())) == 2


def test_a_damaged_document_is_refused_or_read_and_never_a_fault_of_the_program():
    whole, refused = docx("<w:document>" + "".join(f"<w:p>{n * n}</w:p>" for n in range(300)) + "</w:document>"), 0
    for place in range(len(whole)):
        damaged = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        try:
            file_rules.media_type("cv.docx", damaged)
        except RuleBroken:
            refused += 1
    assert refused > len(whole) / 2
