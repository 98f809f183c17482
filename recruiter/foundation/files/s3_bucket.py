"""A bucket of a store that speaks the protocol of S3: Amazon's, or another's at an address of its own.

`boto3` comes with the extra `s3`. It finds access key and region where AWS's own tools do: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION, a profile, or the role of the machine.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

NOT_THERE = {"404", "NoSuchKey", "NotFound"}
PATIENCE = 10  # seconds to connect, and to wait for each answer
AWAY = "The store of files does not answer as it should ({kind})"


class S3Bucket:
    """Objects under a prefix of one bucket. Each method raises OSError where the store does not answer or refuses."""

    def __init__(self, url: str, *, endpoint: str = "") -> None:
        """`url` is s3://bucket or s3://bucket/prefix."""
        parts = urlsplit(url)
        self.name, prefix = parts.netloc, parts.path.strip("/")
        self.prefix = f"{prefix}/" if prefix else ""
        self.endpoint = endpoint

    @property
    def _client(self) -> Any:
        return _client(self.endpoint)

    def put(self, name: str, content: bytes) -> None:
        """Store an object; it is there whole or not at all."""
        with _told_as_os_error():
            self._client.put_object(Bucket=self.name, Key=self.prefix + name, Body=content)

    def get(self, name: str) -> bytes | None:
        """The bytes of an object, None where there is none."""
        with _told_as_os_error(), _none_there():
            answer = self._client.get_object(Bucket=self.name, Key=self.prefix + name)
            content: bytes = answer["Body"].read()
            return content
        return None

    def has(self, name: str) -> bool:
        """Whether there is an object of a name."""
        with _told_as_os_error(), _none_there():
            self._client.head_object(Bucket=self.name, Key=self.prefix + name)
            return True
        return False

    def remove(self, name: str) -> None:
        """Take an object away, and where the bucket keeps versions every one of them: what was erased is nowhere."""
        key = self.prefix + name
        with _told_as_os_error():
            answer = self._client.delete_object(Bucket=self.name, Key=key)
            if not (answer.get("DeleteMarker") or answer.get("VersionId")):
                return
            for page in self._client.get_paginator("list_object_versions").paginate(Bucket=self.name, Prefix=key):
                for version in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                    if version["Key"] == key:
                        self._client.delete_object(Bucket=self.name, Key=key, VersionId=version["VersionId"])

    def names(self, folder: str) -> Iterator[tuple[str, dt.datetime]]:
        """The names of the objects of a folder in their order, and when each was stored; of a page of 1,000 at a time."""
        start = f"{self.prefix}{folder}/"
        with _told_as_os_error():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=start):
                for entry in page.get("Contents", []):
                    yield entry["Key"].removeprefix(start), entry["LastModified"]


@functools.cache
def _client(endpoint: str) -> Any:
    """One client for all threads of this process, as boto3 has it."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise OSError("Files in S3 need the extra s3: pip install 'recruiter[s3]'") from error
    config = Config(
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        retries={"mode": "standard", "max_attempts": 3},
        request_checksum_calculation="when_required",  # stores other than Amazon's refuse what they do not know
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if endpoint else "auto"},
    )
    return boto3.session.Session().client("s3", endpoint_url=endpoint or None, config=config)


@contextlib.contextmanager
def _told_as_os_error() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        kind = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        raise OSError(AWAY.format(kind=kind)) from error


@contextlib.contextmanager
def _none_there() -> Iterator[None]:
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in NOT_THERE:
            raise
