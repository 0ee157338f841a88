"""Whatever a stranger sends is a hand-over or is refused by name: nothing else ever happens."""

from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stillmine.crypto import Contact, PersonalKey, armor
from stillmine.errors import NotAHandover, NotARecipient, NotAsSigned
from stillmine.share import contents, manifest
from stillmine.share.manifest import Manifest, sign
from stillmine.share.page import armored_part, build_page
from tests.share.conftest import stated

KEY = PersonalKey(bytes(32))
PICTURE = b"picture"
RIGHT = stated(PICTURE, KEY, "passphrase")
PACKED = b"".join(contents.pack(RIGHT, sign(RIGHT, KEY.signing), PICTURE))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
WISHES = st.lists(
    st.text(min_size=1, max_size=200).filter(lambda text: "\n" not in text), max_size=10
)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_as_an_archive_are_refused(data: bytes) -> None:
    try:
        contents.unpack(io.BytesIO(data))
    except (NotAHandover, NotAsSigned):
        return
    raise AssertionError("accepted")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2999), st.binary(min_size=1, max_size=40))
def test_an_archive_with_other_bytes_in_it_is_the_same_or_is_refused(at: int, data: bytes) -> None:
    changed = PACKED[:at] + data + PACKED[at + len(data) :]
    plain = io.BytesIO(changed)
    try:
        found = contents.unpack(plain)
    except (NotAHandover, NotAsSigned):
        return
    assert found.manifest == RIGHT
    assert b"".join(found.read_from(plain)) == PICTURE


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(json.loads(RIGHT.to_json()))), ANYTHING)
def test_any_fact_in_a_statement_is_right_or_is_refused(name: str, value: Any) -> None:
    facts = {**json.loads(RIGHT.to_json()), name: value}
    data = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"
    try:
        found = Manifest.from_json(data)
    except NotAHandover:
        return
    assert found.to_json() == data


@settings(max_examples=200, deadline=None)
@given(WISHES)
@example(["\ud800"])
@example(["\u2028", "\x00"])
def test_any_wish_comes_over_as_it_was_typed(wishes: list[str]) -> None:
    statement = stated(PICTURE, KEY, "passphrase", wishes=tuple(wishes))
    found = Manifest.from_json(statement.to_json())
    assert found == statement
    manifest.check(found, sign(statement, KEY.signing))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
@example("stillmine1" + "q" * 200)
@example("age1" + "q" * 58)
def test_any_text_is_a_contact_or_is_refused(text: str) -> None:
    try:
        found = Contact.from_string(text)
    except NotARecipient:
        return
    assert str(found) == text.strip().lower()


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=500), st.text(max_size=200))
def test_a_seal_is_found_behind_any_text_that_holds_none(data: bytes, before: str) -> None:
    text = before.replace("-----", "").encode("utf-8", "surrogatepass") + b"\n" + armor(data)
    assert armored_part(text) == armor(data)
    assert armored_part(build_page(data)) == armor(data)
