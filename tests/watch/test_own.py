"""What is one's own is known with the vault open, and with the watch key alone."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stillmine.app.jobs import Job
from stillmine.app.sources.opening import Piece
from stillmine.app.storage.fingerprints_reading import read_fingerprints
from stillmine.app.storage.looks import OwnSum
from stillmine.errors import NothingToCompare
from stillmine.imaging import Decoder, drawn
from stillmine.watch.own import own_of, own_pictures, sha256_of
from stillmine.watch.recognising import Recogniser
from tests.storage.vaults import Made, make, put

SIZE = (640, 480)
MINE = drawn.pixels(2, SIZE)


def jpeg(pixels, quality=75):
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality)
    return out.getvalue()


ORIGINAL = jpeg(MINE, 92)


def held(data: bytes) -> Piece:
    return Piece(Path("https-site"), held=io.BytesIO(data))


@pytest.fixture(scope="module")
def decoder():
    with Decoder(workers=1) as one:
        yield one


@pytest.fixture(scope="module")
def kept(tmp_path_factory, decoder) -> tuple[Made, str]:
    """Return a vault with a picture whose fingerprint was made, and the picture's number."""
    made = make(tmp_path_factory.mktemp("own") / "home")
    with made.open(writing=True) as vault:
        item = put(vault, ORIGINAL, b"mine.jpg", kind="picture", label="the beach").item
        own_pictures(vault, decoder, Job())
    return made, item


def locked(made: Made, *sums: OwnSum):
    known = read_fingerprints(made.home, made.root.watch_key(1), 1)
    return own_of(known, sums, Job())


def plain(item: str, data: bytes = ORIGINAL) -> OwnSum:
    md5, sha256 = hashlib.md5(data).hexdigest(), hashlib.sha256(data).hexdigest()
    return OwnSum(item, md5, sha256, len(data))


def test_without_the_vault_a_copy_is_found_as_with_it_and_no_name_is_known(kept, decoder):
    made, item = kept
    part = jpeg(MINE[60:420, 100:560], 60)
    with made.open() as vault:
        own = own_pictures(vault, decoder, Job())
        (open_,) = Recogniser(own, decoder, vault.fingerprint).compare(held(part)).copies
    shut = Recogniser(locked(made, plain(item)), decoder, sha256_of).compare(held(part))

    (copy,) = shut.copies
    assert (open_.name, open_.label) == ("mine.jpg", "the beach")
    assert (copy.name, copy.label) == ("", "")
    same = ("item", "kind", "score", "expected_false", "quad", "visible")
    assert [getattr(copy, name) for name in same] == [getattr(open_, name) for name in same]
    assert copy.item == item
    assert copy.kind == "part-of"


def test_without_the_vault_the_same_bytes_are_known_by_their_plain_sum(kept, decoder):
    made, item = kept
    recogniser = Recogniser(locked(made, plain(item)), decoder, sha256_of)
    (copy,) = recogniser.compare(held(ORIGINAL)).copies
    assert (copy.item, copy.kind, copy.expected_false) == (item, "exact", 0)
    other = ORIGINAL[:15] + b"\x02" + ORIGINAL[16:]  # as long, and one byte another: its density
    assert other != ORIGINAL
    kinds = {copy.kind for copy in recogniser.compare(held(other)).copies}
    assert kinds == {"re-saved"}


def test_what_shows_no_picture_is_known_by_its_bytes_alone(kept, decoder):
    made, item = kept
    text = b"a letter that nobody else was to read"
    own = locked(made, plain(item), plain("a letter", text))
    assert own.recognisable == 1
    (copy,) = Recogniser(own, decoder, sha256_of).compare(held(text)).copies
    assert (copy.item, copy.kind) == ("a letter", "exact")


def test_an_item_whose_sums_are_not_noted_yet_is_looked_for_by_its_looks(kept, decoder):
    made, item = kept
    own = locked(made)
    assert list(own.items) == [item]
    (copy,) = Recogniser(own, decoder, sha256_of).compare(held(ORIGINAL)).copies
    assert (copy.item, copy.kind) == (item, "re-saved")


def test_nothing_to_look_for_is_said(tmp_path):
    with pytest.raises(NothingToCompare):
        locked(make(tmp_path / "home"))


def test_with_other_items_what_was_compared_has_to_be_compared_again(kept):
    made, item = kept
    one = locked(made, plain(item))
    assert one.generation == locked(made, plain(item)).generation
    assert one.generation != locked(made, plain(item), plain("more", b"more")).generation


def test_a_sum_is_taken_of_all_bytes_however_many():
    data = bytes(range(256)) * 9000
    assert sha256_of(io.BytesIO(data)) == hashlib.sha256(data).hexdigest()
