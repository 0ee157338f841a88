"""Places for backups, each behind a real server: what a test needs to open one."""

from __future__ import annotations

import getpass
import json
import os
import secrets
import subprocess
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import botocore.session

from stillmine.app.network import Permit, destination_of
from stillmine.app.network.targets import Target, open_target
from tests.servers.process import ServerProcess, free_port, on_tiny_disk
from tests.servers.tools import tool


@dataclass(frozen=True)
class Place:
    """An address, its secret, and what a program must find in its environment."""

    url: str
    secret: str | None = None
    port: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    tiny_disk: Path | None = None
    """The folder that must be a tiny disk to whoever opens this place; None: the server has it."""

    def open(self) -> Target:
        """Open it, with the yes for just this place."""
        return open_target(self.url, Permit("keep.backup", destination_of(self.url)), self.secret)

    def by_way_of(self, port: int) -> Place:
        """Return the same place behind another port of loopback."""
        assert self.port is not None
        return replace(self, url=self.url.replace(f":{self.port}", f":{port}"), port=port)

    def with_secret(self, secret: str | None) -> Place:
        """Return the same place, opened with another secret."""
        return replace(self, secret=secret)


class Server(Protocol):
    """Something that can make empty places."""

    def place(self) -> Place: ...
    def stop(self) -> None: ...


class Folders:
    """Plain folders of this computer."""

    def __init__(self, root: Path, tiny: bool = False) -> None:
        self._root = root
        self._tiny = tiny

    def place(self) -> Place:
        folder = self._root / secrets.token_hex(4)
        folder.mkdir(parents=True)
        return Place(str(folder), tiny_disk=folder if self._tiny else None)

    def stop(self) -> None:
        """Nothing runs."""


class Rclone(Folders):
    """A remote of rclone that is another name for a folder."""

    def place(self) -> Place:
        tool("rclone")
        folder = super().place()
        name = f"shelf{secrets.token_hex(4)}"
        setting = {f"RCLONE_CONFIG_{name.upper()}_{k}": v for k, v in (
            ("TYPE", "alias"), ("REMOTE", folder.url)
        )}  # fmt: skip
        return replace(folder, url=f"rclone:{name}:", environment=setting)


class JuiceFs:
    """The S3 gateway of JuiceFS, which is MinIO's server code. It ignores If-None-Match."""

    def __init__(self, root: Path, tiny: bool = False) -> None:
        root.mkdir()
        meta, program = f"sqlite3://{root}/meta.db", tool("juicefs")
        limit = ["--capacity", "1"] if tiny else []  # in GiB: it cannot be smaller
        store = [
            "--storage",
            "file",
            "--bucket",
            f"{root}/data/",
            "--trash-days",
            "0",
            "--compress",
            "lz4",
        ]
        subprocess.run(
            [program, "format", meta, "shelf", *store, *limit], check=True, capture_output=True
        )
        serve = [program, "gateway", "--no-usage-report", "--multi-buckets", "--keep-etag"]
        cache = ["--cache-dir", f"{root}/cache", "--metrics", f"127.0.0.1:{free_port()}"]
        port = free_port()
        user = {"MINIO_ROOT_USER": "testkey", "MINIO_ROOT_PASSWORD": "testsecret"}
        command = [*serve, *cache, meta, f"127.0.0.1:{port}"]
        self._server = ServerProcess(command, port, root / "log", user)
        _create_bucket(port)

    def place(self) -> Place:
        return _s3_place(self._server.port)

    def stop(self) -> None:
        self._server.stop()


class Moto:
    """A second S3 server, which honours If-None-Match but believes every secret."""

    def __init__(self, root: Path) -> None:
        root.mkdir()
        port = free_port()
        command = [tool("moto_server"), "-H", "127.0.0.1", "-p", str(port)]
        self._server = ServerProcess(command, port, root / "log")
        _create_bucket(port)

    def place(self) -> Place:
        return _s3_place(self._server.port)

    def stop(self) -> None:
        self._server.stop()


def _s3_place(port: int) -> Place:
    prefix = secrets.token_hex(4)
    url = f"s3://shelf/{prefix}/deep?endpoint=http://127.0.0.1:{port}"
    return Place(url, "testkey:testsecret", port)


def _create_bucket(port: int) -> None:
    client = botocore.session.Session().create_client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="testkey",
        aws_secret_access_key="testsecret",
    )
    client.create_bucket(Bucket="shelf")
    client.close()


class OpenSsh:
    """OpenSSH's server, run by the current user with keys made for the test."""

    def __init__(self, root: Path, tiny: bool = False) -> None:
        root.mkdir()
        for key in ("host", "user"):
            make = [tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(root / key)]
            subprocess.run(make, check=True)
        (root / "authorized").write_bytes((root / "user.pub").read_bytes())
        port = free_port()
        settings = (
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {root}/host\nStrictModes no\n"
            f"AuthorizedKeysFile {root}/authorized\nPasswordAuthentication no\nUsePAM no\n"
            f"KbdInteractiveAuthentication no\nPidFile none\nPermitRootLogin yes\n"
            "MaxStartups 100\nSubsystem sftp internal-sftp\n"
        )
        (root / "settings").write_text(settings)
        (root / "disk").mkdir()
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        command = [tool("sshd"), "-D", "-e", "-f", str(root / "settings")]
        if tiny:
            command = on_tiny_disk(root / "disk", command)
        self._tiny = tiny
        self._server = ServerProcess(command, port, root / "log")
        self.root = root
        kind, key, *_ = (root / "host.pub").read_text().split()
        self.host_key = f"{kind} {key}"

    def place(self) -> Place:
        folder = self.root / "disk"
        if not self._tiny:
            folder = folder / secrets.token_hex(4)
            folder.mkdir()
        return self.place_at(str(folder), self.host_key)

    def place_at(self, folder: str, host_key: str | None, key: str = "user") -> Place:
        """Return a place with a chosen folder, accepted host key and user key."""
        options = {"identity": str(self.root / key)}
        if host_key:
            options["host-key"] = host_key
        query = urllib.parse.urlencode(options)
        port = self._server.port
        return Place(f"sftp://{getpass.getuser()}@127.0.0.1:{port}{folder}?{query}", None, port)

    def stop(self) -> None:
        self._server.stop()


class WsgiDav:
    """WsgiDAV on cheroot, with a user and a password."""

    def __init__(self, root: Path, tiny: bool = False) -> None:
        root.mkdir()
        self._disk = root / "disk"
        self._disk.mkdir()
        port = free_port()
        settings = {
            "host": "127.0.0.1",
            "port": port,
            "server": "cheroot",
            "provider_mapping": {"/": str(self._disk)},
            "simple_dc": {"user_mapping": {"*": {"anna": {"password": "pässwört:1"}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False},
        }
        (root / "settings.json").write_text(json.dumps(settings))
        command = [tool("wsgidav"), "-q", "-c", str(root / "settings.json")]
        if tiny:
            command = on_tiny_disk(self._disk, command)
        self._tiny = tiny
        self._server = ServerProcess(command, port, root / "log")

    def place(self) -> Place:
        path = ""
        if not self._tiny:
            path = f"a%20shelf/{secrets.token_hex(4)}"
            (self._disk / urllib.parse.unquote(path)).mkdir(parents=True)
        port = self._server.port
        return Place(f"dav://127.0.0.1:{port}/{path}", "anna:pässwört:1", port)

    def stop(self) -> None:
        self._server.stop()
