"""A picture turns up changed, deep in what was saved from a site: it is found and placed."""

import io
import json
import subprocess
import zipfile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.recognise.transformations import changed
from stillmine.imaging import drawn
from stillmine.imaging.drawn import draw
from tests.stories.program import Program

CHANGES = ("crop50", "mirror", "phone_shot", "jpeg10", "text_over", "inverted")
STRANGERS = (101, 103, 105)
# warcio's writer leaves it to Python to close the temporary files of its records.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


def jpeg(pixels) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture(scope="module")
def leak() -> bytes:
    """Return a web capture: in it a ZIP, in that changed copies and strangers' pictures."""
    mine = drawn.pixels(2, (800, 600))
    grounds = [drawn.pixels(number, (800, 600)) for number in (201, 203)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for change in CHANGES:
            archive.writestr(f"{change}.jpg", jpeg(changed(mine, change, 7, grounds)))
        for number in STRANGERS:
            archive.writestr(f"stranger {number}.jpg", draw(number, size=(800, 600)))
        archive.writestr("read me.txt", "nothing to see")
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "application/zip")], protocol="HTTP/1.1")
    address = "https://site.example/pack.zip"
    payload = io.BytesIO(packed.getvalue())
    writer.write_record(
        writer.create_warc_record(address, "response", payload=payload, http_headers=http)
    )
    return held.getvalue()


@pytest.fixture
def program(tmp_path) -> Program:
    program = Program(tmp_path)
    own = tmp_path / "own"
    own.mkdir()
    for number in (0, 2, 4):
        (own / f"{number}.jpg").write_bytes(draw(number, size=(800, 600)))
    program.run("keep", "init")
    program.run("keep", "unlock")
    program.run("keep", "add", own, "--label", "only for me")
    return program


def test_changed_copies_in_a_zip_in_a_capture_are_all_found_and_no_strangers(
    program, tmp_path, leak
):
    found = tmp_path / "found"
    found.mkdir()
    (found / "site.warc.gz").write_bytes(leak)
    (found / "exact.bin").write_bytes(draw(4, size=(800, 600)))
    before = {path: path.read_bytes() for path in found.iterdir()}
    answer = program.run("watch", "compare", found)
    names = {item["item"]: item["name"] for item in program.run("keep", "list")["items"]}
    start = "https://site.example/pack.zip > "
    by_place = {match["inside"]: match for match in answer["matches"]}
    assert set(by_place) == {None} | {f"{start}{change}.jpg" for change in CHANGES}
    assert answer["looked_at"] == 1 + len(CHANGES) + len(STRANGERS)
    assert (answer["others"], answer["skipped"], answer["unrecognised"]) == (1, [], 0)
    for inside, match in by_place.items():
        assert names[match["item"]] == ("4.jpg" if inside is None else "2.jpg")
        assert match["expected_false"] < 0.01
        assert len(match["quad"]) == 4
        assert 0 < match["visible"] <= 1
    kinds = {inside: match["kind"] for inside, match in by_place.items()}
    assert kinds[None] == "exact"
    assert kinds[f"{start}phone_shot.jpg"] == "contains"
    assert kinds[f"{start}crop50.jpg"] == "part-of"
    assert by_place[f"{start}mirror.jpg"]["mirrored"]
    assert by_place[f"{start}inverted.jpg"]["inverted"]
    assert {path: path.read_bytes() for path in found.iterdir()} == before
    for number in STRANGERS:
        (tmp_path / f"{number}.jpg").write_bytes(draw(number, size=(800, 600)))
    strangers = [tmp_path / f"{number}.jpg" for number in STRANGERS]
    assert program.run("watch", "compare", *strangers, code=4)["matches"] == []
    program.run("keep", "lock")


def test_a_person_is_told_calmly_and_truly(program, tmp_path, leak):
    (tmp_path / "site.warc.gz").write_bytes(leak)
    command = [word for word in program.command("watch", "compare", "site.warc.gz")]
    command.remove("--json")
    said = subprocess.run(
        command, cwd=tmp_path, env=program.environment(), capture_output=True, check=True, text=True
    ).stdout
    assert f"{len(CHANGES)} copies of your pictures were found." in said
    assert "This looks like a copy of" in said
    assert "only for me" in said
    assert "by chance" in said or "hardly ever" in said
    (tmp_path / "one.jpg").write_bytes(draw(101, size=(800, 600)))
    command[-1] = "one.jpg"
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=program.environment(),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 4
    assert "That is no proof that there is none." in done.stdout
    assert json.dumps("one.jpg") not in done.stdout
    program.run("keep", "lock")
