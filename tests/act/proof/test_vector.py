"""A second reader, written from docs/formats.md with nothing of ours, agrees about each byte."""

import base64
import gzip
import hashlib
import io
import json
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from stillmine.act.proof import check_bundle
from stillmine.act.proof.stamps import Trust
from stillmine.crypto import EvidenceKey, key_name
from stillmine.crypto.chain import read_certificates

VECTOR = Path(__file__).parents[2] / "vectors" / "proof-v1"
CONTENT = (VECTOR / "proof.wacz").read_bytes()
EXPECTED = json.loads((VECTOR / "expected.json").read_text())


def spelled(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def walk(content):
    """Return the files in a container, front to back."""
    files, at = {}, 0
    while content[at : at + 4] == b"PK\3\4":
        fields = struct.unpack("<4sHHHHHIIIHH", content[at : at + 30])
        size, length = fields[7], fields[9]
        name = content[at + 30 : at + 30 + length].decode("ascii")
        files[name] = content[at + 30 + length : at + 30 + length + size]
        at += 30 + length + size
    return files


def packed(files):
    """Return the container that holds these files."""
    out, listed = b"", b""
    for name in sorted(files):
        part, place = files[name], len(out)
        sizes = (zlib.crc32(part), len(part), len(part), len(name), 0)
        out += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 10, 0, 0, 0, 33, *sizes)
        out += name.encode() + part
        listed += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 10, 10, 0, 0, 0, 33, *sizes, 0, 0, 0, 0, place
        )
        listed += name.encode()
    count = len(files)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(listed), len(out), 0)
    return out + listed + end


def tree_of(leaves):
    """Return the Merkle tree hash, as RFC 6962 defines it."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    parts = tree_of(leaves[:half]) + tree_of(leaves[half:])
    return hashlib.sha256(b"\1" + parts).digest()


@pytest.fixture(scope="module")
def files():
    return walk(CONTENT)


def test_the_container_is_what_follows_from_its_files(files):
    assert packed(files) == CONTENT
    assert len(CONTENT) == EXPECTED["size"]


def test_the_manifest_the_tree_and_the_root_follow_from_the_files(files):
    said = json.loads(files["proof/manifest.json"])
    assert spelled(said) == files["proof/manifest.json"]
    head = {name: value for name, value in said.items() if name not in ("files", "tree")}
    again = [
        {
            "media_type": each["media_type"],
            "path": each["path"],
            "sha256": sha256(files[each["path"]]),
            "sha3_512": hashlib.sha3_512(files[each["path"]]).hexdigest(),
            "size": len(files[each["path"]]),
        }
        for each in said["files"]
    ]
    assert again == said["files"]
    assert [each["path"] for each in again] == sorted(each["path"] for each in again)
    assert said["tree"] == tree_of([spelled(head), *map(spelled, again)]).hex()
    sums = {each["path"]: each["sha256"] for each in again}
    sums["proof/manifest.json"] = sha256(files["proof/manifest.json"])
    lines = ["# stillmine-proof-1", f"# tree {said['tree']}"]
    lines += [f"{sums[path]}  {path}" for path in sorted(sums)]
    assert files["proof/root.txt"].decode() == "\n".join(lines) + "\n"
    assert sha256(files["proof/root.txt"]) == EXPECTED["root"]
    rest = {"proof/root.txt", "proof/root.sig", "datapackage.json", "datapackage-digest.json"}
    assert all(name in rest or name.startswith("timestamps/") for name in set(files) - set(sums))


def test_the_closing_list_and_its_signature_follow_from_the_files(files, tmp_path):
    head = json.loads(files["proof/manifest.json"])
    closing = {"datapackage.json", "datapackage-digest.json"}
    package = {
        "created": head["made"],
        "mainPageDate": head["page"]["at"],
        "mainPageUrl": head["page"]["url"],
        "profile": "data-package",
        "resources": [
            {
                "bytes": len(files[path]),
                "hash": f"sha256:{sha256(files[path])}",
                "name": path.rpartition("/")[2],
                "path": path,
            }
            for path in sorted(set(files) - closing)
        ],
        "software": head["software"],
        "title": head["page"]["title"],
        "wacz_version": "1.1.1",
    }
    assert files["datapackage.json"] == spelled(package)
    digest = json.loads(files["datapackage-digest.json"])
    assert spelled(digest) == files["datapackage-digest.json"]
    total = f"sha256:{sha256(files['datapackage.json'])}"
    signed = digest["signedData"]
    assert digest["hash"] == signed["hash"] == total
    assert (signed["created"], signed["software"]) == (head["made"], head["software"])
    der = base64.b64decode(signed["publicKey"])
    assert sha256(der) == head["key"] == EXPECTED["key"]
    raw = base64.b64decode(signed["signature"])
    verify(tmp_path, files["proof/key.pem"], as_der(raw), total.encode())
    verify(tmp_path, files["proof/key.pem"], files["proof/root.sig"], files["proof/root.txt"])


def as_der(raw):
    """Return r and s as openssl wants them."""
    numbers = b""
    for half in (raw[:48], raw[48:]):
        number = half.lstrip(b"\0")
        number = b"\0" + number if number[0] & 0x80 else number
        numbers += bytes([2, len(number)]) + number
    return bytes([0x30, len(numbers)]) + numbers


def verify(folder, key, signature, message):
    for name, part in (("key", key), ("sig", signature), ("said", message)):
        (folder / name).write_bytes(part)
    command = ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "sig", "said"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_openssl_takes_both_stamps_over_the_root(files, tmp_path):
    (tmp_path / "root.txt").write_bytes(files["proof/root.txt"])
    moment = "1795380000"  # a day on which their certificates are good
    for name in ("1-right", "2-disordered"):
        for ending in (".tsr", ".pem"):
            (tmp_path / (name + ending)).write_bytes(files[f"timestamps/{name}{ending}"])
        more = ["-untrusted", f"{name}.pem", "-CAfile", VECTOR / "roots.pem", "-attime", moment]
        command = ["openssl", "ts", "-verify", "-data", "root.txt", "-in", f"{name}.tsr", *more]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)


def test_the_capture_is_read_with_gzip_alone(files):
    archive = gzip.decompress(files["archive/data.warc.gz"])
    assert archive.startswith(b"WARC/1.1\r\n")
    assert archive.count(b"WARC/1.1\r\n") == 8
    assert b"\r\n<h1>A gallery</h1>" in archive


def test_our_own_check_says_what_was_expected():
    roots = read_certificates((VECTOR / "roots.pem").read_bytes())
    found = check_bundle(io.BytesIO(CONTENT), trust=Trust(roots))
    assert (found.verdict, found.since.isoformat()) == (EXPECTED["verdict"], EXPECTED["since"])
    assert (found.root, found.key) == (EXPECTED["root"], EXPECTED["key"])
    signers = [each.authority for each in found.findings if each.finding == "stamp"]
    assert signers == EXPECTED["signers"]
    key = EvidenceKey.from_secret(bytes.fromhex(EXPECTED["secret"]))
    assert key_name(key.public) == EXPECTED["key"]
