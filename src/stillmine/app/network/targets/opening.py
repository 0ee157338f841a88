"""Open a backup place by its address, if the person agreed to that place."""

from __future__ import annotations

from stillmine.app.network.address import folder_of, read_address
from stillmine.app.network.permit import Permit
from stillmine.app.network.targets.target import Target
from stillmine.errors import NotABackupPlace


def open_target(url: str, permit: Permit, secret: str | None = None) -> Target:
    """Open a place for blobs.

    `secret` is `KEYID:SECRET` for S3, `user:password` for WebDAV, a password or the
    passphrase of a key file for SFTP; none is needed for folders and rclone. Raises
    NothingMayLeave if `permit` is for another place, SecretInUrl if the address holds a
    password, and the errors of `Target`.
    """
    address = read_address(url)
    permit.check(url)
    match address.kind:
        case "folder":
            from stillmine.app.network.targets.folder import FolderTarget

            return FolderTarget(folder_of(address))
        case "s3":
            from stillmine.app.network.targets.s3 import S3Target

            return S3Target(address, url, secret)
        case "sftp":
            from stillmine.app.network.targets.sftp import SftpTarget

            return SftpTarget(address, secret)
        case "dav" | "davs":
            from stillmine.app.network.targets.webdav import WebDavTarget

            return WebDavTarget(address, secret)
        case "rclone":
            from stillmine.app.network.targets.rclone import RcloneTarget

            return RcloneTarget(address)
        case _:
            raise NotABackupPlace(reason="kind")
