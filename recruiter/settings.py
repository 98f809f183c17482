"""Settings, read once from the environment and then fixed."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from recruiter.foundation.calendar import WorkingDays, check_country, day_from
from recruiter.foundation.endings.ledger import Ledger
from recruiter.foundation.endings.line_store import BucketLines, FolderLines
from recruiter.foundation.files.file_store import FileStore
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.foundation.files.s3_bucket import S3Bucket
from recruiter.foundation.files.s3_store import S3Store
from recruiter.foundation.templates import CHECKOUT, IN_CHECKOUT

MARKET_IN_CASES = ("shown", "amounts_hidden", "excluded")
MOST_ON_COST = 200
MOST_PROXIES = 5
MOST_PORTS = 65535
PSYCOPG = "postgresql+psycopg://"
ROLES = ("admin", "recruiter", "hiring_manager", "interviewer", "approver")
PROXIES, METRICS_PORT = "RECRUITER_PROXIES", "RECRUITER_METRICS_PORT"
ADDRESS, USUAL_ADDRESS = "RECRUITER_BASE_URL", "http://127.0.0.1:8000"
EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104  # names of it, nothing listens here


@dataclass(frozen=True)
class Settings:
    """How this installation runs. `recruiter doctor` lists each with the name of its environment variable."""

    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    timezone: str = "UTC"
    holidays: frozenset[dt.date] = frozenset()
    holidays_country: str = ""
    holidays_region: str = ""
    organisation: str = "Your company"
    smtp_url: str = field(default="", repr=False)
    mail_sender: str = "recruiter@localhost"
    base_url: str = USUAL_ADDRESS
    https: bool = False
    trusted_hosts: tuple[str, ...] = ()
    argon2_memory_kib: int = 19456
    model_in_cases: bool = True
    market_in_cases: str = "shown"
    employer_on_cost: int | None = None
    second_factor_roles: frozenset[str] = frozenset()
    proxies: int = 0
    smtp_without_tls: bool = False
    metrics_port: int = 0
    replica_url: str = field(default="", repr=False)
    files_url: str = ""
    files_endpoint: str = ""
    testing: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this company's dates are read."""
        return ZoneInfo(self.timezone)

    @property
    def files(self) -> FileStore:
        """Where the bytes of uploaded files lie: in a bucket where one is named, else in the instance folder."""
        return S3Store(self._bucket) if self.files_url else FolderStore(self.instance / "files")

    @property
    def _bucket(self) -> S3Bucket:
        return S3Bucket(self.files_url, endpoint=self.files_endpoint)

    @property
    def outbox(self) -> Path:
        """Where mails are written that no server takes."""
        return self.instance / "outbox"

    @property
    def ledger(self) -> Ledger:
        """Where it is written what has ended for good: beside the files, so that all servers write one."""
        return Ledger(BucketLines(self._bucket) if self.files_url else FolderLines(self.instance))

    @property
    def calendar(self) -> WorkingDays:
        """The working days of this company: without weekends, the holidays of its country and those it names itself."""
        return WorkingDays(self.holidays, self.holidays_country, self.holidays_region)


def served_at(host: str, port: int, environ: MutableMapping[str, str] | None = None) -> str:
    """The address that links begin with: RECRUITER_BASE_URL where it is set, else that of the server which starts now.

    Kept in the environment, so that its workers know it too. A server that listens everywhere is reached at 127.0.0.1.
    """
    env = os.environ if environ is None else environ
    name = "127.0.0.1" if host in EVERYWHERE else host
    if not env.get(ADDRESS):
        env[ADDRESS] = f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
    return env[ADDRESS]


def _secret(folder: Path) -> str:
    path = folder / "secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_hex(32))
    return path.read_text().strip()


def _one_of(value: str, known: tuple[str, ...]) -> str:
    chosen = value.strip().lower()
    if chosen not in known:
        raise ValueError(f"RECRUITER_MARKET_IN_CASES is one of {', '.join(known)}, not {value!r}.")
    return chosen


def _percent(value: str) -> int | None:
    if not value.strip():
        return None
    if not (value.isascii() and value.isdigit() and int(value) <= MOST_ON_COST):
        raise ValueError(
            f"RECRUITER_EMPLOYER_ON_COST is a whole number of percent up to {MOST_ON_COST}, not {value!r}."
        )
    return int(value)


def _roles(value: str) -> frozenset[str]:
    chosen = frozenset(word.strip().lower() for word in value.split(",") if word.strip())
    if not chosen <= set(ROLES):
        raise ValueError(f"RECRUITER_SECOND_FACTOR_ROLES names some of {', '.join(ROLES)}, with commas, not {value!r}.")
    return chosen


def _count(value: str, *, most: int, name: str, what: str) -> int:
    """A whole number from nought on. Raises ValueError, which names the setting and what it is."""
    if not value.strip():
        return 0
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise ValueError(f"{name} is {what}, 0 to {most}, not {value!r}.")
    return int(value)


def _database(url: str) -> str:
    """The address of a database with the driver that is used here."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return PSYCOPG + url.removeprefix(short)
    return url


def _bucket_address(value: str) -> str:
    address = value.strip().rstrip("/")
    if address and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{2,62}(/[\w./-]+)?", address, re.ASCII):
        raise ValueError(f"RECRUITER_FILES_URL is s3://BUCKET or s3://BUCKET/FOLDER, not {value!r}.")
    return address


def _dates(text: str) -> frozenset[dt.date]:
    """Dates with commas, like “2026-12-25,2026-12-26”. Raises ValueError."""
    return frozenset(day_from(date.strip()) for date in text.split(",") if date.strip())


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; with none set: SQLite in the instance folder, mail into its outbox, a secret key made there once."""
    env = os.environ if environ is None else environ
    instance = Path(env.get("RECRUITER_INSTANCE") or (CHECKOUT if IN_CHECKOUT else Path.cwd()) / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    url = _database(env.get("RECRUITER_DATABASE_URL") or f"sqlite:///{instance / 'recruiter.db'}")
    replica_url = _database(env.get("RECRUITER_REPLICA_URL", ""))
    if replica_url and not (url.startswith(PSYCOPG) and replica_url.startswith(PSYCOPG)):
        raise ValueError(
            "RECRUITER_REPLICA_URL is a copy of PostgreSQL: set it beside a RECRUITER_DATABASE_URL of PostgreSQL."
        )
    base_url = (env.get(ADDRESS) or USUAL_ADDRESS).rstrip("/")
    hosts = tuple(host for host in env.get("RECRUITER_TRUSTED_HOSTS", "").split(",") if host)
    country, region = (env.get(f"RECRUITER_HOLIDAYS_{part}", "").strip().upper() for part in ("COUNTRY", "REGION"))
    if country or region:
        check_country(country, region)
    return Settings(
        instance=instance,
        database_url=url,
        replica_url=replica_url,
        secret_key=env.get("RECRUITER_SECRET_KEY") or _secret(instance),
        timezone=env.get("RECRUITER_TIMEZONE", "UTC"),
        holidays=_dates(env.get("RECRUITER_HOLIDAYS", "")),
        holidays_country=country,
        holidays_region=region,
        organisation=env.get("RECRUITER_ORGANISATION", "Your company"),
        smtp_url=env.get("RECRUITER_SMTP_URL", ""),
        mail_sender=env.get("RECRUITER_MAIL_SENDER", "recruiter@localhost"),
        base_url=base_url,
        https=base_url.startswith("https://"),
        trusted_hosts=hosts,
        market_in_cases=_one_of(env.get("RECRUITER_MARKET_IN_CASES", "shown"), MARKET_IN_CASES),
        employer_on_cost=_percent(env.get("RECRUITER_EMPLOYER_ON_COST", "")),
        second_factor_roles=_roles(env.get("RECRUITER_SECOND_FACTOR_ROLES", "")),
        files_url=_bucket_address(env.get("RECRUITER_FILES_URL", "")),
        files_endpoint=env.get("RECRUITER_FILES_ENDPOINT", "").strip(),
        proxies=_count(
            env.get(PROXIES, ""), most=MOST_PROXIES, name=PROXIES, what="how many proxies stand before the server"
        ),
        metrics_port=_count(
            env.get(METRICS_PORT, ""), most=MOST_PORTS, name=METRICS_PORT, what="the port of this machine for metrics"
        ),
        smtp_without_tls=env.get("RECRUITER_SMTP_WITHOUT_TLS", "").strip().lower() in {"yes", "1", "true"},
        model_in_cases=env.get("RECRUITER_MODEL_IN_CASES", "yes").lower() not in {"no", "0", "false"},
    )
