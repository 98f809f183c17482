"""How long a print of a case takes, and how much memory. Run by hand: pytest tests/bench -o addopts= --import-mode=importlib -s."""

import copy
import dataclasses
import statistics
import subprocess
import sys
import time

import pytest

from recruiter.documents import html_printer
from recruiter.documents.docx import docx_printer
from recruiter.documents.from_frozen import from_content
from recruiter.documents.pdf import pdf_printer
from recruiter.documents.xlsx import xlsx_printer
from tests.documents.conftest import CONTENT, DECISIONS, SEAL

LONGEST_MS = {"pdf": 300, "docx": 500, "xlsx": 500, "html": 300}
MOST_MIB = 150
RENDER = {
    "pdf": pdf_printer.render,
    "docx": docx_printer.render,
    "xlsx": xlsx_printer.render,
    "html": html_printer.render,
}
ALONE = """
import sys
from tests.bench.test_document_speed import RENDER, full
document = full()
for _ in range(5):
    RENDER[sys.argv[1]](document)
# The high-water mark of this program alone; ru_maxrss would count the one that started it too.
told = dict(line.split(":", 1) for line in open("/proc/self/status", encoding="utf-8"))
print(int(told["VmHWM"].split()[0]) // 1024)
"""


def full():
    """A case of thirteen sections with 120 claims, in several scripts."""
    content = copy.deepcopy(CONTENT)
    content["candidate"] = "Zoë Łukasz שרה 김민준 山田太郎 \u2764\ufe0f"
    claims = [
        {"statement": f"Claim {number}: the panel saw a clear account of the migration and of what it cost.", "count": number,
         "source": "Scorecards of ENG-12", "by": "Tomasz Zieliński", "at": "2026-11-10"}
        for number in range(20)
    ]  # fmt: skip
    content["sections"] += [
        {
            "name": f"more{number}",
            "title": f"Section {number}",
            "text": "What was seen, by whom, and when. " * 40,
            "evidence": claims,
            "figures": [],
        }
        for number in range(6)
    ]
    return from_content(content, sha256=SEAL, status="approved", decisions=DECISIONS)


def timed(form, document):
    """Processor and wall milliseconds of a print. The first counts every thread, so on an idle machine it is the longer."""
    worked, began = time.process_time(), time.perf_counter()
    data = RENDER[form](document)
    return (time.process_time() - worked) * 1000, (time.perf_counter() - began) * 1000, len(data)


@pytest.mark.parametrize("form", RENDER)
def test_a_warm_print_is_quick(form):
    document = full()
    first, *_ = timed(form, document)
    # Another version each time, so that nothing is answered from memory.
    taken = [timed(form, dataclasses.replace(document, version=turn, requester=f"Nora {turn}")) for turn in range(15)]
    worked, waited = (statistics.median(times[index] for times in taken) for index in (0, 1))
    print(
        f"{form}: first {first:.0f} ms, warm {worked:.0f} ms ({waited:.0f} ms by the wall), {taken[0][2] / 1024:.0f} KiB"
    )
    assert worked <= LONGEST_MS[form]


@pytest.mark.parametrize("form", RENDER)
def test_a_print_takes_little_memory(form):
    completed = subprocess.run([sys.executable, "-c", ALONE, form], capture_output=True, text=True, check=True)
    print(f"{form}: {completed.stdout.strip()} MiB at most, the whole process")
    assert int(completed.stdout) <= MOST_MIB
