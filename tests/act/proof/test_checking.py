"""Whatever is done to a bundle, a check says what, and never falls over."""

import io
import json
import random
import struct
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.proof import Trust, check_bundle
from stillmine.act.proof.adding import add_stamps, root_to_stamp
from stillmine.act.proof.closing import write_closed
from stillmine.act.proof.opening import contents_of
from stillmine.crypto import EvidenceKey
from stillmine.errors import ProofChanged
from tests.act.proof.conftest import KEY, bundle, stamped_by, trusting

NOBODY = Trust()
FLIPS = 300


def check(content, trust=NOBODY, key=""):
    return check_bundle(io.BytesIO(content), trust=trust, key=key)


def codes(verdict):
    return [each.finding for each in verdict.findings]


def files_in(verdict):
    return {each.file for each in verdict.findings if each.file}


@pytest.fixture(scope="module")
def made():
    return bundle()


@pytest.fixture(scope="module")
def content(made):
    return made[0]


def test_without_a_stamp_it_cannot_be_told_since_when(made):
    found = check(made[0])
    assert (found.verdict, found.since) == ("cannot-tell", None)
    assert codes(found) == ["whole", "no-stamps"]
    assert (found.root, found.key) == (made[1].root, made[1].key)
    assert found.made == "2026-11-22T20:00:00Z"


def test_with_the_key_from_a_report_it_is_unchanged_since_it_was_signed(made):
    spaced = " ".join(made[1].key[at : at + 4] for at in range(0, 64, 4)).upper()
    found = check(made[0], key=spaced)
    assert (found.verdict, found.since) == ("unchanged", None)
    assert "key-fits" in codes(found)


@pytest.mark.parametrize("part", [slice(0, 63), slice(0, 10)])
def test_a_part_of_the_key_is_not_enough(made, part):
    assert check(made[0], key=made[1].key[part]).verdict == "changed"


def test_made_anew_with_another_key_it_is_not_the_one_that_a_report_names(made):
    other, _ = bundle(key=EvidenceKey.from_secret(b"o" * 32))
    found = check(other, key=made[1].key)
    assert (found.verdict, codes(found)) == ("changed", ["other-key"])


def test_with_two_stamps_it_is_unchanged_since_the_first(new_stamper):
    first, second = new_stamper("right"), new_stamper("second")
    stamped, made = bundle(stamp=stamped_by(first, second))
    found = check(stamped, trusting(first, second))
    assert made.stamped == ("right", "second")
    assert found.verdict == "unchanged"
    assert abs(found.since - datetime.now(UTC)) < timedelta(minutes=5)
    assert codes(found) == ["whole", "stamp", "stamp"]
    assert "Test Stamper right vouches" in found.findings[1].line


def test_a_stamp_of_somebody_unknown_counts_for_nothing(new_stamper):
    stamper = new_stamper("right")
    stamped, _ = bundle(stamp=stamped_by(stamper))
    found = check(stamped)
    assert (found.verdict, found.since) == ("cannot-tell", None)
    assert codes(found) == ["whole", "stamp-of-unknown", "stamps-not-known"]
    assert "its root is not one we know" in found.findings[1].line


def test_stamps_of_another_proof_do_not_count(new_stamper):
    stamper = new_stamper("right")
    ask = stamped_by(stamper)
    moved, _ = bundle(stamp=lambda _root: ask(b"\x01" * 32))
    found = check(moved, trusting(stamper))
    assert found.verdict == "cannot-tell"
    assert "stamp-does-not-hold" in codes(found)


def test_a_stamp_added_later_leaves_the_root_as_it_was(new_stamper):
    first, second = new_stamper("right"), new_stamper("second")
    stamped, made = bundle(stamp=stamped_by(first))
    root, have = root_to_stamp(io.BytesIO(stamped), KEY)
    assert (root.hex(), have) == (made.root, ("right",))
    out = io.BytesIO()
    size = add_stamps(out, io.BytesIO(stamped), stamped_by(second)(root), KEY)
    assert size == len(out.getvalue())
    found = check(out.getvalue(), trusting(second))
    assert (found.verdict, found.root) == ("unchanged", made.root)
    assert codes(found) == ["whole", "stamp-of-unknown", "stamp"]
    kept = contents_of(io.BytesIO(out.getvalue()))
    assert (
        kept["timestamps/1-right.tsr"] == contents_of(io.BytesIO(stamped))["timestamps/1-right.tsr"]
    )


def test_a_changed_proof_and_a_wrong_key_get_no_new_stamp(content):
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    with pytest.raises(ProofChanged):
        root_to_stamp(io.BytesIO(changed), KEY)
    with pytest.raises(ProofChanged):
        root_to_stamp(io.BytesIO(content), EvidenceKey.from_secret(b"o" * 32))


def test_every_flipped_bit_is_found(new_stamper):
    stamper = new_stamper("right")
    content, made = bundle(stamp=stamped_by(stamper))
    trust = trusting(stamper)
    chance = random.Random(11)
    assert check(content, trust).verdict == "unchanged"
    step = max(1, len(content) // FLIPS)
    for at in range(0, len(content), step):
        changed = bytearray(content)
        changed[at] ^= 1 << chance.randrange(8)
        found = check(bytes(changed), trust, made.key)
        assert found.verdict == "changed", (at, found)
        assert found.findings


def test_a_flip_names_the_file_that_it_hit(content):
    zipped = zipfile.ZipFile(io.BytesIO(content))
    for info in zipped.infolist():
        at = info.header_offset + 30 + len(info.filename) + info.file_size // 2
        changed = bytearray(content)
        changed[at] ^= 4
        found = check(bytes(changed))
        assert found.verdict == "changed"
        wanted = "datapackage.json" if info.filename.startswith("datapackage") else info.filename
        assert wanted in files_in(found), (info.filename, found.findings)


@pytest.mark.parametrize("at", [0, 1, 3, 29, 30, 31, 200])
def test_the_beginning_cannot_be_changed(content, at):
    changed = bytearray(content)
    changed[at] ^= 0x20
    assert check(bytes(changed)).verdict == "changed"


@pytest.mark.parametrize("back", range(1, 40))
def test_the_end_cannot_be_changed(content, back):
    changed = bytearray(content)
    changed[-back] ^= 0x01
    assert check(bytes(changed)).verdict == "changed"


def test_nothing_can_be_put_before_or_behind_it(content):
    for changed in (content + b"\0", content + b"x" * 5000, b"PK" + content, content + content):
        assert check(changed).verdict == "changed"


@pytest.mark.parametrize("part", [0.1, 0.4, 0.8, 0.97, 0.999])
def test_cut_short_it_is_never_unchanged(content, part):
    found = check(content[: int(len(content) * part)], key="")
    assert found.verdict in ("changed", "cannot-tell")
    assert found.findings[0].line


def repacked(content, *, change=(), drop=(), add=(), method=zipfile.ZIP_DEFLATED, twice=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, part in contents_of(io.BytesIO(content)).items():
            if name not in drop:
                zipped.writestr(name, dict(change).get(name, part))
        for name, part in [*add, *twice]:
            zipped.writestr(name, part)
    return out.getvalue()


def test_packed_anew_the_files_are_looked_at_all_the_same(content):
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        found = check(repacked(content, method=method))
        assert (found.verdict, codes(found)) == ("changed", ["repacked"])
    found = check(repacked(content, change={"evidence/page.txt": b"other"}))
    assert files_in(found) == {"evidence/page.txt"}


def test_a_file_left_out_or_put_in_is_named(content):
    found = check(repacked(content, drop={"evidence/page.txt"}))
    assert ("missing", "evidence/page.txt") in [(f.finding, f.file) for f in found.findings]
    found = check(repacked(content, add=[("evidence/new.txt", b"x")]))
    assert ("added", "evidence/new.txt") in [(f.finding, f.file) for f in found.findings]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_no_way_around_the_list(content):
    found = check(repacked(content, twice=[("evidence/page.txt", b"other")]))
    assert found.verdict == "changed"
    assert "twice" in codes(found)


def test_a_name_that_leads_out_of_the_folder_is_only_a_name(content):
    found = check(repacked(content, add=[("../../etc/passwd", b"x"), ("/abs", b"y")]))
    assert found.verdict == "changed"
    assert {"../../etc/passwd", "/abs"} <= files_in(found)


def test_closed_again_with_another_key_the_signature_does_not_fit(content):
    files = contents_of(io.BytesIO(content))
    head = json.loads(files["proof/manifest.json"])
    del head["files"], head["tree"], files["datapackage.json"], files["datapackage-digest.json"]
    files["evidence/page.txt"] = b"other words"
    for key in (EvidenceKey.from_secret(b"o" * 32), KEY):
        out = io.BytesIO()
        write_closed(out, head, files, key)
        found = check(out.getvalue())
        assert found.verdict == "changed"
        assert "evidence/page.txt" in files_in(found)


def test_a_bomb_is_not_unpacked_to_its_end():
    out = io.BytesIO()
    zipped = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    with zipped, zipped.open("proof/manifest.json", "w") as file:
        for _ in range(170):
            file.write(bytes(1 << 20))
    found = check(out.getvalue())
    assert (found.verdict, codes(found)) == ("cannot-tell", ["too-much"])


def test_a_list_that_names_one_place_many_times_reads_it_once_each_or_less():
    name = b"proof/root.txt"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 10, 0, 0, 0, 0x21, 0, 0, 0, len(name), 0)
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 10, 10, 0, 0, 0, 0x21, 0, 0, 0, len(name),
        0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    count = 60_000
    listed = (entry + name) * count
    end = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(listed), len(local) + len(name), 0
    )
    found = check(local + name + listed + end)
    assert found.verdict != "unchanged"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\3\4", b"PK\5\6" + bytes(18), b"%PDF", bytes(500), b"PK\3\4" + b"a" * 40],
)  # fmt: skip
def test_what_is_no_proof_gets_a_verdict_too(content):
    found = check(content)
    assert found.verdict == "cannot-tell"
    assert all(each.line for each in found.findings)


@given(st.integers(0, 10**9), st.integers(1, 400), st.binary(max_size=300))
@settings(max_examples=120, deadline=None)
def test_no_damage_makes_the_check_fall_over(seed, size, put):
    content, _ = bundle()
    at = seed % len(content)
    changed = content[:at] + put + content[at + size :]
    found = check(changed)
    assert found.verdict == ("cannot-tell" if changed == content else found.verdict)
    assert found.verdict != "unchanged"


def test_an_empty_archive_and_one_without_proof_are_told_apart():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("holiday.txt", "x")
    assert codes(check(out.getvalue())) == ["no-proof"]
