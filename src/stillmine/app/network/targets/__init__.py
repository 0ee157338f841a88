"""Places that hold backups: a folder, an S3 bucket, an SSH or WebDAV server, an rclone remote."""

from stillmine.app.network.targets.opening import open_target
from stillmine.app.network.targets.target import Entry, Target

__all__ = ["Entry", "Target", "open_target"]
