"""A backup in a bucket: Amazon S3 and the many services that speak like it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import botocore.session
from botocore import exceptions as aws
from botocore.config import Config
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError

from stillmine.app.network.address import Address, endpoint_of, require_encrypted
from stillmine.app.network.targets.target import (
    PARTS,
    Entry,
    checked,
    checked_prefix,
    is_name,
    naming_stream,
    size_of,
)
from stillmine.errors import (
    AlreadyThere,
    ConnectionLost,
    NotABackupPlace,
    NotEncrypted,
    NotThere,
    SourceUnreadable,
    StillmineError,
    StrangeAnswer,
    TargetAway,
    TargetFull,
    TargetRefused,
    WrongTargetSecret,
)

_PART = 16 << 20
_MOST_PARTS = 10_000
_FULL = frozenset({"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "ServiceQuota"})
_WRONG = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthFailure", "401"})
_NOWHERE = frozenset({"NoSuchBucket", "InvalidBucketName"})


def _meaning(cause: aws.ClientError, name: str) -> StillmineError:
    """Say what an answer of the service means for a backup."""
    code = str(cause.response.get("Error", {}).get("Code", ""))
    status = int(cause.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in _WRONG:
        return WrongTargetSecret(reason=code)
    if code in _NOWHERE:
        return NotABackupPlace(reason="no-such-bucket")
    said = str(cause.response.get("Error", {}).get("Message", ""))
    if code in _FULL or status == 507 or "no space left" in said:
        return TargetFull(reason=code)
    by_status: dict[int, StillmineError] = {
        403: TargetRefused(reason=code),
        404: NotThere(name=name),
        412: AlreadyThere(name=name),
    }
    lost = ConnectionLost(reason=code) if status >= 500 or status == 409 else None
    return by_status.get(status) or lost or StrangeAnswer(reason=code)


@contextmanager
def _named(name: str = "") -> Iterator[None]:
    try:
        yield
    except aws.ClientError as cause:
        raise _meaning(cause, name) from cause
    except aws.SSLError as cause:
        raise NotEncrypted(host="", reason="certificate") from cause
    except (aws.EndpointConnectionError, aws.ConnectTimeoutError) as cause:
        raise TargetAway(reason=type(cause).__name__) from cause
    except (ResponseParserError, aws.ParamValidationError) as cause:
        raise StrangeAnswer(reason=type(cause).__name__) from cause
    except (aws.BotoCoreError, HTTPError) as cause:
        raise ConnectionLost(reason=type(cause).__name__) from cause


class S3Target:
    """Blobs as objects of one bucket, below a prefix."""

    def __init__(self, address: Address, url: str, secret: str | None) -> None:
        """Take `KEYID:SECRET`, and ask whether the bucket is there."""
        key, colon, word = (secret or "").partition(":")
        if not colon:
            raise WrongTargetSecret(reason="form")
        endpoint = endpoint_of(url)
        require_encrypted(endpoint)
        with _named():
            self._client = _client(endpoint, address.option("region") or "us-east-1", key, word)
        self._bucket = {"Bucket": address.host}
        path = address.path.strip("/")
        self._root = f"{path}/" if path else ""
        self._lock = threading.Lock()
        self._condition: dict[str, str] | None = None
        try:
            with _named():
                found = self._client.list_objects_v2(**self._bucket, Prefix=self._root, MaxKeys=1)
            _require_listing(found)
        except StillmineError:
            self._client.close()
            raise

    def names(self, prefix: str = "") -> Iterator[Entry]:
        """List a thousand objects at a time."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            **self._bucket, Prefix=self._root + checked_prefix(prefix)
        )
        with _named():
            for page in pages:
                _require_listing(page)
                for found in page.get("Contents", ()):
                    name = found["Key"].removeprefix(self._root)
                    if is_name(name):
                        yield Entry(name, int(found["Size"]))

    def put_new(self, name: str, source: Path) -> None:
        """Send a file in one piece, or a large one in parts that become visible together."""
        key = self._key(name)
        size = size_of(source)
        condition = self._create_only()
        if not condition or size > _PART:
            self._require_free(name)
        try:
            stream = source.open("rb")
        except OSError as cause:
            raise SourceUnreadable(reason=type(cause).__name__) from cause
        with stream, _named(name):
            if size <= _PART:
                self._client.put_object(**key, **condition, Body=_piece(stream, _PART))
            else:
                self._put_large(key, condition, stream, size)

    def replace(self, name: str, data: bytes) -> None:
        """Put over what is there; the service swaps it in one go."""
        with _named(name):
            self._client.put_object(**self._key(name), Body=data)

    @contextmanager
    def read(self, name: str) -> Iterator[BinaryIO]:
        """Stream an object."""
        with _named(name):
            body = self._client.get_object(**self._key(name))["Body"]
        try:
            yield naming_stream(body.read, lambda: _named(name))
        finally:
            body.close()

    def remove(self, name: str) -> None:
        """Delete an object; the service does not mind if it is gone."""
        with suppress(NotThere), _named(name):
            self._client.delete_object(**self._key(name))

    def free_space(self) -> int | None:
        """Return None: buckets do not say."""
        return None

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _key(self, name: str) -> dict[str, str]:
        return {**self._bucket, "Key": self._root + checked(name)}

    def _require_free(self, name: str) -> None:
        with suppress(NotThere), _named(name):
            self._client.head_object(**self._key(name))
            raise AlreadyThere(name=name)

    def _create_only(self) -> dict[str, str]:
        """Return the condition "only if nothing is there", if this service keeps to it.

        Some services take the header and overwrite all the same, so one object of our own
        is written twice to find out. Without it we look first, which two writers at the
        very same moment could slip through.
        """
        with self._lock:
            if self._condition is None:
                asked = {"IfNoneMatch": "*"}
                self._condition = asked if self._keeps_to(asked) else {}
            return self._condition

    def _keeps_to(self, condition: dict[str, str]) -> bool:
        probe = {**self._bucket, "Key": f"{self._root}{PARTS}/{secrets.token_hex(8)}"}
        with _named():
            self._client.put_object(**probe, Body=b"")
            try:
                self._client.put_object(**probe, **condition, Body=b"")
            except aws.ClientError as cause:
                return isinstance(_meaning(cause, ""), AlreadyThere)
            finally:
                self._client.delete_object(**probe)
        return False

    def _put_large(
        self, key: dict[str, str], condition: dict[str, str], stream: BinaryIO, size: int
    ) -> None:
        self._forget_halves(key)
        upload = {**key, "UploadId": self._client.create_multipart_upload(**key)["UploadId"]}
        length = max(_PART, -(-size // (_MOST_PARTS - 1)))
        parts: list[dict[str, Any]] = []
        try:
            while piece := _piece(stream, length):
                number = {"PartNumber": len(parts) + 1}
                sent = self._client.upload_part(**upload, **number, Body=piece)
                parts.append({**number, "ETag": sent["ETag"]})
            done = {"MultipartUpload": {"Parts": parts}}
            self._client.complete_multipart_upload(**upload, **done, **condition)
        except BaseException:
            with suppress(aws.BotoCoreError, aws.ClientError):
                self._client.abort_multipart_upload(**upload)
            raise

    def _forget_halves(self, key: dict[str, str]) -> None:
        """Give up what an interrupted try left behind, so that nobody pays for it."""
        wanted = {"Bucket": key["Bucket"], "Prefix": key["Key"]}
        with suppress(aws.ClientError):
            found = self._client.list_multipart_uploads(**wanted)
            for half in found.get("Uploads", ()):
                if half["Key"] == key["Key"]:
                    self._client.abort_multipart_upload(**key, UploadId=half["UploadId"])


def _require_listing(page: dict[str, Any]) -> None:
    """Raise StrangeAnswer for a page that botocore read as an empty listing but is none."""
    if "Name" not in page:
        raise StrangeAnswer(reason="not-a-listing")


def _piece(stream: BinaryIO, length: int) -> bytes:
    try:
        return stream.read(length)
    except OSError as cause:
        raise SourceUnreadable(reason=type(cause).__name__) from cause


def _client(endpoint: str, region: str, key: str, word: str) -> Any:
    """Make a client that asks this endpoint only: no proxy, no settings of other programs."""
    config = Config(
        user_agent="stillmine",
        proxies={},
        retries={"mode": "standard", "total_max_attempts": 3},
        connect_timeout=15,
        read_timeout=60,
        s3={"addressing_style": "path", "us_east_1_regional_endpoint": "regional"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    session = botocore.session.Session()
    session.set_config_variable("config_file", "")
    session.set_config_variable("credentials_file", "")
    return session.create_client(
        "s3",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=word,
        config=config,
    )
