"""A company of several servers as its operator runs it: three of them behind HAProxy, two workers, a pooler, a copy to read from."""

import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

from tests.cluster.postgres import Process, as_nobody, free_port

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from recruiter.cli import main; main()"]
PATIENCE = 60  # seconds for an answer; the balancer gives up before


class Company:
    """Its processes, and the address at which everybody finds it."""

    def __init__(self, folder, *, database_url, replica_url):
        self.folder = folder
        self.environment = {
            **os.environ,
            "RECRUITER_DATABASE_URL": database_url,
            "RECRUITER_REPLICA_URL": replica_url,
            "RECRUITER_SECRET_KEY": "several servers sign with one key" * 2,
            "RECRUITER_PROXIES": "1",
        }
        self.processes = {}

    def start(self, name, *arguments):
        """A server or a worker, with an instance folder of its own: nothing but the database is shared."""
        own = self.folder / name
        own.mkdir(exist_ok=True)
        environment = {**self.environment, "RECRUITER_INSTANCE": str(own)}
        log = self.folder / f"{name}.log"
        self.processes[name] = Process([*COMMAND, *arguments], log=log, cwd=ROOT, env=environment)

    def serve(self, *names):
        """Start servers, and a balancer that asks each for its health."""
        ports = {name: free_port() for name in names}
        for name, port in ports.items():
            self.start(name, "serve", "--port", str(port), "--workers", "1")
        self.port = free_port()
        config = self.folder / "haproxy.cfg"
        config.write_text(
            f"""
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  retries 2
  option redispatch
frontend everybody
  bind 127.0.0.1:{self.port}
  option forwardfor
  unique-id-format %[uuid()]
  unique-id-header X-Request-Id
  default_backend servers
backend servers
  balance roundrobin
  option httpchk GET /health
  default-server check inter 500ms fall 2 rise 1
"""
            + "".join(f"  server {name} 127.0.0.1:{port}\n" for name, port in ports.items())
        )
        config.chmod(0o644)
        self.processes["balancer"] = Process(
            ["/usr/sbin/haproxy", "-db", "-f", config], log=self.folder / "balancer.log", **as_nobody()
        )
        for port in ports.values():
            for _ in range(1200):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
        for _ in range(300):
            status, _ = call(f"http://127.0.0.1:{self.port}/health")
            if status == 200:
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / f"{names[0]}.log").read_text()[-2000:])

    def problems(self):
        """The first line of each error that a process wrote into its log, and the kind of error at its end."""
        for path in self.folder.glob("*.log"):
            lines = path.read_text().splitlines()
            yield from (f"{path.stem}: {line}" for line in lines if " ERROR " in line or line.startswith("sqlalchemy"))

    def mails(self):
        """The number of each job whose mail some process has written, as often as it was written."""
        return [path.stem for path in self.folder.glob("*/outbox/*.eml")]

    def stop(self):
        for process in self.processes.values():
            if process.process.poll() is None:
                process.kill()


def call(address, *, token=None, body=None, key=None):
    """The status and the JSON of an answer; status 0 where there is none, since a connection broke."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": key or uuid.uuid4().hex}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data=data, headers=headers)  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            content = answer.read()
            return answer.status, json.loads(content) if token else content
    except urllib.error.HTTPError as error:
        error.read()
        return error.code, None
    except OSError:
        return 0, None
    except Exception as error:  # noqa: BLE001  # an answer that was cut off
        return 0, str(error)
