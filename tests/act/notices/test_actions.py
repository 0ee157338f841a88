"""Asking for a letter and for a check of one, as people do."""

import io
import json
import smtplib
import socket
import sys
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pypdf
import pytest

from stillmine.act.case.model import Step
from stillmine.act.case.store import find_case, keep_case
from stillmine.act.hosts.keeping import keep_seen
from stillmine.act.hosts.seeing import Seen
from stillmine.act.notices import check_text, notice, regime_of
from stillmine.act.papers import has_typesetter
from stillmine.app.actions import Outcome, all_actions
from stillmine.cli.plain_data import one_line
from stillmine.cli.rendering import answer_lines
from stillmine.errors import (
    CannotReadFile,
    InsideHome,
    NoSuchFile,
    NothingToAsk,
    TargetExists,
    UnknownPartOfCase,
    UnknownRecipient,
    UnknownRegime,
    WrongUsage,
)
from tests.act.notices.letters import whole

_RECORDED = Path(__file__).parents[1] / "hosts/recorded"
ONE, TWO = "https://discord.com/channels/1/2/3", "https://discord.com/channels/1/2/4"
ELSEWHERE = "https://pictures.test/view/5"


def kept(writer):
    return writer.looks(lambda vault: find_case(vault, writer.case_name))


def test_a_letter_that_lacks_something_is_a_draft_and_no_file_is_written(writer, tmp_path):
    writer.begins(ELSEWHERE)
    answer = writer.writes("instagram", out=tmp_path / "out", address=("a1",))
    assert not answer.ready
    assert answer.outcome is Outcome.GAPS
    assert "signature" in {each.element for each in answer.missing}
    assert not (tmp_path / "out").exists()
    (draft,) = kept(writer).notices
    assert (draft.notice, draft.state, draft.to) == ("n1", "draft", "Instagram")
    shown = "\n".join(answer_lines("act.notice", answer))
    assert "This letter is not ready yet" in shown
    assert "stillmine act case sender" in shown


def test_the_same_letter_once_more_takes_the_place_of_its_draft(writer):
    writer.begins(ELSEWHERE)
    assert not writer.writes(to_host="abuse@host.test").ready
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    answer = writer.writes(to_host="abuse@host.test")
    assert answer.ready
    assert answer.missing == ()
    (draft,) = kept(writer).notices
    assert draft.notice == "n1"
    assert check_text(draft.text, draft.regimes).ready
    events = [each.what for each in kept(writer).events]
    assert events.count("notice.written") == 1


def test_a_letter_that_was_sent_is_not_written_over(writer):
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    writer.writes(to_host="abuse@host.test")

    def sent(vault):
        case = find_case(vault, writer.case_name)
        letter = replace(case.notices[0], steps=(Step("2026-11-22T12:00:00+00:00", "sent"),))
        keep_case(vault, replace(case, notices=(letter,)))

    writer.looks(sent, writing=True)
    before = kept(writer).notices[0]
    assert writer.writes(to_host="abuse@host.test").letters[0].notice == "n2"
    assert kept(writer).notices[0] == before


def test_a_platform_that_takes_one_report_for_each_picture_gets_a_letter_for_each(writer):
    writer.begins(ONE, TWO, ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    answer = writer.writes("discord")
    assert answer.ready
    assert [each.addresses for each in answer.letters] == [(ONE,), (TWO,)]
    assert [each.addresses for each in kept(writer).notices] == [("a1",), ("a2",)]
    assert answer.where[0].form == "https://discord.com/report"
    shown = "\n".join(answer_lines("act.notice", answer))
    assert "It asks for your legal name: yes" in shown
    assert "one report for each picture" in shown
    assert "Read at https://" in shown


def test_only_addresses_on_the_platform_are_asked_about_unless_others_are_named(writer):
    writer.begins(ELSEWHERE, ONE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    assert [each.addresses for each in writer.writes("discord").letters] == [(ONE,)]
    answer = writer.writes("discord", address=("a1",))
    assert not answer.ready
    assert "does not lie there" in answer.missing[0].why


def test_an_address_that_is_gone_is_not_asked_about(writer):
    writer.begins(ONE, TWO)

    def gone(vault):
        case = find_case(vault, writer.case_name)
        first = replace(case.addresses[0], state="gone")
        keep_case(vault, replace(case, addresses=(first, *case.addresses[1:])))

    writer.looks(gone, writing=True)
    assert [each.addresses for each in writer.writes("discord").letters] == [(TWO,)]


def test_a_case_without_an_address_has_nothing_to_ask_for(writer):
    writer.begins()
    with pytest.raises(NothingToAsk):
        writer.writes("discord")
    with pytest.raises(UnknownPartOfCase):
        writer.writes("discord", address=("a9",))
    assert kept(writer).notices == ()


def test_files_are_written_where_asked_and_never_over_another(writer, tmp_path):
    out = tmp_path / "out"
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    answer = writer.writes(to_host="abuse@host.test", out=out, language="de")
    names = {"n1-letter.txt", "n1-form.txt", "n1.eml"} | ({"n1.pdf"} if has_typesetter() else set())
    assert set(answer.files) == names == {each.name for each in out.iterdir()}
    assert ELSEWHERE in (out / "n1-form.txt").read_text("utf-8")
    assert (out / "n1-letter.txt").read_text("utf-8") == kept(writer).notices[0].text
    before = {each: each.read_bytes() for each in out.iterdir()}
    with pytest.raises(TargetExists):
        writer.writes(to_host="abuse@host.test", out=out)
    assert {each: each.read_bytes() for each in out.iterdir()} == before


def test_files_are_not_written_into_the_vault(writer):
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    with pytest.raises(InsideHome):
        writer.writes(to_host="abuse@host.test", out=writer.folder / "x")


@pytest.mark.skipif(not has_typesetter(), reason="the part that sets papers is not here")
def test_the_paper_has_the_letter_and_its_exact_addresses_inside(writer, tmp_path):
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    writer.writes(to_host="abuse@host.test", out=tmp_path / "out")
    paper = pypdf.PdfReader(tmp_path / "out/n1.pdf")
    text = " ".join(page.extract_text() for page in paper.pages)
    assert "Anna Beispiel" in text
    assert ELSEWHERE in text
    assert paper.attachments["addresses.txt"][0].decode() == ELSEWHERE + "\n"
    assert paper.attachments["letter.txt"][0].decode() == kept(writer).notices[0].text


def test_a_letter_goes_to_the_host_that_was_found_for_the_case(writer):
    writer.begins(ONE, ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    with pytest.raises(UnknownRecipient):
        writer.writes(to_host="host")
    network = json.loads((_RECORDED / "ripe-130.59.31.80.json").read_text("utf-8"))
    seen = Seen(
        "pictures.test",
        "2026-11-22T12:00:00+00:00",
        address="130.59.31.80",
        network=network,
        network_source="https://rdap.db.ripe.net/ip/130.59.31.80",
    )
    writer.looks(
        lambda vault: keep_seen(vault, find_case(vault, writer.case_name), seen, writer.clock),
        writing=True,
    )
    answer = writer.writes(to_host="host")
    assert answer.ready
    (where,) = answer.where
    assert where.mail in json.dumps(network)
    assert not where.mail_was_typed
    assert where.source == "https://rdap.db.ripe.net/ip/130.59.31.80"
    assert [each.addresses for each in answer.letters] == [(ELSEWHERE,)]
    assert where.source in "\n".join(answer_lines("act.notice", answer))
    with pytest.raises(UnknownRecipient):
        writer.writes(to_host="registrar")


def test_a_copyright_letter_is_warned_of_first_and_asks_for_more(writer):
    (action,) = (each for each in all_actions() if each.name == "act.notice")
    request = notice.NoticeRequest("x", "instagram", regimes=("dmca",))
    assert action.warns(request) == "notice-copyright"
    assert action.warns(notice.NoticeRequest("x", "instagram")) is None
    writer.begins("https://www.instagram.com/p/abc/")
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    lacking = writer.writes("instagram", regimes=("dmca",))
    assert {each.element for each in lacking.missing} == {"work", "contact"}
    writer.signs(phone="+49 30 1234567", postal="Lange Gasse 5, 10115 Berlin")
    work = "the photograph that I took of myself on 3 May 2026"
    answer = writer.writes("instagram", regimes=("dmca",), work=work)
    assert answer.ready
    assert any("Lumen" in each for each in answer.reveals)


def test_australia_asks_what_it_has_to_do_with_australia(writer):
    writer.begins(ELSEWHERE, country="NZ")
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    assert {each.element for each in writer.writes("esafety").missing} == {"ground"}
    assert writer.writes("esafety", link="hosted").ready
    assert len(kept(writer).notices) == 1


def test_somebody_in_australia_need_not_say_it_again(writer):
    writer.begins(ELSEWHERE, country="AU")
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    answer = writer.writes("esafety")
    assert answer.ready
    assert "I live in Australia." in answer.letters[0].text


def test_an_authority_of_the_persons_own_place_is_named_beside_the_platform(writer):
    writer.begins("https://www.instagram.com/p/abc/", country="AU")
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    (also,) = writer.writes("instagram").also
    assert "--to esafety" in also
    assert writer.writes("esafety").also == ()


def test_without_a_name_the_address_tells_to_whom_the_letter_goes(writer):
    writer.begins(ONE)
    assert writer.writes().where[0].to == "Discord"
    writer.begins(ELSEWHERE)
    with pytest.raises(UnknownRecipient) as raised:
        writer.writes()
    assert raised.value.facts["to"] == "pictures.test"
    writer.begins()
    with pytest.raises(NothingToAsk):
        writer.writes()


def test_what_the_person_said_of_the_pictures_is_kept_and_what_they_did_not_say_is_not(writer):
    writer.begins(ELSEWHERE)
    writer.writes(to_host="abuse@host.test")
    assert "made" not in kept(writer).notices[0].facts
    writer.writes(to_host="abuse@host.test", made="changed", shows="nude")
    (draft,) = kept(writer).notices
    assert draft.facts == {
        "language": "en", "shows": "nude", "made": "changed", "mail": "abuse@host.test",
    }  # fmt: skip
    assert "made or changed with a computer" in draft.text


def test_a_front_page_is_asked_about_only_where_the_person_says_it_shows_the_picture(writer):
    writer.begins("https://pictures.test/")
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    assert not writer.writes(to_host="abuse@host.test").ready
    answer = writer.writes(to_host="abuse@host.test", front_page=True)
    assert answer.ready
    assert check_text(kept(writer).notices[0].text, ("host",)).ready


def test_a_helper_signs_and_says_that_they_may(writer):
    writer.begins(ELSEWHERE)
    writer.signs(name="Carla Rossi", mail="help@line.test", role="agent", subject="Berta Blum")
    answer = writer.writes(to_host="abuse@host.test")
    assert answer.ready
    assert "Signed: Carla Rossi" in answer.letters[0].text
    assert check_text(kept(writer).notices[0].text, answer.letters[0].regimes).ready


def test_hostile_names_stay_names_on_screen_and_in_json(writer):
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna \u202e\x1b[2J\nBcc: evil@evil.test", mail="anna.b@mail.test")
    answer = writer.writes(to_host="abuse@host.test")
    assert json.loads(one_line(answer))["case"] == writer.case_name
    shown = "\n".join(answer_lines("act.notice", answer))
    assert not {"\x1b", "\u202e"} & set(shown)
    assert not any(line.startswith("Bcc") for line in answer.letters[0].text.splitlines())


def test_a_mail_program_can_send_the_file_to_the_one_recipient(writer, tmp_path):
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    writer.writes(to_host="abuse@host.test", out=tmp_path / "out")
    mail = message_from_bytes((tmp_path / "out/n1.eml").read_bytes(), policy=default)
    with _Mailbox() as box, smtplib.SMTP("127.0.0.1", box.port) as program:
        program.send_message(mail)
    assert box.recipients == ["abuse@host.test"]
    assert ELSEWHERE in message_from_bytes(box.content, policy=default).get_content()


class _Mailbox:
    """A mail server that takes one mail (RFC 5321)."""

    def __init__(self):
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.recipients, self.content = [], b""
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._thread.join(10)
        self._listening.close()

    def _serve(self):
        connection, _ = self._listening.accept()
        with connection, connection.makefile("rwb") as wire:
            self._say(wire, b"220 ready")
            for line in wire:
                self._answer(wire, line.strip())

    def _answer(self, wire, line):
        if line.upper().startswith(b"RCPT TO:"):
            self.recipients.append(line.decode().partition("<")[2].partition(">")[0])
        if line.upper() == b"DATA":
            self._say(wire, b"354 go on")
            lines = iter(wire.readline, b".\r\n")
            self.content = b"".join(each.removeprefix(b".") for each in lines)
        self._say(wire, b"221 bye" if line.upper() == b"QUIT" else b"250 good")

    def _say(self, wire, text):
        wire.write(text + b"\r\n")
        wire.flush()


def test_a_letter_in_a_file_is_checked_without_a_vault(writer, tmp_path):
    file = tmp_path / "letter.txt"
    letter = whole(regime_of("us-tida"))
    file.write_text(letter.whole, "utf-8")
    answer = writer.checks(file=file, regimes=("us-tida",))
    assert (answer.ready, answer.missing, answer.outcome) == (True, (), Outcome.DONE)
    file.write_text(letter.whole.replace(letter.signature, ""), "utf-8-sig")
    answer = writer.checks(file=file, regimes=("us-tida",))
    assert [each.element for each in answer.missing] == ["signature"]
    assert answer.missing[0].law == "law/us/take-it-down-act"
    assert answer.missing[0].quote in answer.missing[0].why
    assert answer.outcome is Outcome.GAPS
    assert writer.asked_for == 0


def test_a_letter_can_be_pasted_in(writer, monkeypatch):
    pasted = io.TextIOWrapper(io.BytesIO(whole(regime_of("eu-dsa")).whole.encode()))
    monkeypatch.setattr(sys, "stdin", pasted)
    assert writer.checks(file=Path("-"), regimes=("eu-dsa",)).ready


def test_the_addresses_of_a_letter_are_compared_with_the_platform_it_goes_to(writer, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text(whole(regime_of("us-tida")).whole, "utf-8")
    answer = writer.checks(file=file, regimes=("us-tida",), to="instagram")
    assert [each.element for each in answer.missing] == ["locate"]


def test_superset_checks_for_the_laws_that_many_platforms_answer_to(writer, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Please remove it.", "utf-8")
    regimes = {each.regime for each in writer.checks(file=file, regimes=("superset",)).missing}
    assert regimes == {"us-tida", "eu-dsa", "eu-gdpr", "gb-osa"}


def test_a_letter_of_a_case_is_checked_with_its_own_laws(writer):
    writer.begins(ELSEWHERE)
    writer.signs(name="Anna Beispiel", mail="anna.b@mail.test")
    writer.writes(to_host="abuse@host.test")
    assert writer.checks(case=writer.case_name, notice="n1").ready
    more = writer.checks(case=writer.case_name, notice="n1", regimes=("dmca",))
    assert not more.ready
    with pytest.raises(UnknownPartOfCase):
        writer.checks(case=writer.case_name, notice="n9")


def test_a_file_that_is_no_letter_is_refused_with_a_name(writer, tmp_path):
    with pytest.raises(NoSuchFile):
        writer.checks(file=tmp_path / "none.txt", regimes=("us-tida",))
    for name, content in {"bytes": b"\xff\xfe\x00", "long": b"a" * ((1 << 18) + 1)}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CannotReadFile):
            writer.checks(file=tmp_path / name, regimes=("us-tida",))
    with pytest.raises(CannotReadFile):
        writer.checks(file=tmp_path, regimes=("us-tida",))
    (tmp_path / "empty").write_bytes(b"")
    assert not writer.checks(file=tmp_path / "empty", regimes=("us-tida",)).ready


def test_what_to_check_and_for_what_has_to_be_named(writer, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("x", "utf-8")
    with pytest.raises(WrongUsage):
        writer.checks(file=file)
    with pytest.raises(WrongUsage):
        writer.checks()
    with pytest.raises(UnknownRegime):
        writer.checks(file=file, regimes=("none",))


@pytest.mark.parametrize(
    "piece",
    [
        "I do not believe in good faith, he said, (and so on); without a word: \n",
        "good faith ",
        "https://pictures.test/{} ",
        "I believe ",
        "[",
        "a@b.test ",
        "1 ",
        "signed: ",
    ],
)
def test_the_longest_text_is_read_through(writer, tmp_path, piece):
    file = tmp_path / "letter.txt"
    text = "".join(piece.format(number) for number in range((1 << 18) // len(piece)))
    file.write_text(text[: 1 << 18], "utf-8")
    assert not writer.checks(file=file, regimes=("us-tida", "eu-dsa", "dmca")).ready
