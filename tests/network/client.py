"""A client in a process of its own, so that a test can kill it, starve it or measure it.

    python -m tests.network.client put|read URL SECRET NAME FILE

Prints one JSON object: the error's code if there was one, and by how much memory grew, in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from stillmine.errors import StillmineError
from tests.servers.places import Place


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(verb: str, url: str, secret: str, name: str, file: str) -> None:
    code = ""
    before = 0
    try:
        target = Place(url, secret or None).open()
        list(target.names())
        before = _peak()
        if verb == "put":
            target.put_new(name, Path(file))
        if verb == "read":
            with target.read(name) as stream, Path(file).open("wb") as copy:
                while piece := stream.read(1 << 20):
                    copy.write(piece)
        target.close()
    except StillmineError as error:
        code = error.code
    sys.stdout.write(json.dumps({"code": code, "grew": _peak() - before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
