"""A letter that a case keeps, written to files again: the same words, to a folder or in memory."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from stillmine.act.clock import complaining, tracking
from stillmine.act.notices.again import LetterRequest, letter
from stillmine.app.delivering import Delivery
from stillmine.errors import InsideHome, TargetExists

ONE = "https://discord.com/channels/1/2/3"
SUFFIXES = {".eml", ".pdf", ".txt"}


@pytest.fixture
def sent(writer):
    """Return somebody whose letter was sent."""
    writer.begins(ONE, country="US")
    writer.signs(name="Ada Example", mail="ada@example.net")
    writer.writes("discord", made="real")
    tracking.track(writer.context, tracking.TrackRequest(case=writer.case_name, state="sent"))
    return writer


def again(writer, name: str = "n1", **more):
    return letter(writer.context, LetterRequest(name, writer.case_name, **more))


def test_the_files_have_the_words_that_were_kept(sent, tmp_path: Path):
    answer = again(sent, out=tmp_path / "out")
    files = {path.suffix: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert set(files) == SUFFIXES
    assert set(answer.files) == {f"n1{suffix}" for suffix in SUFFIXES}
    kept = answer.letter[0].text
    body = kept.split("\n\n", 2)[2]
    assert files[".txt"].decode().endswith(body)
    mail = message_from_bytes(files[".eml"], policy=default)
    assert mail.get_content().replace("\r\n", "\n").strip() == body.strip()
    assert mail["Subject"] == kept.split("\n\n", 2)[1]
    assert mail["From"].addresses[0].addr_spec == "ada@example.net"


def test_what_the_person_changes_later_does_not_change_a_letter_that_was_sent(sent, tmp_path):
    before = again(sent).letter[0].text
    sent.signs(name="Somebody Else", mail="else@example.net")
    again(sent, out=tmp_path / "out")
    text = (tmp_path / "out" / "n1.txt").read_text(encoding="utf-8")
    assert "Ada Example" in text
    assert "Somebody Else" not in text
    assert text.endswith(before.split("\n\n", 2)[2])


def test_a_mail_address_that_was_typed_is_in_the_mail_again(writer, tmp_path):
    writer.begins(ONE)
    writer.signs(name="Ada Example", mail="ada@example.net")
    writer.writes("discord", mail="safety@discord.test")
    again(writer, out=tmp_path / "out")
    mail = message_from_bytes((tmp_path / "out/n1.eml").read_bytes(), policy=default)
    assert mail["To"].addresses[0].addr_spec == "safety@discord.test"


def test_a_letter_to_an_authority_is_written_too(sent, tmp_path):
    complaining.complain(sent.context, complaining.ComplainRequest(sent.case_name, "n1"))
    again(sent, "n2", out=tmp_path / "out")
    mail = message_from_bytes((tmp_path / "out/n2.eml").read_bytes(), policy=default)
    assert mail["To"] is None
    assert ONE in mail.get_content()


def test_nothing_is_written_over_and_nothing_into_the_vault(sent, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "n1.eml").write_text("mine")
    with pytest.raises(TargetExists):
        again(sent, out=folder)
    assert [path.name for path in folder.iterdir()] == ["n1.eml"]
    with pytest.raises(InsideHome):
        again(sent, out=sent.context.home / "inside")


def test_in_memory_no_folder_is_touched(sent, tmp_path):
    before = set(tmp_path.rglob("*"))
    delivery = Delivery(1 << 20)
    context = type(sent.context)(sent.context.home, sent.context.keys, delivery=delivery)
    letter(context, LetterRequest("n1", sent.case_name, out=Path("x")))
    assert {Path(each.name).suffix for each in delivery.files} == SUFFIXES
    assert {path for path in tmp_path.rglob("*") if path.is_file()} <= before
    delivery.close()
