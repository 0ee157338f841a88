"""`act verify` works on any machine: no vault, no passphrase, no network, and never a traceback."""

import base64
import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

from stillmine.act.verify import VerifyRequest, verify
from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.crypto import EvidenceKey
from stillmine.crypto.timestamp import request_stamp
from stillmine.errors import CannotReadFile, NoSuchFile, NotAFile, Stopped
from tests.act.proof.conftest import bundle, stamped_by
from tests.stories.program import Program


class Nobody:
    """Nobody can be asked for anything."""

    def passphrase(self):
        raise AssertionError("no passphrase is needed")

    def device_key(self):
        raise AssertionError("no key is needed")

    def secret(self, kind, question=""):
        raise AssertionError("no secret is needed")


@pytest.fixture
def check(tmp_path):
    def run(file, **more):
        context = Context(tmp_path / "no-home", Nobody())
        return verify(context, VerifyRequest(file, **more))

    return run


def codes(answer):
    return [each.finding for each in answer.findings]


def test_the_program_says_it_in_words_and_in_json(tmp_path, wacz, new_stamper):
    first, second = new_stamper("right"), new_stamper("disordered")
    content, made = bundle(stamp=stamped_by(first, second))
    roots = ["--root", first.root_file, "--root", second.root_file]
    program = Program(tmp_path)
    answer = program.run("act", "verify", wacz(content), *roots)
    assert answer["verdict"] == "unchanged"
    assert answer["since"].startswith("20")
    assert [each["finding"] for each in answer["findings"]] == ["whole", "stamp", "stamp"]
    assert (answer["root"], answer["key"]) == (made.root, made.key)
    said = subprocess.run(
        [sys.executable, "-m", "stillmine", "act", "verify", tmp_path / "proof.wacz", *roots],
        capture_output=True,
        text=True,
        check=True,
        env=program.environment(),
    ).stdout
    assert said.startswith("Unchanged since 20")
    assert "Test Stamper disordered vouches that it was there at" in said
    assert not program.home.exists()


def test_a_change_and_no_verdict_have_exit_codes_of_their_own(tmp_path, wacz):
    content, made = bundle()
    changed = bytearray(content)
    changed[900] ^= 1
    program = Program(tmp_path)
    answer = program.run("act", "verify", wacz(content), code=4)
    assert (answer["verdict"], answer["since"]) == ("cannot-tell", None)
    assert program.run("act", "verify", wacz(content), "--key", made.key)["verdict"] == "unchanged"
    assert program.run("act", "verify", wacz(bytes(changed)), code=3)["verdict"] == "changed"


def test_a_stamp_beside_a_file_is_checked_against_it(tmp_path, check, new_stamper):
    stamper = new_stamper("disordered")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 a letter")
    beside = tmp_path / "letter.pdf.tsr"
    question = request_stamp(hashlib.sha256(letter.read_bytes()).digest())
    beside.write_bytes(stamper.answer(question.body))
    trusted = {"stamp": beside, "root": (str(stamper.root_file),)}
    found = check(letter, **trusted)
    assert (found.verdict, codes(found)) == ("unchanged", ["pair", "stamp"])
    assert check(letter, stamp=beside).verdict == "cannot-tell"
    letter.write_bytes(b"%PDF-1.7 another letter")
    found = check(letter, **trusted)
    assert (found.verdict, found.outcome) == ("changed", Outcome.GAPS)
    assert "letter.pdf.tsr" in found.findings[0].line
    beside.write_bytes(b"no stamp at all")
    assert check(letter, **trusted).verdict == "cannot-tell"
    beside.write_bytes(bytes(3 << 20))
    assert check(letter, **trusted).verdict == "cannot-tell"


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_a_stamp_that_openssl_asked_for_is_checked_too(tmp_path, check, new_stamper, name):
    stamper = new_stamper("right")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 a letter")
    command = ["openssl", "ts", "-query", "-data", letter, f"-{name}", "-cert", "-out", "question"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    beside = tmp_path / "letter.pdf.tsr"
    beside.write_bytes(stamper.answer((tmp_path / "question").read_bytes()))
    assert check(letter, stamp=beside, root=(str(stamper.root_file),)).verdict == "unchanged"
    letter.write_bytes(b"%PDF-1.7 another")
    assert check(letter, stamp=beside, root=(str(stamper.root_file),)).verdict == "changed"


def test_what_cannot_be_opened_is_said_before_anything_is_judged(tmp_path, check):
    with pytest.raises(NoSuchFile):
        check(tmp_path / "missing.wacz")
    with pytest.raises(NotAFile):
        check(tmp_path)
    with pytest.raises(NoSuchFile):
        check(tmp_path / "missing.wacz", root=(str(tmp_path / "missing.pem"),))
    long = tmp_path / ("x" * 300)
    with pytest.raises(CannotReadFile):
        check(long)


def test_it_can_be_stopped(tmp_path, wacz):
    context = Context(tmp_path, Nobody(), Job(stop_asked=True))
    with pytest.raises(Stopped):
        verify(context, VerifyRequest(wacz(bundle()[0])))


def foreign(change=(), digest=True, sign=True, domain=False):
    """Return a WACZ file as another program writes it: packed, in its own order, pretty JSON."""
    parts = {
        "archive/data.warc.gz": b"not looked into",
        "pages/pages.jsonl": b"{}\n",
        "indexes/index.cdx.gz": b"x",
    }
    resources = [
        {
            "name": path.split("/")[-1],
            "path": path,
            "hash": f"sha256:{hashlib.sha256(part).hexdigest()}",
            "bytes": len(part),
        }
        for path, part in parts.items()
    ]
    package = json.dumps({"profile": "data-package", "resources": resources}, indent=2).encode()
    total = f"sha256:{hashlib.sha256(package).hexdigest()}"
    key = EvidenceKey.from_secret(b"f" * 32)
    encode = base64.b64encode
    signed = {
        "hash": total,
        "signature": encode(key.sign_raw(total.encode())).decode(),
        "publicKey": encode(key.public).decode(),
        "created": "2026-01-01T00:00:00Z",
        "software": "another",
    }
    if domain:
        signed = {"hash": total, "domain": "sign.example", "signature": "eA=="}
    closing = {"path": "datapackage.json", "hash": total}
    closing |= {"signedData": signed} if sign else {}
    parts["datapackage.json"] = package
    if digest:
        parts["datapackage-digest.json"] = json.dumps(closing, indent=2).encode()
    parts |= dict(change)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, part in parts.items():
            if part is not None:
                zipped.writestr(path, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "verdict", "code"),
    [
        (foreign(), "cannot-tell", "foreign-signed"),
        (foreign(sign=False), "cannot-tell", "foreign-unsigned"),
        (foreign(digest=False), "cannot-tell", "foreign-no-digest"),
        (foreign(domain=True), "cannot-tell", "foreign-domain"),
        (foreign({"pages/pages.jsonl": b"{ }\n"}), "changed", "changed"),
        (foreign({"pages/pages.jsonl": None}), "changed", "missing"),
        (foreign({"pages/more.jsonl": b""}), "changed", "added"),
        (foreign({"datapackage.json": b"{}"}), "changed", "closing"),
        (foreign({"datapackage.json": b"[1, {"}, digest=False), "cannot-tell", "unreadable-inside"),
        (foreign({"datapackage-digest.json": b"[" * 9000}), "cannot-tell", "foreign-no-digest"),
    ],
)
def test_files_of_other_programs_are_checked_as_far_as_they_go(check, wacz, made, verdict, code):
    found = check(wacz(made))
    assert found.verdict == verdict
    assert code in codes(found)
    assert codes(found)[0] == "foreign"
