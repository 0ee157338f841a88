"""A password is looked for without telling which one it is, online and in the downloaded set."""

from __future__ import annotations

import json
import random

import pytest

from stillmine.app.actions import Outcome, Secret, all_actions
from stillmine.errors import NoSuchFile, NotALeakSet, NothingMayLeave, StrangeAnswer
from stillmine.watch.breaches import downloaded as reading
from stillmine.watch.breaches.password import PasswordRequest, password
from stillmine.watch.breaches.ranges import sum_of, times_in
from tests.stories.program import Program
from tests.watch.breaches.answers import downloaded, listed, neighbours, sha1

PHRASE = "P@ssw0rd"
SUM = "21BD12DC183F740EE76F27B78EB39C8AD972A757"  # of the example in the service's own pages
SOME = {**neighbours(SUM), SUM: 52579}


def asks(person, typed=PHRASE, **more):
    return password(person.context, PasswordRequest(Secret(typed), **more))


def test_the_sum_is_that_of_the_services_own_example():
    assert sum_of(PHRASE) == SUM
    assert sum_of("Größe") == sha1("Größe")


def test_only_the_first_five_signs_leave_and_the_answer_is_padded(asker):
    asker.site.says("/range/21BD1", listed(SOME, padding=60))
    found = asks(asker)
    assert (found.times, found.looked, found.outcome) == (52579, "online", Outcome.DONE)
    (asked,) = asker.site.asked
    assert asked.target == "/range/21BD1"
    assert asked.headers["add-padding"] == "true"
    assert asked.headers["user-agent"].startswith("stillmine/")
    wire = asked.wire.decode().upper()
    assert SUM[5:] not in wire
    assert SUM[5:10] not in wire
    assert PHRASE.upper() not in wire


def test_what_is_only_padding_was_not_found(asker):
    asker.site.says("/range/21BD1", listed({**neighbours(SUM), SUM: 0}))
    found = asks(asker)
    assert (found.times, found.outcome) == (0, Outcome.NOTHING_FOUND)
    assert found.advice


def test_nothing_is_asked_without_a_yes(asker):
    asker.agrees = False
    with pytest.raises(NothingMayLeave):
        asks(asker)
    assert asker.site.asked == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"<html>log in</html>", 200),
        (b"\r\n", 200),
        (b"", 503),
        (b"0" * 2_000_000, 200),
    ],
)
def test_a_strange_answer_is_not_taken_for_not_found(asker, body, status):
    asker.site.says("/range/21BD1", body, status=status)
    with pytest.raises(StrangeAnswer):
        asks(asker)


def test_the_password_is_never_an_argument_and_lies_nowhere(asker, tmp_path):
    (action,) = (each for each in all_actions() if each.name == "watch.breach.password")
    assert PHRASE not in repr(action.request(Secret(PHRASE)))
    place = downloaded(SOME, tmp_path / "set.txt")
    asks(asker, set=place)
    for file in asker.folder.rglob("*"):
        assert file.is_dir() or PHRASE.encode() not in file.read_bytes()


@pytest.fixture
def whole(tmp_path):
    """Write a set with many beginnings, in the order of the sums; return it with what is in it."""
    sums = dict(SOME)
    for number in range(300):
        sums |= neighbours(sha1(f"beginning {number}"), 4)
    return downloaded(sums, tmp_path / "pwnedpasswords.txt"), sums


def test_each_sum_of_a_file_is_found_with_its_count(whole):
    file, sums = whole
    for each in [min(sums), max(sums), SUM, *random.Random(1).sample(sorted(sums), 60)]:
        assert reading.times_in_set(file, each) == sums[each]
        almost = each[:-1] + ("0" if each[-1] != "0" else "1")
        assert reading.times_in_set(file, almost) == sums.get(almost, 0)


def test_a_file_with_other_ends_of_lines_is_read_too(tmp_path):
    assert reading.times_in_set(downloaded(SOME, tmp_path / "set", "\n"), SUM) == 52579


def test_to_find_takes_as_many_reads_as_not_to_find(whole, monkeypatch):
    reads = []
    line_at = reading._line_at
    monkeypatch.setattr(reading, "_line_at", lambda *all: (reads.append(1), line_at(*all))[1])
    taken = set()
    for wanted in (SUM, SUM[:-1] + "8", min(whole[1]), max(whole[1])):
        reads.clear()
        reading.times_in_set(whole[0], wanted)
        taken.add(len(reads))
    assert len(taken) == 1


def test_a_set_without_the_part_in_question_is_not_taken_for_not_found(whole, tmp_path):
    file, sums = whole
    others = {each: count for each, count in sums.items() if not each.startswith("21BD1")}
    for place in (downloaded(others, tmp_path / "gap"), downloaded(SOME, tmp_path / "other")):
        wanted = SUM if place.name == "gap" else sha1("something else")
        with pytest.raises(NotALeakSet):
            reading.times_in_set(place, wanted)
    assert file.exists()


def test_a_set_in_another_order_is_refused(whole, tmp_path):
    """One is given out in the order of the counts: to halve it would find nothing."""
    _, sums = whole
    lines = [f"{each}:{count}\r\n" for each, count in sums.items()]
    random.Random(2).shuffle(lines)
    file = tmp_path / "by-count"
    file.write_text("".join(lines), newline="")
    refused = 0
    for wanted in random.Random(3).sample(sorted(sums), 40):
        try:
            # Where the halving happens to meet the sum itself, that is the truth.
            assert reading.times_in_set(file, wanted) == sums[wanted]
        except NotALeakSet:
            refused += 1
    assert refused >= 35


@pytest.mark.parametrize("content", [b"", b"\0" * 4000, b"hello\n" * 50, b"A" * 5000])
def test_a_file_that_is_no_set_is_refused(tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(NotALeakSet):
        reading.times_in_set(file, SUM)


def test_a_folder_of_lists_is_read_and_a_missing_list_is_told(tmp_path):
    (tmp_path / "21BD1.txt").write_bytes(listed(SOME))
    assert reading.times_in_set(tmp_path, SUM) == 52579
    assert reading.times_in_set(tmp_path, SUM[:-1] + "8") == 0
    with pytest.raises(NotALeakSet):
        reading.times_in_set(tmp_path, sha1("something else"))
    with pytest.raises(NoSuchFile):
        reading.times_in_set(tmp_path / "nowhere", SUM)


def test_every_line_of_a_list_is_looked_at():
    with pytest.raises(ValueError, match="not a line"):
        times_in(listed(SOME) + b"\r\nnonsense", SUM)


def test_the_command_needs_no_vault_and_no_yes_for_a_set(tmp_path):
    program = Program(tmp_path)
    place = downloaded(SOME, tmp_path / "set.txt")
    typed = program.phrase(PHRASE + "\n", "typed")
    more = {"STILLMINE_CHECKED_PASSWORD_FILE": str(typed)}
    found = program.run("watch", "breach", "password", "--set", place, **more)
    assert found["times"] == 52579
    assert PHRASE not in json.dumps(found)
    assert not program.home.exists()
