"""PostgreSQL from Debian's package: a primary and a copy that follows it, as a test starts and kills them."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg

BINARIES = Path("/usr/lib/postgresql/15/bin")
NEEDED = (BINARIES / "initdb", Path("/usr/sbin/pgbouncer"), Path("/usr/sbin/haproxy"))
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "wal_level": "replica",
    "max_connections": "100",
    "hot_standby_feedback": "on",
    "unix_socket_directories": "",
    "max_standby_streaming_delay": "2s",
}


def are_installed():
    return all(path.exists() for path in NEEDED)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def as_nobody():
    """Servers of databases refuse to run as root: as Debian's user for them, where a test does."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def owned(folder):
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    return folder


class Process:
    """A server that was started, can be killed, and started again."""

    def __init__(self, command, *, log, **more):
        self.command, self.log, self.more = [str(argument) for argument in command], log, more
        self.start()

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True, **self.more)

    def kill(self):
        """Let it and what it has started die without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, sign=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.wait(60)


class Postgres:
    """One server of a database, in a folder of its own."""

    def __init__(self, folder, *, follows=None):
        self.folder, self.port = folder, free_port()
        if follows is None:
            self._run("initdb", "-D", folder, "-U", "recruiter", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8")
        else:
            self._run("pg_basebackup", "-D", folder, "-R", "-X", "stream", "-d", follows.url("postgres", driver=""))
        options = [option for name, value in SETTINGS.items() for option in ("-c", f"{name}={value}")]
        command = [BINARIES / "postgres", "-D", folder, "-p", self.port, *options]
        self.server = Process(command, log=folder.with_suffix(".log"), cwd="/", **as_nobody())
        self.wait()

    def _run(self, name, *arguments):
        command = [str(BINARIES / name), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **as_nobody())

    def url(self, database, *, driver="+psycopg"):
        return f"postgresql{driver}://recruiter@127.0.0.1:{self.port}/{database}"

    def run(self, statement, database="postgres"):
        with psycopg.connect(self.url(database, driver=""), autocommit=True, connect_timeout=3) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else None

    def wait(self):
        for _ in range(300):
            try:
                return self.run("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise AssertionError(self.folder.with_suffix(".log").read_text()[-2000:])

    def restart(self):
        """Stop at once and start again: connections break, what was committed stays."""
        self.server.stop(signal.SIGQUIT)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        self.server.start()
        self.wait()

    def stop(self):
        self.server.stop(signal.SIGINT)


class PgBouncer:
    """Debian's pooler in transaction mode, before one server."""

    def __init__(self, folder, server, database):
        self.port = free_port()
        lines = [
            "[databases]",
            f"{database} = host=127.0.0.1 port={server.port} user=recruiter",
            "[pgbouncer]",
            "listen_addr = 127.0.0.1",
            f"listen_port = {self.port}",
            "auth_type = trust",
            f"auth_file = {folder}/users",
            "pool_mode = transaction",
            "default_pool_size = 6",
            "server_login_retry = 1",
            "max_client_conn = 200",
            "unix_socket_dir =",
            f"logfile = {folder}/pgbouncer.log",
        ]
        (folder / "users").write_text('"recruiter" ""\n')
        path = folder / "pgbouncer.ini"
        path.write_text("\n".join(lines) + "\n")
        path.chmod(0o644)
        self.server = Process(["/usr/sbin/pgbouncer", path], log=folder.with_suffix(".pooler"), **as_nobody())
        self.url = f"postgresql+psycopg://recruiter@127.0.0.1:{self.port}/{database.replace('*', 'postgres')}"
        for _ in range(100):
            try:
                psycopg.connect(self.url.replace("+psycopg", "")).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        self.server.kill()
        raise AssertionError(folder.with_suffix(".pooler").read_text()[-2000:])

    def stop(self):
        """At once: on SIGINT it waits for whoever is connected."""
        self.server.stop()
