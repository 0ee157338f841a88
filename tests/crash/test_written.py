"""Whatever a command and its children write to files is listed, however they write it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .shim import available
from .written import Written, trace_writes

pytestmark = pytest.mark.skipif(not available(), reason="LD_PRELOAD exists on Linux only")

INTO = "open(d + '/x', 'wb')"
ECHO = "'/bin/sh', '-c', 'sleep 0.2; printf %s ' + word.decode() + '> ' + d + '/x'"
WAYS = {
    "plain": f"{INTO}.write(word)",
    "parts": f"f = {INTO[:-1]}, buffering=0); [f.write(word[i:i+1]) for i in range(len(word))]",
    "big": f"{INTO}.write(bytes(300_000) + word)",
    "gone again": f"{INTO}.write(word); os.unlink(d + '/x')",
    "nameless": "tempfile.TemporaryFile(dir=d).write(word)",
    "thread": f"t = threading.Thread(target=lambda: {INTO}.write(word)); t.start(); t.join()",
    "fork": f"p = os.fork()\nif not p:\n {INTO}.write(word); os._exit(0)\nos.waitpid(p, 0)",
    "all handles closed": f"os.closerange(3, 65536); {INTO}.write(word)",
    "bare child": "subprocess.run([sys.executable, '-I', '-c', 'open(%r, \"wb\").write(%r)'"
    " % (d + '/x', word)], env={}, check=True)",
    "shell": "subprocess.run('cat > ' + d + '/x', shell=True, input=word, check=True)",
    "inherited": f"subprocess.run(['/bin/cat'], input=word, stdout={INTO}, check=True)",
    "spawned": f"os.waitpid(os.posix_spawn('/bin/sh', [{ECHO}], {{}}), 0)",
    "sqlite": "c = sqlite3.connect(d + '/x'); c.execute('CREATE TABLE t (x)'); "
    "c.execute('INSERT INTO t VALUES (?)', [word]); c.commit()",
    "sendfile": "open(d + '/y', 'wb').write(word); shutil.copyfile(d + '/y', d + '/x')",
    "orphan": f"subprocess.Popen([{ECHO}])",
}
START = "import os, shutil, sqlite3, subprocess, sys, tempfile, threading\n"
WORD = b"CANARY-0123456789"


def traced(folder: Path, code: str) -> Written:
    done = trace_writes(
        [sys.executable, "-c", f"{START}d, word = {str(folder)!r}, {WORD!r}\n{code}"]
    )
    assert done.returncode == 0, done.stderr.decode()
    return done


@pytest.mark.parametrize("way", WAYS)
def test_a_word_is_found_in_whatever_way_it_was_written(way: str, tmp_path: Path) -> None:
    done = traced(tmp_path, WAYS[way])
    assert done.holding(WORD)
    assert done.holding(WORD, outside=[tmp_path]) == []
    assert (done.unseen, done.blind) == ((), ())


def test_pipes_and_what_was_only_read_are_not_files(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(WORD)
    done = traced(tmp_path, "sys.stdout.write(open(d + '/given').read())")
    assert done.stdout == WORD
    assert done.holding(WORD) == []


def test_a_word_in_a_file_name_is_found_even_after_a_rename(tmp_path: Path) -> None:
    done = traced(
        tmp_path, "open(d + '/canary.jpg', 'wb').close(); os.rename(d + '/canary.jpg', d + '/z')"
    )
    assert done.named("canary") == [f"{tmp_path.resolve()}/canary.jpg"]
    assert done.named("canary", outside=[tmp_path]) == []


def test_what_the_shim_cannot_follow_is_named(tmp_path: Path) -> None:
    done = traced(
        tmp_path,
        "import mmap\nf = open(d + '/m', 'wb+'); f.truncate(4096)\n"
        "mmap.mmap(f.fileno(), 4096)[:17] = word",
    )
    assert done.unseen == (f"mmap {tmp_path.resolve()}/m",)
    assert done.holding(WORD) == [f"{tmp_path.resolve()}/m"]


def test_a_program_that_does_not_load_the_shim_is_named(tmp_path: Path) -> None:
    compiler = next(c for c in ("cc", "gcc", "clang") if shutil.which(c))
    (tmp_path / "quiet.c").write_text("int main(void) { return 0; }")
    program = tmp_path / "quiet"
    subprocess.run([compiler, "-static", "-o", program, tmp_path / "quiet.c"], check=True)
    assert traced(tmp_path, "subprocess.run([d + '/quiet'], check=True)").blind == (str(program),)
    assert traced(tmp_path, "os.waitpid(os.posix_spawn(d + '/quiet', ['quiet'], {}), 0)").blind
