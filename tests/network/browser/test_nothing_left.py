"""After a capture nothing is left: no browser, no folder, and no byte of a picture on any disk."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network.browser.site import Site, below, is_running, picture
from tests.servers.tools import tool

CANARY = picture("PNG", seed=99, side=64)
_VISIT = """
import sys
from stillmine.app.network.browser import capture_page
from stillmine.app.network.permit import Permit
url, level = sys.argv[1:3]
found = capture_page(Permit.for_page("act.capture", url), url, level=level, seconds=60)
with open(sys.argv.pop(), "wb") as control:  # to see that the eyes of this test are open
    control.write(next(e.body for e in found.exchanges if e.url.endswith("photo.png")))
print(sorted(each.url.rpartition("/")[2] for each in found.exchanges if each.body))
print(len(found.screenshot), len(found.pdf), len(found.mhtml), *found.problems)
"""
_WRITES = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,mmap,ftruncate"
_LINE = re.compile(r"\b(\w+)\([^<>]*?\d+<(\\x2f[^>]*)>(.*)")  # what a file is called begins with /


@pytest.mark.skipif(sys.platform != "linux", reason="strace is for Linux")
def test_no_byte_of_a_picture_is_written_to_any_file(site: Site, tmp_path: Path) -> None:
    site.file("/photo.png", "image/png", CANARY)
    site.file("/large.png", "image/png", CANARY + b"\0" * 600_000)  # more than caches like
    coded = base64.b64encode(CANARY).decode()
    body = (
        f"<img src=/photo.png><img src=/large.png><img src='data:image/png;base64,{coded}'><script>"
        "fetch('/photo.png').then((r) => r.blob()).then(async (blob) => {"
        "const i = new Image(); i.src = URL.createObjectURL(blob); document.body.append(i);"
        "try { localStorage.setItem('p', i.src); (await caches.open('c')).put('/x', new Response("
        "blob)); const open = indexedDB.open('d'); open.onupgradeneeded = () => open.result"
        ".createObjectStore('s'); open.onsuccess = () => open.result.transaction('s', 'readwrite')"
        ".objectStore('s').put(blob, 1); } catch {} })</script>"
    )
    log, control = tmp_path / "log", tmp_path / "control"
    traced = [tool("strace"), "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "5000000"]
    traced += ["-e", f"trace={_WRITES}", "-o", str(log)]
    done = subprocess.run(
        [*traced, sys.executable, "-c", _VISIT, site.page("/", body), "full", control],
        capture_output=True,
        check=True,
        timeout=300,
    )
    assert b"photo.png" in done.stdout, "the picture was there"
    written, holding = set(), set()
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if found := _LINE.search(line):
                call, rest = found[1], found[3]
                path = bytes.fromhex(found[2].replace("\\x", "")).decode()
                written.add(path)
                if _holds_canary(rest):
                    holding.add(path)
                if call == "mmap" and "MAP_SHARED" in line and "PROT_WRITE" in line:
                    assert path.startswith(("/dev/shm/", "/memfd:", "/dev/")), path
    assert holding == {str(control)}
    assert any("stillmine-browser-" in path for path in written), "the browser was traced"


def _holds_canary(logged: str) -> bool:
    return any(needle in logged for needle in _NEEDLES)


def _needles() -> Iterator[str]:
    middle = CANARY[100:160]
    for way in (
        middle,
        middle.hex().encode(),
        *(base64.b64encode(middle[n:])[4:40] for n in (0, 1, 2)),
    ):
        yield "".join(f"\\x{byte:02x}" for byte in way[:36])


_NEEDLES = tuple(_needles())


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_a_capture_that_is_cut_off_leaves_no_process_and_no_folder(
    site: Site, ending: signal.Signals
) -> None:
    url = site.page("/", "<p>x</p><script>setInterval(() => fetch('/more'), 100)</script>")
    ours = subprocess.Popen(
        [sys.executable, "-c", _VISIT, url, "full", os.devnull], stderr=subprocess.DEVNULL
    )
    family: dict[int, str] = {}
    try:
        _until(lambda: "/more" in site.asked)
        family = below(ours.pid)
        assert any("--type=renderer" in command for command in family.values())
        # Other tests may run side by side, with browsers of their own.
        folders = [each for each in _folders() if any(str(each) in it for it in family.values())]
        assert folders
        ours.send_signal(ending)
        ours.wait(30)
        _until(lambda: not [pid for pid in family if is_running(pid)])
        _until(lambda: not any(each.exists() for each in folders))
    finally:
        ours.kill()
        ours.wait()
        for pid in family:
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)


def _folders() -> list[Path]:
    return list(Path("/dev/shm").glob("stillmine-browser-*"))


def _until(holds) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.1)
