"""What the pages cost in processor time, as multiples of a bare page of the same run.

Run by hand: python -m tests.bench.page_costs INSTANCE [--requests 60] [--json FILE] [--compare FILE]. INSTANCE is a folder that
`tests.bench.company` filled; it is copied. Each page is asked for over HTTP from one process; what is counted is the processor
time of that process, the median of five parts. Where the bare page takes over 2 ms the machine is busy, and no multiple is told.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from recruiter.accounts.password_services import hasher
from recruiter.foundation import tokens

PASSWORD = "five green bottles standing"  # of a made-up account in a copy
EMAIL = "recruiter0@example.com"
TOKEN = "benchmark"  # likewise
PORT = 8497
BUSY = 2.0  # milliseconds of the bare page from which on the machine is too busy to tell
PARTS = 5
TICK = os.sysconf("SC_CLK_TCK")
LIMITS = {  # multiples of the bare page
    "application": 6, "candidate": 6, "board of 100": 8, "board of 1,000": 12, "candidates": 5, "search by name": 5,
    "search by word": 5, "nothing found": 5, "today": 8, "keep warm": 8, "finalists of 5": 10, "finalists of 40": 15,
    "requisitions": 7, "debrief": 7, "offers": 7, "scorecard": 7, "reports": 10, "API candidates": 5, "API applications": 5,
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time and of the clock, and the size of the page in kB."""

    processor: float
    clock: float
    size: float


def addresses(database: Path) -> dict[str, str]:
    """One address for each kind of page, of what stands in the database."""
    with sqlite3.connect(database) as rows:

        def first_row(query: str) -> list[str]:
            return rows.execute(query).fetchone()

        board = "SELECT r.key FROM requisition r JOIN application a ON a.requisition_id = r.id WHERE r.status = 'open' "
        of_size = board + "GROUP BY r.id HAVING count(*) BETWEEN {} AND {} ORDER BY r.confidential, r.id LIMIT 1"
        slate = (
            "SELECT r.key FROM requisition r JOIN finalist f ON f.requisition_id = r.id WHERE r.status = 'open' "
            "GROUP BY r.id HAVING count(*) = {} ORDER BY r.confidential, r.id LIMIT 1"
        )
        (hundred,), (thousand,) = first_row(of_size.format(90, 110)), first_row(of_size.format(900, 1100))
        (five,), (forty,) = first_row(slate.format(5)), first_row(slate.format(40))
        application, candidate = first_row(
            "SELECT a.id, a.candidate_id FROM finalist f JOIN application a ON a.id = f.application_id "
            "JOIN requisition r ON r.id = a.requisition_id WHERE r.status = 'open' AND NOT r.confidential LIMIT 1"
        )
        (name,) = first_row("SELECT name FROM candidate ORDER BY id LIMIT 1 OFFSET 200")
        return {
            "bare": "/bare",
            "application": f"/applications/{application}",
            "candidate": f"/candidates/{candidate}",
            "board of 100": f"/requisitions/{hundred}",
            "board of 1,000": f"/requisitions/{thousand}",
            "candidates": "/candidates",
            "search by name": f"/candidates?{urlencode({'q': name.split()[0]})}",
            "search by word": "/candidates?q=nursing",
            "nothing found": "/candidates?q=zzqxwvk",
            "typo": f"/candidates?{urlencode({'q': name[:3] + name[4:]})}",
            "today": "/",
            "keep warm": "/keep-warm",
            "finalists of 5": f"/requisitions/{five}/finalists",
            "finalists of 40": f"/requisitions/{forty}/finalists",
            "requisitions": "/requisitions",
            "debrief": f"/requisitions/{five}/debrief",
            "offers": f"/requisitions/{five}/offers",
            "duplicates": "/candidates/duplicates",
            "reports": "/reports",
            "API candidates": "/api/v1/candidates?limit=50",
            "API applications": "/api/v1/applications?limit=50",
        }


class Visitor:
    """Somebody who is signed in, over one connection."""

    def __init__(self) -> None:
        """Sign in."""
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        self._cookies: dict[str, str] = {}
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/sign-in")[1].decode())
        assert token
        form = urlencode({"csrf_token": token[1], "email": EMAIL, "password": PASSWORD})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{PORT}/sign-in"}
        status, _ = self._ask("POST", "/sign-in", form, headers)
        assert status in {302, 303}, status

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, {"Cookie": cookie, **(headers or {})})
        answer = self._connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return answer.status, content

    def get(self, path: str) -> tuple[int, bytes]:
        """A page: its status and what it holds."""
        headers = {"Authorization": f"Bearer {TOKEN}"} if path.startswith("/api/") else None
        return self._ask("GET", path, headers=headers)


def processor_seconds(pid: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cost_of(visitor: Visitor, pid: int, path: str, requests: int) -> Cost:
    """The median of five parts, after a few requests that do not count."""
    for _ in range(3):
        status, content = visitor.get(path)
        if status != HTTPStatus.OK:
            raise SystemExit(f"{path} answers {status}")
    processor, clock = [], []
    each = max(requests // PARTS, 2)
    for _ in range(PARTS):
        began, used = time.perf_counter(), processor_seconds(pid)
        for _ in range(each):
            visitor.get(path)
        processor.append((processor_seconds(pid) - used) / each * 1000)
        clock.append((time.perf_counter() - began) / each * 1000)
    return Cost(statistics.median(processor), statistics.median(clock), len(content) / 1000)


def measured(instance: Path, requests: int, only: str) -> dict[str, Cost]:
    """All pages of a copy of an instance, behind a server of one process."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "instance"
        shutil.copytree(instance, copy)
        with sqlite3.connect(copy / "recruiter.db") as database:
            database.execute("UPDATE user SET password_hash = ? WHERE email = ?", (hasher().hash(PASSWORD), EMAIL))
            database.execute(
                "INSERT INTO api_token (user_id, digest, created_at) SELECT id, ?, '2026-01-01' FROM user WHERE email = ?",
                (tokens.digest(TOKEN), EMAIL),
            )
        database.close()
        environment = {**os.environ, "RECRUITER_INSTANCE": str(copy)}
        command = [
            sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{PORT}", "-k", "gthread", "--threads", "2", "-w", "1",
            "--log-level", "error", "tests.bench.bare_page:app",
        ]  # fmt: skip
        subprocess.run(
            [Path(sys.executable).with_name("recruiter"), "db", "upgrade"],
            env=environment,
            check=False,
            capture_output=True,
        )
        server = subprocess.Popen(command, env=environment)
        try:
            for _ in range(200):
                time.sleep(0.1)
                try:
                    http.client.HTTPConnection("127.0.0.1", PORT, timeout=60).request("GET", "/bare")
                    break
                except ConnectionRefusedError:
                    continue
            visitor = Visitor()
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            pages = {
                name: path for name, path in addresses(copy / "recruiter.db").items() if only in name or name == "bare"
            }
            return {
                name: cost_of(visitor, int(children[0]), path, requests * 5 if name == "bare" else requests)
                for name, path in pages.items()
            }
        finally:
            server.terminate()
            server.wait()


def main() -> None:
    """Measure, print, keep and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("instance", type=Path)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--only", default="", help="a part of the names of the pages")
    parser.add_argument("--json", type=Path, help="keep the figures here")
    parser.add_argument("--compare", type=Path, help="figures of another run")
    given = parser.parse_args()
    costs = measured(given.instance, given.requests, given.only)
    before = json.loads(given.compare.read_text()) if given.compare else {}
    bare = costs["bare"].processor
    busy = bare > BUSY
    print(f"{'page':18} {'ms':>9} {'clock':>9} {'kB':>7} {'times':>7} {'most':>5} {'growth':>7}")
    for name, cost in costs.items():
        times = "busy" if busy else f"{cost.processor / bare:.1f}"
        growth = f"{cost.processor / before[name]['processor']:.2f}" if name in before else ""
        most = LIMITS.get(name, "")
        print(f"{name:18} {cost.processor:9.1f} {cost.clock:9.1f} {cost.size:7.0f} {times:>7} {most:>5} {growth:>7}")
    if given.json:
        given.json.write_text(json.dumps({name: vars(cost) for name, cost in costs.items()}, indent=1))


if __name__ == "__main__":
    main()
